package telos.inference.tokenizer;

import java.util.Arrays;

/** The merges: a pair of symbols → the rank of its merge and the symbol it becomes. Open addressing, fixed at building. */
final class PairTable {
    private static final long FREE = -1;

    private final long[] pairs;
    /** {@code rank << 32 | merged symbol} */
    private final long[] merges;

    private final int mask;

    PairTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(expected, 4)) * 4;
        pairs = new long[capacity];
        merges = new long[capacity];
        Arrays.fill(pairs, FREE);
        mask = capacity - 1;
    }

    /** The first merge given for a pair stands. */
    void add(int left, int right, int rank, int merged) {
        long pair = pair(left, right);
        int at = slot(pair);
        while (pairs[at] != FREE) {
            if (pairs[at] == pair) {
                return;
            }
            at = (at + 1) & mask;
        }
        pairs[at] = pair;
        merges[at] = (long) rank << 32 | merged;
    }

    /** {@code rank << 32 | merged symbol}, or -1. */
    long find(int left, int right) {
        long pair = pair(left, right);
        int at = slot(pair);
        while (pairs[at] != FREE) {
            if (pairs[at] == pair) {
                return merges[at];
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int slot(long pair) {
        long hash = pair * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) & mask;
    }
}
