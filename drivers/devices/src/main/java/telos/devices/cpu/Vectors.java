package telos.devices.cpu;

import java.util.Objects;

/** Functions over ranges of arrays, one token at a time: norms, activations, sums. */
public final class Vectors {
    private Vectors() {}

    /** out = x / sqrt(mean(x²) + eps) · weight. out may be x, at the same offset. */
    public static void rmsNorm(float[] x, int xOffset, float[] weight, float eps, int n, float[] out, int outOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(0, n, weight.length);
        Objects.checkFromIndexSize(outOffset, n, out.length);
        ScalarVectors.rmsNorm(x, xOffset, weight, eps, n, out, outOffset);
    }

    /** out = silu(gate) · up, with silu(g) = g / (1 + exp(-g)). out may be gate or up, at the same offset. */
    public static void swiglu(
            float[] gate, int gateOffset, float[] up, int upOffset, int n, float[] out, int outOffset) {
        Objects.checkFromIndexSize(gateOffset, n, gate.length);
        Objects.checkFromIndexSize(upOffset, n, up.length);
        Objects.checkFromIndexSize(outOffset, n, out.length);
        ScalarVectors.swiglu(gate, gateOffset, up, upOffset, n, out, outOffset);
    }

    /** x += y. */
    public static void add(float[] x, int xOffset, float[] y, int yOffset, int n) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        ScalarVectors.add(x, xOffset, y, yOffset, n);
    }

    /**
     * out = e to the x, within 2 units in the last place, the same bits on every machine. x is first clamped to
     * [-87, 88], so the result is neither 0 nor infinite. out may be x, at the same offset.
     */
    public static void exp(float[] x, int xOffset, int n, float[] out, int outOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(outOffset, n, out.length);
        ScalarVectors.exp(x, xOffset, n, out, outOffset);
    }
}
