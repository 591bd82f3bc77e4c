package telos.devices.cpu;

/**
 * Activations as signed bytes with one F32 scale per block of 32 values, for Q4_0 weights: x ≈ q · scale, with scale =
 * max|x| / 127 and q rounded to nearest, ties to even. A block with an infinity or a NaN becomes NaN.
 */
final class QuantizedColumns {
    static final int BLOCK = 32;
    private static final float ROUND = ScalarVectors.ROUND;

    /** The bytes as floats, [batch][columns]. */
    float[] values = {};
    /** Each byte twice: in the low and in the high half. */
    int[] pairs = {};
    /** [batch][blocks]. */
    float[] scales = {};
    /** Per block -8 times the sum of its bytes, twice: in the low and in the high half. */
    int[] starts = {};

    /** Quantizes x [batch][columns]; columns is a multiple of 32. */
    void quantize(float[] x, int batch, int columns) {
        int size = batch * columns;
        if (values.length < size) {
            values = new float[size];
            pairs = new int[size];
            scales = new float[size / BLOCK];
            starts = new int[size / BLOCK];
        }
        for (int block = 0; block < size / BLOCK; block++) {
            block(x, block);
        }
    }

    private void block(float[] x, int block) {
        int from = block * BLOCK;
        float max = 0;
        for (int i = from; i < from + BLOCK; i++) {
            max = Math.max(max, Math.abs(x[i]));
        }
        boolean finite = max <= Float.MAX_VALUE;
        // A maximum so small that 127 / max overflows counts as zero.
        float inverse = finite && max >= 0x1p-120f ? 127f / max : 0f;
        int sum = 0;
        for (int i = from; i < from + BLOCK; i++) {
            float q = finite ? Math.fma(x[i], inverse, ROUND) - ROUND : 0f;
            values[i] = q;
            int n = (int) q;
            sum += n;
            pairs[i] = n << 16 | (n & 0xffff);
        }
        scales[block] = finite ? max / 127f : Float.NaN;
        int start = -8 * sum;
        starts[block] = start << 16 | (start & 0xffff);
    }
}
