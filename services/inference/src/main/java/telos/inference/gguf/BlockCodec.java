package telos.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The stored forms of floats, rounded exactly as ggml's reference quantisers do (ggml-quants.c, quantize_row_q8_0_ref and
 * quantize_row_q4_0_ref; ggml-impl.h, ggml_compute_fp32_to_bf16).
 */
public final class BlockCodec {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final int BLOCK = 32;

    private BlockCodec() {}

    /** Encodes {@code count} floats, whole blocks, from {@code source[from]} on to byte {@code at} of {@code target}. */
    public static void encode(TensorType type, float[] source, int from, int count, MemorySegment target, long at) {
        type.bytes(count);
        switch (type) {
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    target.set(FLOAT, at + 4L * i, source[from + i]);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target.set(SHORT, at + 2L * i, Float.floatToFloat16(source[from + i]));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target.set(SHORT, at + 2L * i, bfloat16(source[from + i]));
                }
            }
            case Q8_0 -> {
                for (int i = 0; i < count; i += BLOCK) {
                    encodeQ8(source, from + i, target, at + i / BLOCK * 34L);
                }
            }
            case Q4_0 -> {
                for (int i = 0; i < count; i += BLOCK) {
                    encodeQ4(source, from + i, target, at + i / BLOCK * 18L);
                }
            }
        }
    }

    /** Decodes {@code count} floats, whole blocks, from byte {@code at} of {@code source} on to {@code target[to]}. */
    public static void decode(TensorType type, MemorySegment source, long at, float[] target, int to, int count) {
        type.bytes(count);
        switch (type) {
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    target[to + i] = source.get(FLOAT, at + 4L * i);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[to + i] = Float.float16ToFloat(source.get(SHORT, at + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[to + i] = Float.intBitsToFloat(source.get(SHORT, at + 2L * i) << 16);
                }
            }
            case Q8_0 -> {
                for (int i = 0; i < count; i++) {
                    long block = at + i / BLOCK * 34L;
                    target[to + i] =
                            source.get(BYTE, block + 2 + i % BLOCK) * Float.float16ToFloat(source.get(SHORT, block));
                }
            }
            case Q4_0 -> {
                for (int i = 0; i < count; i++) {
                    long block = at + i / BLOCK * 18L;
                    int pair = source.get(BYTE, block + 2 + i % 16) & 0xff;
                    int nibble = i % BLOCK < 16 ? pair & 15 : pair >> 4;
                    target[to + i] = (nibble - 8) * Float.float16ToFloat(source.get(SHORT, block));
                }
            }
        }
    }

    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >> 16) | 64);
        }
        return (short) ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    private static void encodeQ8(float[] source, int from, MemorySegment target, long at) {
        float largest = 0;
        for (int i = 0; i < BLOCK; i++) {
            largest = Math.max(largest, Math.abs(finite(source[from + i])));
        }
        float scale = largest / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        target.set(SHORT, at, Float.floatToFloat16(scale));
        for (int i = 0; i < BLOCK; i++) {
            float scaled = source[from + i] * inverse;
            // C's roundf: halves go away from zero. The sum is exact in double.
            int rounded = (int) (Math.abs((double) scaled) + 0.5);
            target.set(BYTE, at + 2 + i, (byte) (scaled < 0 ? -rounded : rounded));
        }
    }

    private static void encodeQ4(float[] source, int from, MemorySegment target, long at) {
        float largest = 0;
        float signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            float value = finite(source[from + i]);
            if (Math.abs(value) > largest) {
                largest = Math.abs(value);
                signed = value;
            }
        }
        float scale = signed / -8;
        float inverse = scale == 0 ? 0 : 1 / scale;
        target.set(SHORT, at, Float.floatToFloat16(scale));
        for (int i = 0; i < 16; i++) {
            int low = Math.min(15, (int) (source[from + i] * inverse + 8.5f));
            int high = Math.min(15, (int) (source[from + 16 + i] * inverse + 8.5f));
            target.set(BYTE, at + 2 + i, (byte) (low | (high << 4)));
        }
    }

    private static float finite(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("a weight is " + value + "; only finite weights can be quantised");
        }
        return value;
    }
}
