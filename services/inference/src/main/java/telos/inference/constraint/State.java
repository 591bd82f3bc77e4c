package telos.inference.constraint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import telos.inference.sampling.TokenMask;

/**
 * A state of an automaton over bytes, grown when it is first reached. States are compared by identity. From each state
 * some text leads to an accepting one; the missing step is {@code null}. What a {@link TokenAutomaton} works out about
 * a state is kept in it.
 */
abstract class State {
    private static final State[] NONE = {};

    /** Of each byte whether its step was computed; then, of each, whether it leads anywhere. */
    private final long[] known = new long[8];
    /** The states after the bytes that lead somewhere, lowest byte first, and room for more. */
    private @Nullable State[] next = NONE;

    @Nullable
    TokenMask mask;
    /** A number of tokens that suffices after every token of the mask; told while the mask is known. */
    int worst;

    TokenAutomaton.@Nullable Tight tight;
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
        int word = value >>> 6;
        long bit = 1L << value;
        if ((known[word] & bit) == 0) {
            State after = compute(value);
            known[word] |= bit;
            if (after != null) {
                insert(rank(value), after);
                known[4 + word] |= bit;
            }
            return after;
        }
        return (known[4 + word] & bit) == 0 ? null : next[rank(value)];
    }

    /** How many lower bytes lead somewhere. */
    private int rank(int value) {
        int rank = Long.bitCount(known[4 + (value >>> 6)] & ((1L << value) - 1));
        for (int word = 4; word < 4 + (value >>> 6); word++) {
            rank += Long.bitCount(known[word]);
        }
        return rank;
    }

    private void insert(int place, State after) {
        int count = steps();
        if (count == next.length) {
            next = Arrays.copyOf(next, count == 0 ? 1 : count < 4 ? 2 * count : count + count / 2);
        }
        System.arraycopy(next, place, next, place + 1, count - place);
        next[place] = after;
    }

    /** How many of the bytes that were tried lead somewhere. */
    private int steps() {
        int count = 0;
        for (int word = 4; word < 8; word++) {
            count += Long.bitCount(known[word]);
        }
        return count;
    }
}
