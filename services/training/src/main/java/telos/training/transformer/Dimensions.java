package telos.training.transformer;

/**
 * The size of a transformer of the Llama shape.
 *
 * @param vocabulary tokens known
 * @param width components of a token's vector
 * @param layers blocks of attention and feed-forward
 * @param heads query heads
 * @param keyHeads key and value heads; divides {@code heads}
 * @param headWidth components of a head, even
 * @param feedForward width of the SwiGLU
 */
public record Dimensions(
        int vocabulary, int width, int layers, int heads, int keyHeads, int headWidth, int feedForward) {
    /** Base of the rotary position encoding. */
    public static final float ROPE_BASE = 10_000f;

    /** Added under the square root of a norm. */
    public static final float NORM_EPSILON = 1e-6f;

    public Dimensions {
        if (vocabulary < 1 || width < 1 || layers < 1 || heads < 1 || keyHeads < 1 || feedForward < 1) {
            throw new IllegalArgumentException("every dimension must be at least 1");
        }
        if (heads % keyHeads != 0) {
            throw new IllegalArgumentException(heads + " heads cannot share " + keyHeads + " key heads evenly");
        }
        if (headWidth < 2 || headWidth % 2 != 0) {
            throw new IllegalArgumentException("head width " + headWidth + " is not an even number of at least 2");
        }
    }

    /** Weights in all; the output shares the embedding. */
    public long parameters() {
        long attention = (long) width * headWidth * (2L * heads + 2L * keyHeads);
        long block = attention + 3L * width * feedForward + 2L * width;
        return (long) vocabulary * width + layers * block + width;
    }
}
