package telos.inference.constraint;

import org.jspecify.annotations.Nullable;
import telos.inference.sampling.TokenMask;

/**
 * A state of an automaton over bytes, grown when it is first reached. States are compared by identity. From each state
 * some text leads to an accepting one; the missing step is {@code null}. What a {@link TokenAutomaton} works out about
 * a state is kept in it.
 */
abstract class State {
    private final long[] explored = new long[4];
    private @Nullable State @Nullable [] next;

    @Nullable
    TokenMask mask;
    /** The largest {@link #missing} after one allowed token; -1 until the mask is known. */
    int worst = -1;
    /** How many tokens the shortest text to an accepting state takes when spelled greedily; -1 until known. */
    int cost = -1;

    /** Whether the text may end here. */
    abstract boolean accepting();

    /**
     * How many bytes suffice from here to an accepting state: 0 exactly where this is one, and after some next byte
     * fewer.
     */
    abstract int missing();

    /** The state after {@code value}, 0 to 255, or null when no text goes on like that. */
    abstract @Nullable State compute(int value);

    /**
     * This state, or one that has learnt which names were written and has let go memory that is no longer needed; called
     * between tokens.
     */
    State settle(WrittenNames names) {
        return this;
    }

    /** A byte after which fewer are missing; asked where some are, and not where it {@link #waits}. */
    int shortestByte() {
        int best = -1;
        int least = missing();
        for (int value = 0; value < 256; value++) {
            State after = step(value);
            if (after != null && after.missing() < least) {
                best = value;
                least = after.missing();
            }
        }
        return best;
    }

    /** Whether only {@link #settle} shows how the shortest way goes on from here. */
    boolean waits() {
        return false;
    }

    final @Nullable State step(int value) {
        @Nullable State[] known = next;
        if (known == null) {
            known = new @Nullable State[256];
            next = known;
        }
        if ((explored[value >>> 6] & 1L << value) == 0) {
            explored[value >>> 6] |= 1L << value;
            known[value] = compute(value);
        }
        return known[value];
    }
}
