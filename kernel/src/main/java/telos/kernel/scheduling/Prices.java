package telos.kernel.scheduling;

/**
 * What tokens are charged at, in millionths (Sheng et al., "Fairness in Serving Large Language Models", OSDI 2024).
 * Tokens of a prompt that were found in memory cost nothing.
 *
 * @param input for each token of a prompt that is computed
 * @param output for each token that is generated
 */
public record Prices(long input, long output) {
    /** What one token at price 1 costs. */
    public static final long ONE = 1_000_000;

    public static final Prices USUAL = new Prices(ONE, 2 * ONE);

    public Prices {
        if (input < 0 || output < 1 || Math.max(input, output) > 1000 * ONE) {
            throw new IllegalArgumentException(
                    "prices are up to 1000 for a token, and more than nothing for a generated one; they were " + input
                            + " and " + output + " millionths");
        }
    }

    long of(long prompt, long generated) {
        return prompt * input + generated * output;
    }
}
