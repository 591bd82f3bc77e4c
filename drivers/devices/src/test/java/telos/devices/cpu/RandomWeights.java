package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;

/** A matrix as a GGUF file holds it, with what its weights are. */
@SuppressWarnings("ArrayRecordComponent")
record RandomWeights(WeightType type, int rows, int columns, byte[] raw, float[] values) {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static RandomWeights of(Random random, WeightType type, int rows, int columns) {
        byte[] raw = new byte[(int) type.bytes((long) rows * columns)];
        MemorySegment bytes = MemorySegment.ofArray(raw);
        float[] values = new float[rows * columns];
        if (type.blockElements() == 1) {
            for (int i = 0; i < values.length; i++) {
                float value = (float) random.nextGaussian() * 0.1f;
                switch (type) {
                    case F16 -> {
                        short half = Float.floatToFloat16(value);
                        bytes.set(SHORT, 2L * i, half);
                        values[i] = Float.float16ToFloat(half);
                    }
                    case BF16 -> {
                        int bits = Float.floatToRawIntBits(value) >>> 16;
                        bytes.set(SHORT, 2L * i, (short) bits);
                        values[i] = Float.intBitsToFloat(bits << 16);
                    }
                    default -> {
                        bytes.set(FLOAT, 4L * i, value);
                        values[i] = value;
                    }
                }
            }
            return new RandomWeights(type, rows, columns, raw, values);
        }
        random.nextBytes(raw);
        for (int block = 0; block < values.length / 32; block++) {
            int at = block * type.blockBytes();
            short half = Float.floatToFloat16((float) random.nextGaussian() * 0.02f);
            bytes.set(SHORT, at, half);
            float scale = Float.float16ToFloat(half);
            for (int i = 0; i < 32; i++) {
                int q = type == WeightType.Q8_0
                        ? raw[at + 2 + i]
                        : ((raw[at + 2 + i % 16] >> (i < 16 ? 0 : 4)) & 15) - 8;
                values[block * 32 + i] = q * scale;
            }
        }
        return new RandomWeights(type, rows, columns, raw, values);
    }

    WeightMatrix pack(Arena arena) {
        return WeightMatrix.pack(arena, type, rows, columns, MemorySegment.ofArray(raw));
    }

    double product(int row, float[] x, int offset) {
        double sum = 0;
        for (int k = 0; k < columns; k++) {
            sum += (double) values[row * columns + k] * x[offset + k];
        }
        return sum;
    }

    /** The size of the terms of {@link #product}: what rounding errors are measured against. */
    double magnitude(int row, float[] x, int offset) {
        double sum = 0;
        for (int k = 0; k < columns; k++) {
            sum += Math.abs((double) values[row * columns + k] * x[offset + k]);
        }
        return sum;
    }

    static float[] activations(Random random, int count) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
