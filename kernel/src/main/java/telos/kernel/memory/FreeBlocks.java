package telos.kernel.memory;

import java.util.BitSet;

/**
 * The blocks that hold nothing, given out so that a sequence's blocks tend to be neighbours. Attention over neighbours
 * is cheaper than over scattered blocks. A run is a preference: whatever is free is anybody's.
 */
final class FreeBlocks {
    private final BitSet free;
    private int size;

    FreeBlocks(int blocks) {
        free = new BitSet(blocks);
        free.set(0, blocks);
        size = blocks;
    }

    int size() {
        return size;
    }

    boolean contains(int block) {
        return free.get(block);
    }

    void add(int block) {
        free.set(block);
        size++;
    }

    /**
     * Takes one block; there must be one.
     *
     * @param last the block that it should follow, negative if none
     * @param wanted how many the caller is about to take, this one included
     */
    int take(int last, int wanted) {
        int block = last >= 0 && free.get(last + 1) ? last + 1 : runStart(wanted);
        free.clear(block);
        size--;
        return block;
    }

    /** The middle of the longest run where half of it is enough, so that whoever ends before the run can grow too. */
    private int runStart(int wanted) {
        int start = 0;
        int length = 0;
        for (int from = free.nextSetBit(0); from >= 0; ) {
            int to = free.nextClearBit(from);
            if (to - from > length) {
                start = from;
                length = to - from;
            }
            from = free.nextSetBit(to);
        }
        boolean shared = start > 0 && length / 2 >= wanted;
        return shared ? start + length / 2 : start;
    }
}
