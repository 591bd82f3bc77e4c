package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class AttentionTest {
    private static final int LAYERS = 2;
    private static final int BLOCKS = 12;

    /** A store in which the positions of one sequence are written, with what was written. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Filled(KvStore store, int[] table, float[][] k, float[][] v) {
        static Filled of(Arena arena, Random random, int kvHeads, int dim, int positions) {
            KvStore store = new KvStore(arena, LAYERS, kvHeads, dim, BLOCKS);
            // What earlier users of a block left there must not matter.
            store.memory().fill((byte) 0x7e);
            int[] table = random.ints(0, BLOCKS)
                    .distinct()
                    .limit((positions + 15) / 16)
                    .toArray();
            float[][] k = new float[positions][];
            float[][] v = new float[positions][];
            for (int p = 0; p < positions; p++) {
                k[p] = RandomWeights.activations(random, kvHeads * dim);
                v[p] = RandomWeights.activations(random, kvHeads * dim);
                store.write(1, table[p / 16], p % 16, k[p], 0, v[p], 0);
                for (int i = 0; i < k[p].length; i++) {
                    k[p][i] = Float.float16ToFloat(Float.floatToFloat16(k[p][i]));
                    v[p][i] = Float.float16ToFloat(Float.floatToFloat16(v[p][i]));
                }
            }
            return new Filled(store, table, k, v);
        }

        double[] attend(int position, float[] q, int offset, int heads) {
            int dim = store.headDim();
            double[] out = new double[heads * dim];
            for (int h = 0; h < heads; h++) {
                int kv = h / (heads / store.kvHeads()) * dim;
                double[] weight = new double[position + 1];
                double sum = 0;
                for (int p = 0; p <= position; p++) {
                    double score = 0;
                    for (int d = 0; d < dim; d++) {
                        score += (double) k[p][kv + d] * q[offset + h * dim + d];
                    }
                    weight[p] = Math.exp(score / Math.sqrt(dim));
                    sum += weight[p];
                }
                for (int d = 0; d < dim; d++) {
                    for (int p = 0; p <= position; p++) {
                        out[h * dim + d] += weight[p] / sum * v[p][kv + d];
                    }
                }
            }
            return out;
        }
    }

    @Test
    void agreesWithDoublePrecision() {
        Random random = new Random(1);
        try (Arena arena = new Arena();
                Workers workers = new Workers(1)) {
            for (int dim : new int[] {8, 32, 48, 64, 100}) {
                Filled filled = Filled.of(arena, random, 2, dim, 150);
                for (int group : new int[] {1, 2, 3, 5}) {
                    int width = 2 * group * dim;
                    float[] q = RandomWeights.activations(random, width + 1);
                    float[] out = new float[width + 2];
                    for (int position : new int[] {0, 1, 15, 16, 77, 149}) {
                        new Attention(workers).attend(filled.store, 1, filled.table, position, q, 1, out, 2, 2 * group);
                        double[] expected = filled.attend(position, q, 1, 2 * group);
                        for (int i = 0; i < width; i++) {
                            assertThat((double) out[i + 2]).isCloseTo(expected[i], Offset.offset(2e-5));
                        }
                    }
                }
            }
        }
    }

    @Test
    void givesATokenTheSameBitsInAnyCompany() {
        Random random = new Random(2);
        try (Arena arena = new Arena()) {
            Filled filled = Filled.of(arena, random, 3, 32, 100);
            int tokens = 40;
            int width = 6 * 32;
            float[] q = RandomWeights.activations(random, tokens * width);
            int[][] tables = new int[tokens][];
            Arrays.fill(tables, filled.table);
            int[] positions = random.ints(tokens, 0, 100).toArray();
            float[] alone = new float[tokens * width];
            for (int token = 0; token < tokens; token++) {
                for (int head = 0; head < 3; head++) {
                    int at = token * width + head * 2 * 32;
                    ScalarAttention.head(filled.store, 1, head, filled.table, positions[token], q, at, alone, at, 2);
                }
            }
            for (int threads = 1; threads <= 3; threads++) {
                try (Workers workers = new Workers(threads)) {
                    float[] out = new float[tokens * width];
                    new Attention(workers).attend(filled.store, 1, tokens, tables, positions, q, out, 6);
                    assertThat(out).isEqualTo(alone);
                }
            }
        }
    }

    @Test
    void copyMovesAllLayersOfABlock() {
        try (Arena arena = new Arena()) {
            KvStore store = new KvStore(arena, 2, 2, 8, 4);
            float[] k = RandomWeights.activations(new Random(3), 16);
            float[] v = RandomWeights.activations(new Random(4), 16);
            store.write(0, 1, 5, k, 0, v, 0);
            store.write(1, 1, 6, v, 0, k, 0);
            store.copy(1, 3);
            for (int layer = 0; layer < 2; layer++) {
                long bytes = store.bytesPerBlock() / 2;
                assertThat(store.memory()
                                .asSlice(store.keys(layer, 3), bytes)
                                .mismatch(store.memory().asSlice(store.keys(layer, 1), bytes)))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void refusesPositionsOutsideTheTable() {
        try (Arena arena = new Arena();
                Workers workers = new Workers(1)) {
            KvStore store = new KvStore(arena, 1, 1, 8, 4);
            Attention attention = new Attention(workers);
            float[] x = new float[8];
            assertThatThrownBy(() -> attention.attend(store, 0, new int[] {0}, 16, x, 0, new float[8], 0, 1))
                    .hasMessageContaining("outside a block table of 1 blocks");
            assertThatThrownBy(() -> attention.attend(store, 0, new int[] {4}, 3, x, 0, new float[8], 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
