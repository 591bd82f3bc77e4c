package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The scalar twin of the matrix kernels, and their formula. For every row, one chain of fused multiply-adds over k from
 * 0 upwards, on F32 activations and weights decoded exactly. For Q4_0, on activations of {@link QuantizedColumns}: one
 * chain over the blocks, of fma(sum · activation scale, weight scale, chain), where a block's sum is an integer.
 */
final class ScalarMultiply {
    private static final int TILE = WeightMatrix.TILE;
    private static final int BLOCK = QuantizedColumns.BLOCK;
    /** Values of k that are decoded at a time. */
    static final int STRETCH = BLOCK;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarMultiply() {}

    /** As {@link VectorMultiply#rows}: from is a multiple of a tile's rows. */
    static void rows(WeightMatrix w, int from, int to, float[] x, QuantizedColumns quantized, int batch, float[] y) {
        for (int tile = from / TILE; tile * TILE < to; tile++) {
            tile(w, tile, x, quantized, batch, y);
        }
    }

    /**
     * Computes the rows of one tile for every column of x [batch][columns] into y [batch][rows].
     *
     * @param quantized the same columns; used for Q4_0 only
     */
    private static void tile(WeightMatrix w, int tile, float[] x, QuantizedColumns quantized, int batch, float[] y) {
        int columns = w.columns();
        boolean q4 = w.type() == WeightType.Q4_0;
        float[] weights = new float[BLOCK * TILE];
        float[] scales = new float[TILE];
        float[] sums = new float[batch * TILE];
        float[] blockSums = new float[TILE];
        for (int k = 0; k < columns; k += BLOCK) {
            int n = Math.min(BLOCK, columns - k);
            decode(w, tile, k, n, weights, scales);
            for (int c = 0; c < batch; c++) {
                if (q4) {
                    Arrays.fill(blockSums, 0);
                    chain(weights, n, quantized.values, c * columns + k, blockSums, 0);
                    float scale = quantized.scales[(c * columns + k) / BLOCK];
                    for (int lane = 0; lane < TILE; lane++) {
                        sums[c * TILE + lane] = Math.fma(blockSums[lane] * scale, scales[lane], sums[c * TILE + lane]);
                    }
                } else {
                    chain(weights, n, x, c * columns + k, sums, c * TILE);
                }
            }
        }
        int first = tile * TILE;
        for (int c = 0; c < batch; c++) {
            System.arraycopy(sums, c * TILE, y, c * w.rows() + first, Math.min(TILE, w.rows() - first));
        }
    }

    /** Eight lanes at a time, in variables: this is what runs until vectors are warm. */
    private static void chain(float[] weights, int n, float[] x, int from, float[] sums, int at) {
        for (int half = 0; half < TILE; half += 8) {
            int to = at + half;
            float s0 = sums[to];
            float s1 = sums[to + 1];
            float s2 = sums[to + 2];
            float s3 = sums[to + 3];
            float s4 = sums[to + 4];
            float s5 = sums[to + 5];
            float s6 = sums[to + 6];
            float s7 = sums[to + 7];
            for (int k = 0; k < n; k++) {
                float value = x[from + k];
                int w = k * TILE + half;
                s0 = Math.fma(weights[w], value, s0);
                s1 = Math.fma(weights[w + 1], value, s1);
                s2 = Math.fma(weights[w + 2], value, s2);
                s3 = Math.fma(weights[w + 3], value, s3);
                s4 = Math.fma(weights[w + 4], value, s4);
                s5 = Math.fma(weights[w + 5], value, s5);
                s6 = Math.fma(weights[w + 6], value, s6);
                s7 = Math.fma(weights[w + 7], value, s7);
            }
            sums[to] = s0;
            sums[to + 1] = s1;
            sums[to + 2] = s2;
            sums[to + 3] = s3;
            sums[to + 4] = s4;
            sums[to + 5] = s5;
            sums[to + 6] = s6;
            sums[to + 7] = s7;
        }
    }

    /**
     * Decodes at most {@link #STRETCH} values of k of a tile to [k][16]. Those of Q4_0 are not yet scaled: the scales are
     * left in {@code scales}. By way of arrays: code that has just started reads them much faster than native memory.
     */
    static void decode(WeightMatrix w, int tile, int k, int n, float[] out, float[] scales) {
        MemorySegment memory = w.memory();
        long base = tile * w.tileBytes();
        long at = (long) k * TILE;
        int count = n * TILE;
        short[] shorts = new short[count];
        if (w.type().blockElements() == BLOCK) {
            long from = base + w.valueBytes() + 2L * TILE * (k / BLOCK);
            MemorySegment.copy(memory, SHORT, from, shorts, 0, TILE);
            for (int lane = 0; lane < TILE; lane++) {
                scales[lane] = Float.float16ToFloat(shorts[lane]);
            }
        }
        switch (w.type()) {
            case F32 -> MemorySegment.copy(memory, FLOAT, base + 4 * at, out, 0, count);
            case F16 -> {
                MemorySegment.copy(memory, SHORT, base + 2 * at, shorts, 0, count);
                decodeF16(shorts, out);
            }
            case BF16 -> {
                MemorySegment.copy(memory, SHORT, base + 2 * at, shorts, 0, count);
                decodeBf16(shorts, out);
            }
            case Q8_0 -> {
                byte[] bytes = new byte[count];
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, base + at, bytes, 0, count);
                decodeQ8(bytes, out, scales);
            }
            case Q4_0 -> {
                MemorySegment.copy(memory, SHORT, base + at / 2, shorts, 0, count / 4);
                decodeQ4(shorts, out);
            }
        }
    }

    private static void decodeF16(short[] from, float[] out) {
        for (int i = 0; i < from.length; i++) {
            out[i] = Float.float16ToFloat(from[i]) * WeightMatrix.F16_UNIT;
        }
    }

    private static void decodeBf16(short[] from, float[] out) {
        for (int i = 0; i < from.length; i++) {
            out[i] = Float.intBitsToFloat(from[i] << 16);
        }
    }

    private static void decodeQ8(byte[] from, float[] out, float[] scales) {
        for (int k = 0; k < from.length; k += TILE) {
            for (int lane = 0; lane < TILE; lane++) {
                out[k + lane] = from[k + lane] * scales[lane];
            }
        }
    }

    private static void decodeQ4(short[] from, float[] out) {
        for (int k = 0; k < BLOCK; k += 4) {
            for (int lane = 0; lane < TILE; lane++) {
                int four = from[k / 4 * TILE + WeightMatrix.nibbleLane(lane)];
                for (int j = 0; j < 4; j++) {
                    out[(k + j) * TILE + lane] = ((four >> (4 * j)) & 15) - 8;
                }
            }
        }
    }
}
