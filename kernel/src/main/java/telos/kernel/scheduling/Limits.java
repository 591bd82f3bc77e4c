package telos.kernel.scheduling;

/**
 * What one scheduler allows, and what it may cut.
 *
 * @param tokenBudget tokens that one iteration computes at most, decoded and prefilled ones together
 * @param maxSequences sequences that run at the same time at most; not above the budget, so that each can decode
 * @param context tokens of a sequence at most, prompt and generated ones together
 * @param maxWaiting requests that wait at most, those that were preempted not counted
 * @param parts of the model's depth that prompts may be taken through in iterations of their own
 */
public record Limits(int tokenBudget, int maxSequences, int context, int maxWaiting, int parts) {
    public Limits {
        if (maxSequences <= 0 || context <= 0 || maxWaiting <= 0 || parts <= 0) {
            throw new IllegalArgumentException("maxSequences, context, maxWaiting and parts must be positive, were "
                    + maxSequences + ", " + context + ", " + maxWaiting + ", " + parts);
        }
        if (tokenBudget < maxSequences) {
            throw new IllegalArgumentException("a budget of " + tokenBudget + " tokens does not let " + maxSequences
                    + " sequences decode in one iteration; raise it or allow fewer sequences");
        }
    }

    /** For a model whose depth is not cut. */
    public Limits(int tokenBudget, int maxSequences, int context, int maxWaiting) {
        this(tokenBudget, maxSequences, context, maxWaiting, 1);
    }
}
