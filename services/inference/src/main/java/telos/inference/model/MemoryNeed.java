package telos.inference.model;

import java.util.Locale;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;

/**
 * How much memory a model takes.
 *
 * @param weights the matrices as the kernels read them
 * @param loading what is needed for a moment while they are re-laid out
 * @param kv keys and values of so many tokens
 * @param kvTokens how many
 * @param working activations, tables, tokenizer and the program itself; an allowance, not a measurement
 */
public record MemoryNeed(long weights, long loading, long kv, int kvTokens, long working) {
    private static final long ALLOWANCE = 256L << 20;
    private static final int TILE_ROWS = 16;

    /** For a model with room for {@code kvTokens} tokens in all sequences together. */
    public static MemoryNeed of(GgufFile file, ModelConfig config, int kvTokens) {
        long weights = 0;
        long largest = 0;
        for (TensorInfo tensor : file.tensors()) {
            long rows = tensor.elements() / tensor.dimension(0);
            long padded = (rows + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS;
            weights += tensor.bytes() / rows * padded;
            largest = Math.max(largest, tensor.bytes());
        }
        return new MemoryNeed(weights, largest, config.kvBytesPerToken() * kvTokens, kvTokens, ALLOWANCE);
    }

    /** At the worst moment. */
    public long total() {
        return weights + Math.max(loading, kv) + working;
    }

    /** Whether it goes into {@code available} bytes, and if not, what would. */
    public Fit in(long available) {
        if (total() <= available) {
            return new Fit.Fits(available - total());
        }
        long perToken = Math.max(1, kv / Math.max(1, kvTokens));
        long tokens = (available - weights - working) / perToken;
        long besidesWeights = working + Math.min(kv, available / 4);
        // Q4_0 takes 18 bytes for 32 weights; loading needs some more for a moment.
        long parameters = (long) ((available - besidesWeights) / 1.1 / (18.0 / 32));
        String wouldFit;
        if (tokens >= 256 && weights + loading + working <= available) {
            wouldFit = "It would fit with a context of " + tokens / 256 * 256 + " tokens instead of " + kvTokens;
        } else if (parameters >= 1_000_000) {
            wouldFit = "A model of up to " + count(parameters) + " parameters in Q4_0 would fit, or free some memory";
        } else {
            wouldFit = "Free some memory; so little is left that hardly any model fits";
        }
        return new Fit.TooLarge(
                total() - available,
                "the model needs " + size(total()) + " of memory (" + size(weights) + " weights, " + size(kv) + " for "
                        + kvTokens + " tokens of context, " + size(working) + " to work with), but "
                        + size(Math.max(0, available)) + " are available. " + wouldFit);
    }

    private static String size(long bytes) {
        return bytes >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%d MB", (bytes + 999_999) / 1_000_000);
    }

    private static String count(long parameters) {
        return parameters >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f billion", Math.floor(parameters / 1e8) / 10)
                : parameters / 1_000_000 + " million";
    }
}
