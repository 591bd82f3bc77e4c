package telos.devices.cpu;

import java.util.Objects;

/**
 * Paged attention: each query token reads the keys and values of its own sequence through a block table. A token's
 * result has the same bits whichever tokens are computed beside it and on however many threads. One caller at a time.
 */
public final class Attention {
    /** Multiply-adds below which waking workers costs more than it gains. */
    private static final long SMALL = 200_000;

    private final Workers workers;

    public Attention(Workers workers) {
        this.workers = workers;
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
            head(store, layer, kvHead, blockTable, position, q, qOffset, out, outOffset, heads);
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
        Workers.Task task = (chunk, _) -> {
            int token = chunk / kvHeads;
            int at = token * width;
            head(store, layer, chunk % kvHeads, blockTables[token], positions[token], q, at, out, at, heads);
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

    private static void head(
            KvStore store,
            int layer,
            int kvHead,
            int[] table,
            int position,
            float[] q,
            int qOffset,
            float[] out,
            int outOffset,
            int heads) {
        int group = heads / store.kvHeads();
        int first = kvHead * group * store.headDim();
        ScalarAttention.head(store, layer, kvHead, table, position, q, qOffset + first, out, outOffset + first, group);
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
