package telos.inference.constraint;

import telos.inference.sampling.TokenMask;

/** The rule that one running text obeys, token by token. Not for use by two threads at once. */
public interface Constraint {
    /**
     * The tokens that may come next; an end token is among them exactly when the text may end here. Never empty until
     * an end token was accepted, then always.
     */
    TokenMask allowed();

    /** Whether {@link #allowed} is known and need not be worked out. */
    default boolean settled() {
        return false;
    }

    /** The token that must come next, or -1 where there is a choice: cheaper than {@link #allowed}. */
    default int only() {
        return allowed().only();
    }

    /**
     * Takes the next token.
     *
     * @throws IllegalArgumentException when it is not an allowed one
     */
    void accept(int token);

    /** Whether the text may end here. */
    boolean complete();

    /** Whether the text can only end here; generation may stop without drawing an end token. */
    boolean mustEnd();

    /**
     * Says how many more tokens may come, an end token not counted; each accepted token takes one off. The constraint
     * then leaves out tokens after which the text could not be completed in time. When even the shortest way takes
     * more, it leads along that. Without this call there is no limit.
     */
    void remaining(int tokens);
}
