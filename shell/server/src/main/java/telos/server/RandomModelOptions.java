package telos.server;

/**
 * The shape of a model with random weights.
 *
 * @param architecture only {@code llama} is known
 * @param quant how weights are stored: f32, f16, bf16, q8_0 or q4_0
 * @param tied whether the embedding serves as the output matrix too
 */
public record RandomModelOptions(
        String architecture,
        int dim,
        int layers,
        int heads,
        int kvHeads,
        int feedForward,
        int vocabulary,
        int context,
        String quant,
        boolean tied,
        long seed) {}
