package telos.devices.cpu;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Paged attention: each query token reads the keys and values of its own sequence through a block table. A token's
 * result has the same bits whichever tokens are computed beside it and on however many threads. One caller at a time.
 *
 * <p>It begins with scalar kernels and goes over to vector kernels once {@link #warm} has seen them compiled.
 */
public final class Attention {
    /** Multiply-adds below which waking workers costs more than it gains. */
    private static final long SMALL = 200_000;

    private final Workers workers;
    /** Scratch memory by worker. Made late: the classes of the vector API take time to load. */
    private final @Nullable VectorAttention[] vectors;

    private volatile boolean warm;

    public Attention(Workers workers) {
        this.workers = workers;
        vectors = new VectorAttention[workers.threads()];
    }

    /**
     * One query token.
     *
     * @param blockTable the sequence's blocks; block i holds positions 16·i to 16·i + 15
     * @param position the token attends to positions 0 to this, which have been written
     * @param q [heads][headDim] from qOffset on, rotated, not scaled
     * @param out likewise; must not overlap q
     * @param heads a multiple of the store's KV heads: each KV head serves heads / kvHeads neighbouring query heads
     */
    public void attend(
            KvStore store,
            int layer,
            int[] blockTable,
            int position,
            float[] q,
            int qOffset,
            float[] out,
            int outOffset,
            int heads) {
        check(store, layer, blockTable, position, heads);
        int width = heads * store.headDim();
        Objects.checkFromIndexSize(qOffset, width, q.length);
        Objects.checkFromIndexSize(outOffset, width, out.length);
        for (int kvHead = 0; kvHead < store.kvHeads(); kvHead++) {
            head(store, layer, kvHead, blockTable, position, q, qOffset, out, outOffset, heads, 0);
        }
    }

    /**
     * A batch of query tokens, of one or of many sequences, shared out over the workers.
     *
     * @param tokens how many; blockTables and positions have as many entries (a table may occur more than once)
     * @param q [tokens][heads][headDim]; out likewise
     */
    public void attend(
            KvStore store,
            int layer,
            int tokens,
            int[][] blockTables,
            int[] positions,
            float[] q,
            float[] out,
            int heads) {
        int width = heads * store.headDim();
        Objects.checkFromIndexSize(0, tokens, Math.min(blockTables.length, positions.length));
        if ((long) tokens * width > Math.min(q.length, out.length)) {
            throw new IllegalArgumentException(tokens + " tokens of width " + width + " do not fit q of " + q.length
                    + " and out of " + out.length);
        }
        long work = 0;
        for (int token = 0; token < tokens; token++) {
            check(store, layer, blockTables[token], positions[token], heads);
            work += 2L * width * (positions[token] + 1);
        }
        int kvHeads = store.kvHeads();
        Workers.Task task = (chunk, worker) -> {
            int token = chunk / kvHeads;
            int at = token * width;
            head(store, layer, chunk % kvHeads, blockTables[token], positions[token], q, at, out, at, heads, worker);
        };
        int chunks = tokens * kvHeads;
        if (work < SMALL) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                task.run(chunk, 0);
            }
        } else {
            workers.run(chunks, task);
        }
    }

    private void head(
            KvStore store,
            int layer,
            int kvHead,
            int[] table,
            int position,
            float[] q,
            int qOffset,
            float[] out,
            int outOffset,
            int heads,
            int worker) {
        int group = heads / store.kvHeads();
        int first = kvHead * group * store.headDim();
        if (!warm || !VectorAttention.fits(store)) {
            ScalarAttention.head(
                    store, layer, kvHead, table, position, q, qOffset + first, out, outOffset + first, group);
            return;
        }
        VectorAttention own = vectors[worker];
        if (own == null) {
            own = new VectorAttention();
            vectors[worker] = own;
        }
        own.head(store, layer, kvHead, table, position, q, qOffset + first, out, outOffset + first, group);
    }

    /**
     * Runs the vector kernels until they are compiled and faster than the scalar ones, and from then on uses them.
     * Another thread may attend meanwhile.
     *
     * @param group query heads per KV head
     * @return whether vectors are now used: not if the time was too short, the thread was interrupted, or this machine has no fast vectors
     */
    public boolean warm(int headDim, int group, Duration limit) {
        if (warm) {
            return true;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try (Arena arena = new Arena()) {
            int blocks = 4;
            KvStore store = new KvStore(arena, 1, 1, headDim, blocks);
            if (!VectorAttention.fits(store)) {
                return false;
            }
            int[] table = {0, 1, 2, 3};
            float[] q = new float[group * headDim];
            float[] out = new float[group * headDim];
            VectorAttention own = new VectorAttention();
            int position = blocks * KvStore.BLOCK_TOKENS - 2;
            warm = Heat.until(
                    deadline,
                    () -> own.head(store, 0, 0, table, position, q, 0, out, 0, group),
                    () -> ScalarAttention.head(store, 0, 0, table, position, q, 0, out, 0, group));
        }
        return warm;
    }

    private static void check(KvStore store, int layer, int[] table, int position, int heads) {
        Objects.checkIndex(layer, store.layers());
        if (heads < 1 || heads % store.kvHeads() != 0) {
            throw new IllegalArgumentException(
                    heads + " query heads do not share " + store.kvHeads() + " KV heads evenly");
        }
        if (position < 0 || position / KvStore.BLOCK_TOKENS >= table.length) {
            throw new IllegalArgumentException(
                    "position " + position + " is outside a block table of " + table.length + " blocks");
        }
        for (int i = 0; i <= position / KvStore.BLOCK_TOKENS; i++) {
            Objects.checkIndex(table[i], store.blocks());
        }
        if (!store.memory().scope().isAlive()) {
            throw new IllegalStateException("the arena of this KV store is closed");
        }
    }
}
