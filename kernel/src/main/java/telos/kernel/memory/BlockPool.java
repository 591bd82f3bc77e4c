package telos.kernel.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one KV arena and who refers to them.
 *
 * <p>A sequence is opened with its prompt, grows by {@link #append}, and is freed; {@link #commit} says that tokens have
 * been computed, which makes their full blocks findable for later sequences. Every operation is all or nothing. Not
 * thread-safe: one owner drives it.
 */
public final class BlockPool {
    /*
     * A block is in one of three states: used (references > 0), cached (no reference, but a node of the prefix tree
     * points to it; the eviction policy knows it), or free. Only a block that is computed to its last slot enters the
     * tree, and such a block is never written again; a block that is not full is written by a sequence only while that
     * sequence alone refers to it, else it is copied first. So a reader never sees a slot change.
     *
     * Kwon et al., "Efficient Memory Management for Large Language Model Serving with PagedAttention", SOSP 2023.
     */
    public static final int DEFAULT_BLOCK_TOKENS = 16;

    private final int total;
    private final int blockTokens;
    private final Eviction eviction;
    private final PrefixTree tree;
    private final FreeBlocks free;
    private final int[] references;
    /** Slots given to tokens, for used blocks. */
    private final int[] filled;

    private final PrefixTree.@Nullable Node[] contents;
    private final Map<Long, BlockTable> sequences = new HashMap<>();
    private int cached;
    private long tokensHeld;
    private long hitTokens;
    private long missTokens;
    private long evictions;

    /** A pool of blocks of {@value #DEFAULT_BLOCK_TOKENS} tokens that evicts the least recently used. */
    public BlockPool(int blocks) {
        this(blocks, DEFAULT_BLOCK_TOKENS, Eviction.leastRecentlyUsed());
    }

    public BlockPool(int blocks, int blockTokens, Eviction eviction) {
        this(blocks, blockTokens, eviction, ChainHash.mixing());
    }

    BlockPool(int blocks, int blockTokens, Eviction eviction, ChainHash hashing) {
        if (blocks <= 0 || blockTokens <= 0) {
            throw new IllegalArgumentException("a pool needs at least one block of at least one token, not " + blocks
                    + " blocks of " + blockTokens);
        }
        this.total = blocks;
        this.blockTokens = blockTokens;
        this.eviction = eviction;
        this.tree = new PrefixTree(blockTokens, hashing);
        this.free = new FreeBlocks(blocks);
        this.references = new int[blocks];
        this.filled = new int[blocks];
        this.contents = new PrefixTree.@Nullable Node[blocks];
    }

    /** As {@link #open(long, int[], IsolationKey, int)} with nothing to spare. */
    public Allocation open(long sequence, int[] prompt, IsolationKey key) {
        return open(sequence, prompt, key, 0);
    }

    /**
     * Gives every token of the prompt a slot, reusing the blocks of the longest prefix known under the key. At least the
     * last token is left to compute.
     *
     * @param sequence a number that no open sequence has
     * @param spare refused unless this many blocks could still be taken afterwards
     */
    public Allocation open(long sequence, int[] prompt, IsolationKey key, int spare) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("sequence " + sequence + " has an empty prompt");
        }
        if (sequences.containsKey(sequence)) {
            throw new IllegalArgumentException("sequence " + sequence + " is open already");
        }
        List<PrefixTree.Node> prefix = knownPrefix(prompt, key);
        int blocks = blocksFor(prompt.length);
        int needed = blocks - prefix.size();
        int available = available();
        for (PrefixTree.Node node : prefix) {
            available -= references[node.block] == 0 ? 1 : 0;
        }
        if (needed + spare > available) {
            return new Allocation.Refused(
                    blocks > total ? Allocation.Why.LARGER_THAN_POOL : Allocation.Why.NO_FREE_BLOCK, needed, available);
        }
        PrefixTree.Node reached = prefix.isEmpty() ? tree.openRoot(key) : prefix.getLast();
        tree.pin(reached);
        BlockTable table = new BlockTable(sequence, prompt.length, blocks, reached);
        for (PrefixTree.Node node : prefix) {
            retain(node.block);
            table.addBlock(node.block);
        }
        int cachedTokens = prefix.size() * blockTokens;
        table.addTokens(prompt, 0);
        table.computedTo(cachedTokens, reached);
        grow(table, needed);
        fill(table, cachedTokens);
        sequences.put(sequence, table);
        hitTokens += cachedTokens;
        missTokens += prompt.length - cachedTokens;
        return new Allocation.Granted(cachedTokens, List.of());
    }

    /** Gives further tokens slots after the sequence's last. */
    public Allocation append(long sequence, int... tokens) {
        BlockTable table = table(sequence);
        int start = table.length();
        int added = blocksFor(start + tokens.length) - table.size();
        boolean copy = tokens.length > 0 && start % blockTokens != 0 && mayNotWrite(table.last());
        int needed = added + (copy ? 1 : 0);
        if (needed > available()) {
            return new Allocation.Refused(
                    blocksFor(start + tokens.length) > total
                            ? Allocation.Why.LARGER_THAN_POOL
                            : Allocation.Why.NO_FREE_BLOCK,
                    needed,
                    available());
        }
        reclaim(needed);
        List<BlockCopy> copies = copy ? List.of(copyLast(table, needed)) : List.of();
        table.addTokens(tokens, 0);
        grow(table, added);
        fill(table, start);
        return new Allocation.Granted(0, copies);
    }

    /** Says that the next {@code count} tokens of the sequence have been computed into their slots. */
    public void commit(long sequence, int count) {
        BlockTable table = table(sequence);
        int to = table.computed() + count;
        if (count < 0 || to > table.length()) {
            throw new IllegalArgumentException("sequence " + sequence + " cannot have " + to
                    + " tokens computed: it holds " + table.length() + ", of which " + table.computed() + " are");
        }
        PrefixTree.Node before = table.node();
        PrefixTree.Node reached = before;
        for (int index = table.computed() / blockTokens; index < to / blockTokens; index++) {
            reached = tree.open(reached, table.tokens(), index * blockTokens);
            if (reached.block == PrefixTree.NO_BLOCK) {
                reached.block = table.block(index);
                contents[reached.block] = reached;
            }
        }
        table.computedTo(to, reached);
        tree.pin(reached);
        tree.unpin(before);
    }

    /** Opens {@code child} with all that {@code parent} holds; both refer to the same blocks until one of them writes. */
    public Allocation fork(long parent, long child) {
        BlockTable from = table(parent);
        if (sequences.containsKey(child)) {
            throw new IllegalArgumentException("sequence " + child + " is open already");
        }
        if (from.computed() < from.length()) {
            return new Allocation.Refused(Allocation.Why.NOT_COMPUTED, 0, available());
        }
        for (int index = 0; index < from.size(); index++) {
            references[from.block(index)]++;
        }
        tree.pin(from.node());
        sequences.put(child, from.fork(child));
        return new Allocation.Granted(from.length(), List.of());
    }

    /** Ends the sequence. Its full blocks can be found again until they are evicted. */
    public void free(long sequence) {
        BlockTable table = table(sequence);
        sequences.remove(sequence);
        for (int index = table.size() - 1; index >= 0; index--) {
            release(table.block(index));
        }
        tree.unpin(table.node());
    }

    /** The table of an open sequence. */
    public BlockTable table(long sequence) {
        BlockTable table = sequences.get(sequence);
        if (table == null) {
            throw new IllegalArgumentException("sequence " + sequence + " is not open");
        }
        return table;
    }

    public boolean isOpen(long sequence) {
        return sequences.containsKey(sequence);
    }

    /** Blocks in the pool. */
    public int total() {
        return total;
    }

    public int blockTokens() {
        return blockTokens;
    }

    /** Blocks that could be given out now: the free ones, and the cached ones that nobody refers to. */
    public int available() {
        return free.size() + cached;
    }

    /** How many blocks so many tokens take. */
    public int blocksFor(int tokens) {
        return Math.ceilDiv(tokens, blockTokens);
    }

    public PoolStatistics statistics() {
        int used = total - cached - free.size();
        return new PoolStatistics(
                total, used, cached, free.size(), blockTokens, tokensHeld, hitTokens, missTokens, evictions);
    }

    int references(int block) {
        return references[block];
    }

    boolean isFree(int block) {
        return free.contains(block);
    }

    /** Whether a later sequence could find the block's contents. */
    boolean isFindable(int block) {
        return contents[block] != null;
    }

    PrefixTree tree() {
        return tree;
    }

    private List<PrefixTree.Node> knownPrefix(int[] prompt, IsolationKey key) {
        List<PrefixTree.Node> prefix = new ArrayList<>();
        PrefixTree.Node node = tree.root(key);
        int most = (prompt.length - 1) / blockTokens;
        while (node != null && prefix.size() < most) {
            node = tree.find(node, prompt, prefix.size() * blockTokens);
            if (node == null || node.block == PrefixTree.NO_BLOCK) {
                break;
            }
            prefix.add(node);
        }
        return prefix;
    }

    private boolean mayNotWrite(int block) {
        return references[block] > 1 || contents[block] != null;
    }

    private BlockCopy copyLast(BlockTable table, int wanted) {
        int from = table.last();
        int to = take(from, wanted);
        int tokens = table.length() % blockTokens;
        filled[to] = tokens;
        tokensHeld += tokens;
        table.replaceLast(to);
        release(from);
        return new BlockCopy(from, to, tokens);
    }

    private void grow(BlockTable table, int count) {
        reclaim(count);
        for (int left = count; left > 0; left--) {
            table.addBlock(take(table.last(), left));
        }
    }

    /** Counts the slots of the positions from {@code start} on. */
    private void fill(BlockTable table, int start) {
        for (int index = start / blockTokens; index < table.size(); index++) {
            int block = table.block(index);
            int now = Math.min(blockTokens, table.length() - index * blockTokens);
            tokensHeld += now - filled[block];
            filled[block] = now;
        }
    }

    private int take(int last, int wanted) {
        int block = free.take(last, wanted);
        references[block] = 1;
        filled[block] = 0;
        return block;
    }

    private void retain(int block) {
        if (references[block]++ == 0) {
            eviction.taken(block);
            cached--;
            filled[block] = blockTokens;
            tokensHeld += blockTokens;
        }
    }

    private void release(int block) {
        if (--references[block] > 0) {
            return;
        }
        tokensHeld -= filled[block];
        filled[block] = 0;
        if (contents[block] == null) {
            free.add(block);
        } else {
            cached++;
            eviction.released(block);
        }
    }

    /** Evicts until so many blocks are free; where it must, a few more in a large pool, so that runs can form. */
    private void reclaim(int count) {
        if (free.size() >= count) {
            return;
        }
        int enough = count + Math.min(DEFAULT_BLOCK_TOKENS, total / 64);
        while (free.size() < enough && cached > 0) {
            int victim = eviction.victim();
            PrefixTree.Node node = contents[victim];
            if (node == null || references[victim] > 0) {
                throw new IllegalStateException(
                        "the eviction policy gave up block " + victim + ", which is not cached");
            }
            contents[victim] = null;
            tree.forget(node);
            free.add(victim);
            cached--;
            evictions++;
        }
    }
}
