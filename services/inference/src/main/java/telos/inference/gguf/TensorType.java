package telos.inference.gguf;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the elements of a tensor are stored in a file: a block of so many elements takes so many bytes. */
public enum TensorType {
    F32(0, 1, 4, 0),
    F16(1, 1, 2, 1),
    /** 32 elements: an F16 scale, then 16 bytes; the low nibbles are elements 0 to 15, the high ones 16 to 31. */
    Q4_0(2, 32, 18, 2),
    /** 32 elements: an F16 scale, then 32 signed bytes. */
    Q8_0(8, 32, 34, 7),
    BF16(30, 1, 2, 32);

    private final int code;
    private final int blockElements;
    private final int blockBytes;
    private final int fileType;

    TensorType(int code, int blockElements, int blockBytes, int fileType) {
        this.code = code;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
        this.fileType = fileType;
    }

    /** The number that stands for this type in a tensor's entry. */
    public int code() {
        return code;
    }

    /** The number that {@code general.file_type} carries when most weights have this type. */
    public int fileType() {
        return fileType;
    }

    public int blockElements() {
        return blockElements;
    }

    public int blockBytes() {
        return blockBytes;
    }

    /** Bytes of {@code elements}, which must be whole blocks. Throws ArithmeticException when that overflows. */
    public long bytes(long elements) {
        if (elements % blockElements != 0) {
            throw new IllegalArgumentException(elements + " elements are not whole blocks of " + this);
        }
        return Math.multiplyExact(elements / blockElements, blockBytes);
    }

    public static Optional<TensorType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(TensorType::name).collect(Collectors.joining(", "));
    }

    /** The name that ggml gives a type code, for messages. */
    static String nameOf(int code) {
        return switch (code) {
            case 3 -> "Q4_1";
            case 6 -> "Q5_0";
            case 7 -> "Q5_1";
            case 9 -> "Q8_1";
            case 10 -> "Q2_K";
            case 11 -> "Q3_K";
            case 12 -> "Q4_K";
            case 13 -> "Q5_K";
            case 14 -> "Q6_K";
            case 15 -> "Q8_K";
            case 16 -> "IQ2_XXS";
            case 17 -> "IQ2_XS";
            case 18 -> "IQ3_XXS";
            case 19 -> "IQ1_S";
            case 20 -> "IQ4_NL";
            case 21 -> "IQ3_S";
            case 22 -> "IQ2_S";
            case 23 -> "IQ4_XS";
            case 24 -> "I8";
            case 25 -> "I16";
            case 26 -> "I32";
            case 27 -> "I64";
            case 28 -> "F64";
            case 29 -> "IQ1_M";
            case 34 -> "TQ1_0";
            case 35 -> "TQ2_0";
            case 39 -> "MXFP4";
            default -> of(code).map(TensorType::name).orElse("number " + Integer.toUnsignedString(code));
        };
    }
}
