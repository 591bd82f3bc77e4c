package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vector kernels against their scalar twins, bit for bit. */
final class VectorKernelsTest {
    @ParameterizedTest
    @EnumSource
    void matricesGiveTheBitsOfTheTwin(WeightType type) {
        Random random = new Random(7);
        QuantizedColumns quantized = new QuantizedColumns();
        VectorMultiply vectors = new VectorMultiply();
        try (Arena arena = new Arena()) {
            for (int rows : new int[] {1, 33, 141}) {
                // more than one stretch of a panel, and a rest
                int columns = type.blockElements() == 1 ? 275 : 288;
                WeightMatrix w = RandomWeights.of(random, type, rows, columns).pack(arena);
                float[] x = RandomWeights.activations(random, 14 * columns);
                for (int batch : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 14}) {
                    quantized.quantize(x, batch, columns);
                    float[] expected = new float[batch * rows];
                    float[] y = new float[batch * rows];
                    for (int from = 0; from < rows; from += VectorMultiply.ROWS) {
                        int to = Math.min(from + VectorMultiply.ROWS, rows);
                        ScalarMultiply.rows(w, from, to, x, quantized, batch, expected);
                        vectors.rows(w, from, to, x, quantized, batch, y);
                    }
                    assertThat(bits(y)).as("rows %d, batch %d", rows, batch).isEqualTo(bits(expected));
                }
            }
        }
    }

    @Test
    void everyHalfIsDecodedExactly() {
        VectorMultiply vectors = new VectorMultiply();
        QuantizedColumns unused = new QuantizedColumns();
        for (int first = 0; first < 1 << 16; first += 4096) {
            short[] halves = new short[4096];
            float[] expected = new float[4096];
            for (int i = 0; i < 4096; i++) {
                halves[i] = (short) (first + i);
                // A sum begins at +0, so -0 becomes +0.
                expected[i] = Float.float16ToFloat(halves[i]) + 0f;
            }
            try (Arena arena = new Arena()) {
                WeightMatrix w = WeightMatrix.pack(arena, WeightType.F16, 4096, 1, MemorySegment.ofArray(halves));
                float[] y = new float[4096];
                for (int from = 0; from < 4096; from += VectorMultiply.ROWS) {
                    vectors.rows(w, from, from + VectorMultiply.ROWS, new float[] {1f}, unused, 1, y);
                }
                assertThat(y).isEqualTo(expected);
            }
        }
    }

    @Test
    void attentionGivesTheBitsOfTheTwin() {
        Random random = new Random(8);
        VectorAttention vectors = new VectorAttention();
        try (Arena arena = new Arena()) {
            for (int dim : new int[] {16, 48, 64}) {
                KvStore store = new KvStore(arena, 1, 2, dim, 12);
                store.memory().fill((byte) 0x7e);
                int[] table = random.ints(0, 12).distinct().limit(10).toArray();
                for (int p = 0; p < 150; p++) {
                    float[] k = RandomWeights.activations(random, 2 * dim);
                    float[] v = RandomWeights.activations(random, 2 * dim);
                    k[p % dim] = 1e-6f;
                    v[p % dim] = -3e-7f;
                    store.write(0, table[p / 16], p % 16, k, 0, v, 0);
                }
                assertThat(VectorAttention.fits(store)).isEqualTo(dim % Machine.LANES == 0);
                if (!VectorAttention.fits(store)) {
                    continue;
                }
                for (int heads : new int[] {1, 2, 3, 4, 5}) {
                    float[] q = RandomWeights.activations(random, heads * dim);
                    for (int position : new int[] {0, 14, 15, 16, 100, 127, 128, 149}) {
                        float[] expected = new float[heads * dim];
                        float[] out = new float[heads * dim];
                        ScalarAttention.head(store, 0, 1, table, position, q, 0, expected, 0, heads);
                        vectors.head(store, 0, 1, table, position, q, 0, out, 0, heads);
                        assertThat(bits(out))
                                .as("dim %d, heads %d, position %d", dim, heads, position)
                                .isEqualTo(bits(expected));
                    }
                }
            }
        }
    }

    @Test
    void keysThatOverflowGoToTheTwin() {
        try (Arena arena = new Arena()) {
            KvStore store = new KvStore(arena, 1, 1, 64, 2);
            assertThat(VectorAttention.fits(store)).isTrue();
            float[] k = new float[64];
            k[3] = 70000f;
            store.write(0, 0, 0, k, 0, new float[64], 0);
            assertThat(VectorAttention.fits(store)).isFalse();
        }
    }

    @Test
    void coldAndHotCodeGiveTheSameBits() {
        Random random = new Random(9);
        try (Arena arena = new Arena();
                Workers workers = new Workers(2)) {
            Duration limit = Duration.ofSeconds(5);
            Multiply multiply = new Multiply(workers);
            Attention attention = new Attention(workers);
            KvStore store = new KvStore(arena, 1, 1, 64, 4);
            for (int p = 0; p < 60; p++) {
                float[] kv = RandomWeights.activations(random, 64);
                store.write(0, p / 16, p % 16, kv, 0, kv, 0);
            }
            float[] q = RandomWeights.activations(random, 3 * 64);
            float[] cold = new float[3 * 64];
            new VectorAttention().head(store, 0, 0, new int[] {0, 1, 2, 3}, 59, q, 0, cold, 0, 3);
            attention.warm(64, 3, limit);
            float[] hot = new float[3 * 64];
            attention.attend(store, 0, new int[] {0, 1, 2, 3}, 59, q, 0, hot, 0, 3);
            assertThat(bits(hot)).isEqualTo(bits(cold));

            WeightMatrix w = RandomWeights.of(random, WeightType.Q8_0, 200, 320).pack(arena);
            float[] x = RandomWeights.activations(random, 10 * 320);
            float[] before = new float[10 * 200];
            VectorMultiply vectors = new VectorMultiply();
            vectors.rows(w, 0, 200, x, new QuantizedColumns(), 10, before);
            float[] scalar = new float[10 * 200];
            multiply.multiply(w, x, 10, scalar);
            multiply.warm(Set.of(WeightType.Q8_0), limit);
            float[] after = new float[10 * 200];
            vectors.rows(w, 0, 200, x, new QuantizedColumns(), 10, after);
            float[] chosen = new float[10 * 200];
            multiply.multiply(w, x, 10, chosen);
            assertThat(bits(scalar)).isEqualTo(bits(before));
            assertThat(bits(after)).isEqualTo(bits(before));
            assertThat(bits(chosen)).isEqualTo(bits(before));
        }
    }

    /** NaNs are equal, whatever their payload. */
    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }
}
