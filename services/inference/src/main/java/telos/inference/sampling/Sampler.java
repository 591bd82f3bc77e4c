package telos.inference.sampling;

/**
 * Draws one token from logits. Not for use by two threads at once; one sampler serves any number of sequences.
 *
 * <p>The order: the bias, which is added to the logits; the mask; then repetition, frequency and presence penalties; at temperature 0 the likeliest token, of
 * equals the one with the lowest id. Otherwise temperature, min-p, top-k, then top-p as a share of what is left, then
 * the draw. Tokens of equal logits are kept in order of their ids. The repetition penalty looks at prompt and answer,
 * the other two at the answer only.
 *
 * <p>Cuts take tokens off a heap, so a large vocabulary is never sorted whole. {@code StrictMath} and one order of
 * summation make the result the same on every machine.
 */
public final class Sampler {
    private final float[] scores;
    private final int[] heap;
    private final double[] weights;
    private final int[] seen;

    /** A sampler for vocabularies of {@code vocabulary} tokens. */
    public Sampler(int vocabulary) {
        if (vocabulary < 1) {
            throw new IllegalArgumentException("a vocabulary cannot have " + vocabulary + " tokens");
        }
        scores = new float[vocabulary];
        heap = new int[vocabulary];
        weights = new double[vocabulary];
        seen = new int[vocabulary];
    }

    /**
     * The next token.
     *
     * @param logits one logit per token, from {@code offset} on; not changed
     * @throws LogitsFault when a logit is NaN or +infinity, or no allowed token has a finite logit
     */
    public int sample(SamplingOptions options, float[] logits, int offset, TokenMask allowed, History history) {
        if (allowed.size() != scores.length) {
            throw new IllegalArgumentException(
                    "a mask over " + allowed.size() + " tokens does not fit a vocabulary of " + scores.length);
        }
        load(logits, offset, history.length());
        options.logitBias().forEach((token, bias) -> {
            if (token < scores.length) {
                scores[token] = (float) (scores[token] + bias);
            }
        });
        if (options.penalises()) {
            penalise(options, history);
        }
        int best = best(allowed, history.length());
        if (options.temperature() == 0) {
            return best;
        }
        return draw(options, allowed, best, Chance.at(options.seed(), history.length()));
    }

    private void load(float[] logits, int offset, int position) {
        System.arraycopy(logits, offset, scores, 0, scores.length);
        for (int token = 0; token < scores.length; token++) {
            if (!(scores[token] < Float.POSITIVE_INFINITY)) {
                throw new LogitsFault("the model gave " + scores[token] + " as the logit of token " + token
                        + " at position " + position + ": its weights or its arithmetic are damaged");
            }
        }
    }

    private void penalise(SamplingOptions options, History history) {
        int from = Math.max(0, history.length() - options.penaltyWindow());
        for (int i = from; i < history.length(); i++) {
            int token = history.token(i);
            // seen: 1 once the token was met at all, plus 2 for each time the answer had it
            seen[token] = (seen[token] | 1) + (i >= history.prompt() ? 2 : 0);
        }
        for (int i = from; i < history.length(); i++) {
            int token = history.token(i);
            if (seen[token] == 0) {
                continue;
            }
            int generated = seen[token] >> 1;
            double score = scores[token];
            score = score > 0 ? score / options.repetitionPenalty() : score * options.repetitionPenalty();
            score -= generated * options.frequencyPenalty();
            score -= generated > 0 ? options.presencePenalty() : 0;
            scores[token] = (float) score;
            seen[token] = 0;
        }
    }

    private int best(TokenMask allowed, int position) {
        int best = -1;
        float top = Float.NEGATIVE_INFINITY;
        for (int token = allowed.next(0); token >= 0; token = allowed.next(token + 1)) {
            if (scores[token] > top) {
                top = scores[token];
                best = token;
            }
        }
        if (best < 0) {
            throw new LogitsFault("no token may come at position " + position + ": "
                    + (allowed.isEmpty() ? "the constraint allows none" : "all allowed ones have logit -infinity"));
        }
        return best;
    }

    private int draw(SamplingOptions options, TokenMask allowed, int best, double chance) {
        double top = scores[best];
        double floor = options.minP() > 0 ? StrictMath.log(options.minP()) : Double.NEGATIVE_INFINITY;
        int count = 0;
        for (int token = allowed.next(0); token >= 0; token = allowed.next(token + 1)) {
            double scaled = (scores[token] - top) / options.temperature();
            if (scores[token] > Float.NEGATIVE_INFINITY && scaled >= floor) {
                heap[count++] = token;
            }
        }
        boolean cutCount = options.topK() > 0 && options.topK() < count;
        if (!cutCount && options.topP() == 1) {
            return pick(heap, 0, count, weigh(options, 0, count, top), chance);
        }
        heapify(count);
        int first = count;
        if (cutCount) {
            while (count - first < options.topK()) {
                first = pop(first);
            }
            double total = weighBackwards(options, first, count, top);
            return cut(options, first, count, total, chance);
        }
        double target = options.topP() * weigh(options, 0, count, top);
        double mass = 0;
        while (first > 0 && (mass < target || first == count)) {
            first = pop(first);
            mass += weight(options, heap[first], top);
        }
        weighBackwards(options, first, count, top);
        return pickBackwards(first, count, mass, chance);
    }

    /** Applies top-p to the sorted tokens heap[first, count), likeliest last, and draws. */
    private int cut(SamplingOptions options, int first, int count, double total, double chance) {
        double target = options.topP() * total;
        double mass = 0;
        int from = count;
        while (from > first && (mass < target || from == count)) {
            mass += weights[--from];
        }
        return pickBackwards(from, count, mass, chance);
    }

    private double weight(SamplingOptions options, int token, double top) {
        return StrictMath.exp((scores[token] - top) / options.temperature());
    }

    private double weigh(SamplingOptions options, int from, int to, double top) {
        double total = 0;
        for (int i = from; i < to; i++) {
            weights[i] = weight(options, heap[i], top);
            total += weights[i];
        }
        return total;
    }

    private double weighBackwards(SamplingOptions options, int from, int to, double top) {
        double total = 0;
        for (int i = to - 1; i >= from; i--) {
            weights[i] = weight(options, heap[i], top);
            total += weights[i];
        }
        return total;
    }

    private int pick(int[] tokens, int from, int to, double total, double chance) {
        double left = chance * total;
        for (int i = from; i < to - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return tokens[i];
            }
        }
        return tokens[to - 1];
    }

    private int pickBackwards(int from, int to, double total, double chance) {
        double left = chance * total;
        for (int i = to - 1; i > from; i--) {
            left -= weights[i];
            if (left < 0) {
                return heap[i];
            }
        }
        return heap[from];
    }

    private boolean likelier(int a, int b) {
        return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
    }

    private void heapify(int count) {
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(i, count);
        }
    }

    /** Moves the likeliest of heap[0, count) to place count - 1; the result is the new count. */
    private int pop(int count) {
        int last = count - 1;
        int token = heap[0];
        heap[0] = heap[last];
        heap[last] = token;
        sink(0, last);
        return last;
    }

    private void sink(int start, int count) {
        int i = start;
        int token = heap[i];
        while (2 * i + 1 < count) {
            int child = 2 * i + 1;
            if (child + 1 < count && likelier(heap[child + 1], heap[child])) {
                child++;
            }
            if (!likelier(heap[child], token)) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = token;
    }
}
