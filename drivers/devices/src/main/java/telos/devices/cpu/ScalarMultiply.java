package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The scalar twin of the matrix kernels: for every row, one chain of fused multiply-adds over k from 0 upwards. */
final class ScalarMultiply {
    private static final int TILE = WeightMatrix.TILE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarMultiply() {}

    /** Computes the rows of one tile for every column of x [batch][columns] into y [batch][rows]. */
    static void tile(WeightMatrix w, int tile, float[] x, int batch, float[] y) {
        int columns = w.columns();
        int first = tile * TILE;
        int count = Math.min(TILE, w.rows() - first);
        float[] weights = new float[TILE];
        float[] sums = new float[batch * TILE];
        for (int k = 0; k < columns; k++) {
            decode(w, tile, k, weights);
            for (int c = 0; c < batch; c++) {
                float value = x[c * columns + k];
                int at = c * TILE;
                for (int lane = 0; lane < TILE; lane++) {
                    sums[at + lane] = Math.fma(weights[lane], value, sums[at + lane]);
                }
            }
        }
        for (int c = 0; c < batch; c++) {
            System.arraycopy(sums, c * TILE, y, c * w.rows() + first, count);
        }
    }

    private static void decode(WeightMatrix w, int tile, int k, float[] out) {
        MemorySegment memory = w.memory();
        long base = tile * w.tileBytes();
        long at = base + (long) k * TILE * elementBytes(w.type());
        long scales = base + w.valueBytes() + 2L * TILE * (k / 32);
        switch (w.type()) {
            case F32 -> {
                for (int lane = 0; lane < TILE; lane++) {
                    out[lane] = memory.get(FLOAT, at + 4L * lane);
                }
            }
            case F16 -> {
                for (int lane = 0; lane < TILE; lane++) {
                    out[lane] = Float.float16ToFloat(memory.get(SHORT, at + 2L * lane));
                }
            }
            case BF16 -> {
                for (int lane = 0; lane < TILE; lane++) {
                    out[lane] = Float.intBitsToFloat(memory.get(SHORT, at + 2L * lane) << 16);
                }
            }
            case Q8_0 -> {
                for (int lane = 0; lane < TILE; lane++) {
                    out[lane] = memory.get(ValueLayout.JAVA_BYTE, at + lane)
                            * Float.float16ToFloat(memory.get(SHORT, scales + 2L * lane));
                }
            }
            case Q4_0 -> {
                long nibbles = base + 2L * TILE * (k / 4);
                for (int lane = 0; lane < TILE; lane++) {
                    int four = memory.get(SHORT, nibbles + 2L * WeightMatrix.nibbleLane(lane));
                    out[lane] = (((four >> (4 * (k % 4))) & 15) - 8)
                            * Float.float16ToFloat(memory.get(SHORT, scales + 2L * lane));
                }
            }
        }
    }

    private static int elementBytes(WeightType type) {
        return switch (type) {
            case F32 -> 4;
            case F16, BF16 -> 2;
            case Q8_0 -> 1;
            case Q4_0 -> 0;
        };
    }
}
