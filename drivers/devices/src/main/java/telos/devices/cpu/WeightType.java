package telos.devices.cpu;

/** How a matrix of weights is written in a GGUF file. */
public enum WeightType {
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    /** 32 signed bytes q and one F16 scale d: w = q·d. */
    Q8_0(32, 34),
    /** 32 unsigned nibbles n and one F16 scale d: w = (n - 8)·d. */
    Q4_0(32, 18);

    private final int blockElements;
    private final int blockBytes;

    WeightType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** Elements that share one block; a row must be a whole number of blocks. */
    public int blockElements() {
        return blockElements;
    }

    public int blockBytes() {
        return blockBytes;
    }

    /**
     * The file size of so many elements.
     *
     * @throws IllegalArgumentException if they are not a whole number of blocks
     * @throws ArithmeticException if the size does not fit a long
     */
    public long bytes(long elements) {
        if (elements < 0 || elements % blockElements != 0) {
            throw new IllegalArgumentException(
                    elements + " elements are not a whole number of " + this + " blocks of " + blockElements);
        }
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }
}
