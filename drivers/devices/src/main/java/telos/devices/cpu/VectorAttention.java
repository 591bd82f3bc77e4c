package telos.devices.cpu;

import static telos.devices.cpu.Machine.LANES;

import java.util.Arrays;

/**
 * Carries one KV head, and the query heads that share it, through the vector kernels: up to four heads at a time, block
 * after block. It may be used by one thread at a time, because it holds scratch memory.
 */
final class VectorAttention {
    private static final int SLOTS = KvStore.BLOCK_TOKENS;
    private static final int HEADS = 4;
    /** Blocks whose scores are computed at a time. */
    private static final int STRIP = 8;

    private static final int APART = STRIP * SLOTS;

    private final float[] scores = new float[HEADS * APART];
    private final float[] sums = new float[HEADS * SLOTS];
    private final float[] maxima = new float[HEADS];
    private float[] query = {};
    private float[] sum = {};

    /** Whether the kernels can do it; else the scalar twin must. */
    static boolean fits(KvStore store) {
        return store.finite() && store.headDim() % LANES == 0;
    }

    /** As {@link ScalarAttention#head}. */
    void head(
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
        int dim = store.headDim();
        if (query.length < HEADS * dim) {
            query = new float[HEADS * dim];
            sum = new float[HEADS * dim];
        }
        for (int first = 0; first < heads; first += HEADS) {
            int count = Math.min(HEADS, heads - first);
            group(store, layer, kvHead, table, position, q, qOffset + first * dim, count);
            for (int h = 0; h < count; h++) {
                float inverse = 1f / ScalarVectors.tree(sums, h * SLOTS);
                int to = outOffset + (first + h) * dim;
                for (int d = 0; d < dim; d++) {
                    out[to + d] = sum[h * dim + d] * inverse;
                }
            }
        }
    }

    /** Leaves the weighted sums of values in sum, and the sums of weights in sums. Unused heads compute on zeros. */
    private void group(
            KvStore store, int layer, int kvHead, int[] table, int position, float[] q, int qOffset, int heads) {
        int dim = store.headDim();
        float factor = ScalarAttention.factor(dim);
        Arrays.fill(query, heads * dim, HEADS * dim, 0f);
        for (int i = 0; i < heads * dim; i++) {
            query[i] = q[qOffset + i] * factor;
        }
        Arrays.fill(sum, 0f);
        Arrays.fill(sums, 0f);
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
        long memory = store.memory().address() + kvHead * store.headBytes();
        int blocks = position / SLOTS + 1;
        for (int from = 0; from < blocks; from += STRIP) {
            int to = Math.min(from + STRIP, blocks);
            scores(store, layer, memory, table, from, to, heads);
            for (int block = from; block < to; block++) {
                int count = Math.min(SLOTS, position + 1 - block * SLOTS);
                int at = (block - from) * SLOTS;
                for (int h = 0; h < heads; h++) {
                    maxima[h] = count == SLOTS
                            ? AttentionKernels.step(
                                    scores, h * APART + at, maxima[h], sums, h * SLOTS, sum, h * dim, dim)
                            : ScalarAttention.step(
                                    scores, h * APART + at, count, maxima[h], sums, h * SLOTS, sum, h * dim, dim);
                }
                long values = memory + store.values(layer, table[block]);
                if (heads == 1) {
                    AttentionKernels.valuesOfOne(values, count, dim, scores, at, sum);
                } else {
                    AttentionKernels.valuesOfFour(values, count, dim, scores, at, APART, sum);
                }
            }
        }
    }

    private void scores(KvStore store, int layer, long memory, int[] table, int from, int to, int heads) {
        int dim = store.headDim();
        int vectors = (to - from) * SLOTS / LANES;
        int last = vectors - 1;
        if (heads == 1) {
            for (int i = 0; i < vectors; i += 4) {
                int j = Math.min(i + 1, last);
                int k = Math.min(i + 2, last);
                int l = Math.min(i + 3, last);
                AttentionKernels.scoresOfOne(
                        keys(store, layer, memory, table, from, i),
                        keys(store, layer, memory, table, from, j),
                        keys(store, layer, memory, table, from, k),
                        keys(store, layer, memory, table, from, l),
                        query,
                        dim,
                        scores,
                        i * LANES,
                        j * LANES,
                        k * LANES,
                        l * LANES);
            }
            return;
        }
        for (int i = 0; i < vectors; i += 2) {
            int j = Math.min(i + 1, last);
            AttentionKernels.scoresOfFour(
                    keys(store, layer, memory, table, from, i),
                    keys(store, layer, memory, table, from, j),
                    query,
                    dim,
                    scores,
                    i * LANES,
                    j * LANES,
                    APART);
        }
    }

    /** Where the keys of one vector of tokens begin; vectors are counted from the strip's first block. */
    private static long keys(KvStore store, int layer, long memory, int[] table, int from, int vector) {
        int token = vector * LANES;
        return memory + store.keys(layer, table[from + token / SLOTS]) + 2L * (token % SLOTS);
    }
}
