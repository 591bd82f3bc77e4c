package telos.inference.sampling;

import java.util.Arrays;
import java.util.List;

/**
 * How likely a model found a token and the likeliest others: logarithms of shares by its own logits, before bias,
 * penalties, temperature, cuts and mask. {@code StrictMath} and one order of summation make the bits the same on every
 * machine, alone and in company.
 *
 * @param alternatives likeliest first, of equals the lowest id first
 */
public record Likelihood(double logprob, List<Alternative> alternatives) {
    public Likelihood {
        alternatives = List.copyOf(alternatives);
    }

    /** One token that could have come. */
    public record Alternative(int token, double logprob) {}

    /**
     * Of the token {@code chosen}, with so many alternatives.
     *
     * @param logits one logit per token; not changed
     */
    public static Likelihood of(float[] logits, int chosen, int alternatives) {
        float top = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            top = Math.max(top, logit);
        }
        double total = 0;
        for (float logit : logits) {
            total += StrictMath.exp((double) logit - top);
        }
        double norm = top + StrictMath.log(total);
        int[] best = best(logits, Math.min(alternatives, logits.length));
        return new Likelihood(
                logits[chosen] - norm,
                Arrays.stream(best)
                        .mapToObj(token -> new Alternative(token, logits[token] - norm))
                        .toList());
    }

    private static int[] best(float[] logits, int count) {
        int[] best = new int[count];
        int found = 0;
        for (int token = 0; token < logits.length && count > 0; token++) {
            if (found == count && logits[token] <= logits[best[count - 1]]) {
                continue;
            }
            int at = found == count ? count - 1 : found++;
            while (at > 0 && logits[token] > logits[best[at - 1]]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = token;
        }
        return best;
    }
}
