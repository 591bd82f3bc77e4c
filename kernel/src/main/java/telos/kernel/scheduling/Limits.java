package telos.kernel.scheduling;

/**
 * What one scheduler allows.
 *
 * @param tokenBudget tokens that one iteration computes at most, decoded and prefilled ones together
 * @param maxSequences sequences that run at the same time at most; not above the budget, so that each can decode
 * @param context tokens of a sequence at most, prompt and generated ones together
 * @param maxWaiting requests that wait at most, those that were preempted not counted
 */
public record Limits(int tokenBudget, int maxSequences, int context, int maxWaiting) {
    public Limits {
        if (maxSequences <= 0 || context <= 0 || maxWaiting <= 0) {
            throw new IllegalArgumentException("maxSequences, context and maxWaiting must be positive, were "
                    + maxSequences + ", " + context + ", " + maxWaiting);
        }
        if (tokenBudget < maxSequences) {
            throw new IllegalArgumentException("a budget of " + tokenBudget + " tokens does not let " + maxSequences
                    + " sequences decode in one iteration; raise it or allow fewer sequences");
        }
    }
}
