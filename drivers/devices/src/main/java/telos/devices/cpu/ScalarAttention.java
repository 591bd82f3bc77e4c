package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The scalar twin of paged attention, for one KV head and the query heads that share it. Online softmax (Milakov and
 * Gimelshein 2018, arXiv 1805.02867), one step per block; the sum of weights runs in 16 lanes, one per slot of a block.
 */
final class ScalarAttention {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SLOTS = KvStore.BLOCK_TOKENS;

    private ScalarAttention() {}

    /**
     * @param position the query attends to positions 0 to this
     * @param q the query heads that share this KV head, [heads][headDim] from qOffset on
     * @param out likewise
     */
    static void head(
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
        float factor = factor(dim);
        MemorySegment memory = store.memory();
        float[] weights = new float[SLOTS];
        float[] sums = new float[SLOTS];
        float[] query = new float[dim];
        // By way of arrays: code that has just started reads them much faster than native memory.
        short[] keys = new short[dim * SLOTS];
        short[] values = new short[dim * SLOTS];
        for (int head = 0; head < heads; head++) {
            int to = outOffset + head * dim;
            for (int d = 0; d < dim; d++) {
                query[d] = q[qOffset + head * dim + d] * factor;
                out[to + d] = 0;
            }
            Arrays.fill(sums, 0);
            float max = Float.NEGATIVE_INFINITY;
            for (int start = 0; start <= position; start += SLOTS) {
                int count = Math.min(SLOTS, position + 1 - start);
                int block = table[start / SLOTS];
                long base = kvHead * store.headBytes();
                MemorySegment.copy(memory, SHORT, base + store.keys(layer, block), keys, 0, dim * SLOTS);
                MemorySegment.copy(memory, SHORT, base + store.values(layer, block), values, 0, dim * SLOTS);
                for (int t = 0; t < count; t++) {
                    float score = 0;
                    for (int d = 0; d < dim; d++) {
                        score = Math.fma(Float.float16ToFloat(keys[d * SLOTS + t]), query[d], score);
                    }
                    weights[t] = score;
                }
                max = step(weights, 0, count, max, sums, 0, out, to, dim);
                for (int t = 0; t < count; t++) {
                    for (int d = 0; d < dim; d++) {
                        out[to + d] = Math.fma(weights[t], Float.float16ToFloat(values[t * dim + d]), out[to + d]);
                    }
                }
            }
            float inverse = 1f / ScalarVectors.tree(sums, 0);
            for (int d = 0; d < dim; d++) {
                out[to + d] *= inverse;
            }
        }
    }

    /** As {@link AttentionKernels#step}, over the first count tokens of a block. */
    static float step(
            float[] scores, int at, int count, float max, float[] sums, int sumsAt, float[] out, int outAt, int dim) {
        float newMax = max;
        for (int t = 0; t < count; t++) {
            newMax = Math.max(newMax, scores[at + t]);
        }
        if (newMax > max) {
            float shrink = ScalarVectors.exp(max - newMax);
            for (int t = 0; t < SLOTS; t++) {
                sums[sumsAt + t] *= shrink;
            }
            for (int d = 0; d < dim; d++) {
                out[outAt + d] *= shrink;
            }
            max = newMax;
        }
        for (int t = 0; t < count; t++) {
            float weight = ScalarVectors.exp(scores[at + t] - max);
            scores[at + t] = weight;
            sums[sumsAt + t] += weight;
        }
        return max;
    }

    /** What queries are multiplied with before they meet keys. */
    static float factor(int dim) {
        return (float) (1.0 / Math.sqrt(dim));
    }
}
