package telos.devices.cpu;

/** The scalar twins of {@link Vectors}, and its formulas. */
final class ScalarVectors {
    /** Sums run over this many logical lanes, element i in lane i mod 16, whatever the machine's vectors are. */
    static final int LANES = 16;

    static final float EXP_MIN = -87.0f;
    static final float EXP_MAX = 88.0f;
    static final float LOG2_E = 1.442695f;
    /** ln 2 in two parts: the first has trailing zeros, so that its products with small integers are exact. */
    static final float LN2_HIGH = 0.6933594f;

    static final float LN2_LOW = -2.1219444e-4f;
    /** 1.5 · 2²³: adding it rounds to an integer, which then stands in the lowest bits. */
    static final float ROUND = 12582912f;

    static final float C2 = 0.5f;
    static final float C3 = 0.16666666f;
    static final float C4 = 0.041665796f;
    static final float C5 = 0.008333452f;
    static final float C6 = 0.0013981999f;
    static final float C7 = 1.9875691e-4f;

    private ScalarVectors() {}

    /** Reduction by ln 2 and the polynomial of Cephes' expf. */
    static float exp(float x) {
        float clamped = Math.max(Math.min(x, EXP_MAX), EXP_MIN);
        float shifted = Math.fma(clamped, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, clamped));
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        p = Math.fma(p, r * r, r) + 1f;
        return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + 0x3f800000);
    }

    static void exp(float[] x, int xOffset, int n, float[] out, int outOffset) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = exp(x[xOffset + i]);
        }
    }

    static void add(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            x[xOffset + i] += y[yOffset + i];
        }
    }

    static void swiglu(float[] gate, int gateOffset, float[] up, int upOffset, int n, float[] out, int outOffset) {
        for (int i = 0; i < n; i++) {
            float g = gate[gateOffset + i];
            out[outOffset + i] = g / (1f + exp(-g)) * up[upOffset + i];
        }
    }

    static void rmsNorm(float[] x, int xOffset, float[] weight, float eps, int n, float[] out, int outOffset) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < n; i++) {
            float v = x[xOffset + i];
            lanes[i % LANES] = Math.fma(v, v, lanes[i % LANES]);
        }
        float scale = rmsScale(lanes, eps, n);
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = x[xOffset + i] * scale * weight[i];
        }
    }

    static float rmsScale(float[] lanes, float eps, int n) {
        return (float) (1.0 / Math.sqrt((double) (tree(lanes, 0) / n + eps)));
    }

    /** Adds up 16 lanes: i and i + 8, then i and i + 4, and so on. It overwrites them. */
    static float tree(float[] lanes, int offset) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[offset + i] += lanes[offset + i + half];
            }
        }
        return lanes[offset];
    }
}
