package telos.kernel.scheduling;

/** The policy that says how much of the prompts an iteration computes while others wait for their next token. */
public interface Pace {
    /**
     * How many tokens to compute, through the whole depth.
     *
     * @param alone what the sequences that decode come to
     * @param load what the iteration computes already, those included
     * @param start position of the first token
     * @param most that can be computed
     * @return 0 to {@code most}
     */
    int chunk(Load alone, Load load, int start, int most);

    /**
     * How much of a prompt to compute.
     *
     * @param next what comes next of it: tokens that have come equally far, and the depth that they have before them
     * @return of its first tokens the first parts; or no tokens
     */
    default Piece cut(Load alone, Load load, Piece next) {
        return next.tokens(chunk(alone, load, next.start(), next.count()));
    }

    /** Whether prompts stand still in this iteration if anything decodes, so that what decodes take alone stays known. */
    default boolean pauses() {
        return false;
    }

    /** Hears how long an iteration took, in nanoseconds. */
    default void took(Load load, long nanos) {}

    /** As much as the token budget allows. */
    static Pace unbounded() {
        return (_, _, _, most) -> most;
    }
}
