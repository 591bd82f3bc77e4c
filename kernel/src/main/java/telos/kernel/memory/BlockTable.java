package telos.kernel.memory;

import java.util.Arrays;
import java.util.Objects;

/**
 * Where a sequence's tokens lie: position {@code p} is slot {@code p % blockTokens} of block {@code block(p /
 * blockTokens)}. A view that the pool keeps true until the sequence is freed; only the pool changes it, and of the
 * blocks already listed it changes at most the last (copy-on-write).
 */
public final class BlockTable {
    private final long sequence;
    private int[] tokens;
    private int length;
    private int computed;
    private int[] blocks;
    private int blockCount;
    private PrefixTree.Node node;

    BlockTable(long sequence, int tokenCapacity, int blockCapacity, PrefixTree.Node root) {
        this.sequence = sequence;
        this.tokens = new int[tokenCapacity];
        this.blocks = new int[blockCapacity];
        this.node = root;
    }

    private BlockTable(long sequence, BlockTable of) {
        this.sequence = sequence;
        this.tokens = of.tokens.clone();
        this.length = of.length;
        this.computed = of.computed;
        this.blocks = of.blocks.clone();
        this.blockCount = of.blockCount;
        this.node = of.node;
    }

    public long sequence() {
        return sequence;
    }

    /** Slots that are given to tokens, computed or not. */
    public int length() {
        return length;
    }

    /** Leading tokens whose keys and values are in their slots. */
    public int computed() {
        return computed;
    }

    /** How many blocks the sequence refers to. */
    public int size() {
        return blockCount;
    }

    public int block(int index) {
        return blocks[Objects.checkIndex(index, blockCount)];
    }

    /** The blocks in the order of positions: a copy. */
    public int[] blocks() {
        return Arrays.copyOf(blocks, blockCount);
    }

    int[] tokens() {
        return tokens;
    }

    int last() {
        return blockCount == 0 ? -1 : blocks[blockCount - 1];
    }

    /** The longest prefix of computed full blocks. */
    PrefixTree.Node node() {
        return node;
    }

    BlockTable fork(long child) {
        return new BlockTable(child, this);
    }

    void addBlock(int block) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(4, blockCount * 2));
        }
        blocks[blockCount++] = block;
    }

    void replaceLast(int block) {
        blocks[blockCount - 1] = block;
    }

    void addTokens(int[] more, int from) {
        int count = more.length - from;
        if (length + count > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(length + count, tokens.length * 2));
        }
        System.arraycopy(more, from, tokens, length, count);
        length += count;
    }

    void computedTo(int position, PrefixTree.Node reached) {
        computed = position;
        node = reached;
    }
}
