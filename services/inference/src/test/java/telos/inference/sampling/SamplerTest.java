package telos.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final SamplingOptions WARM = SamplingOptions.greedy(10).withTemperature(1);

    private static int sample(SamplingOptions options, float[] logits, int... history) {
        return new Sampler(logits.length)
                .sample(options, logits, 0, TokenMask.all(logits.length), new History(history, history.length, 0));
    }

    @Test
    void takesTheLikeliestAtTemperatureZero() {
        assertThat(sample(SamplingOptions.greedy(1), new float[] {1, 5, 3})).isEqualTo(1);
    }

    @Test
    void takesTheLowestIdOfEquals() {
        assertThat(sample(SamplingOptions.greedy(1), new float[] {1, 5, 3, 5})).isEqualTo(1);
    }

    @Test
    void neverTakesWhatTheMaskLeavesOut() {
        float[] logits = {1, 5, 3, 4};
        Sampler sampler = new Sampler(4);
        TokenMask mask = TokenMask.of(4, 0, 2);
        assertThat(sampler.sample(SamplingOptions.greedy(1), logits, 0, mask, History.empty()))
                .isEqualTo(2);
        for (int seed = 0; seed < 200; seed++) {
            assertThat(sampler.sample(WARM.withSeed(seed), logits, 0, mask, History.empty()))
                    .isIn(0, 2);
        }
    }

    @Test
    void faultsOnNotANumber() {
        assertThatThrownBy(() -> sample(WARM, new float[] {1, Float.NaN, 3}))
                .isInstanceOf(LogitsFault.class)
                .hasMessageContaining("token 1");
        assertThatThrownBy(() -> sample(WARM, new float[] {1, Float.POSITIVE_INFINITY, 3}))
                .isInstanceOf(LogitsFault.class);
    }

    @Test
    void faultsWhenNothingMayCome() {
        assertThatThrownBy(() -> new Sampler(2).sample(WARM, new float[] {1, 2}, 0, TokenMask.of(2), History.empty()))
                .isInstanceOf(LogitsFault.class)
                .hasMessageContaining("constraint");
        assertThatThrownBy(() -> sample(WARM, new float[] {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY}))
                .isInstanceOf(LogitsFault.class)
                .hasMessageContaining("-infinity");
    }

    @Test
    void drawsAgainWhatItDrewAtAPosition() {
        float[] logits = randomLogits(new SplittableRandom(3), 500);
        int[] history = new int[64];
        Sampler sampler = new Sampler(500);
        List<Integer> first = new ArrayList<>();
        for (int length = 0; length < 64; length++) {
            first.add(sampler.sample(WARM, logits, 0, TokenMask.all(500), new History(history, length, 0)));
        }
        List<Integer> again = new ArrayList<>();
        for (int length = 63; length >= 0; length--) {
            Sampler fresh = new Sampler(500);
            again.addFirst(fresh.sample(WARM, logits, 0, TokenMask.all(500), new History(history, length, 0)));
        }
        assertThat(again).isEqualTo(first);
        assertThat(first.stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void leavesTheLogitsAsTheyWere() {
        float[] logits = {1, 2, 3};
        sample(WARM.withPenalties(2, 1, 1, 8), logits, 1, 1, 2);
        assertThat(logits).containsExactly(1, 2, 3);
    }

    @Test
    void readsLogitsFromAnOffset() {
        float[] logits = {9, 9, 1, 2, 1};
        assertThat(new Sampler(3).sample(SamplingOptions.greedy(1), logits, 2, TokenMask.all(3), History.empty()))
                .isEqualTo(1);
    }

    @Test
    void penalisesRepetition() {
        SamplingOptions options = SamplingOptions.greedy(1).withPenalties(2, 0, 0, 8);
        assertThat(sample(options, new float[] {3, 4}, 1)).isEqualTo(0);
        assertThat(sample(options, new float[] {-3, -2}, 1)).isEqualTo(0);
    }

    @Test
    void forgetsWhatLeftTheWindow() {
        SamplingOptions options = SamplingOptions.greedy(1).withPenalties(2, 0, 0, 2);
        assertThat(sample(options, new float[] {3, 4, -9}, 1, 2, 2)).isEqualTo(1);
    }

    @Test
    void countsFrequencyInTheAnswerOnly() {
        SamplingOptions options = SamplingOptions.greedy(1).withPenalties(1, 0.4, 0, 8);
        int[] history = {1, 1, 1};
        float[] logits = {3, 4};
        Sampler sampler = new Sampler(2);
        TokenMask all = TokenMask.all(2);
        assertThat(sampler.sample(options, logits, 0, all, new History(history, 3, 3)))
                .isEqualTo(1);
        assertThat(sampler.sample(options, logits, 0, all, new History(history, 3, 1)))
                .isEqualTo(1);
        assertThat(sampler.sample(options, logits, 0, all, new History(history, 3, 0)))
                .isEqualTo(0);
    }

    @Test
    void appliesPresenceOnce() {
        SamplingOptions options = SamplingOptions.greedy(1).withPenalties(1, 0, 0.9, 8);
        assertThat(sample(options, new float[] {3, 4}, 1, 1, 1, 1)).isEqualTo(1);
        assertThat(sample(options.withPenalties(1, 0, 1.1, 8), new float[] {3, 4}, 1))
                .isEqualTo(0);
    }

    @Test
    void followsTheDistribution() {
        float[] logits = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
        int[] counts = new int[3];
        Sampler sampler = new Sampler(3);
        for (int seed = 0; seed < 20_000; seed++) {
            counts[sampler.sample(WARM.withSeed(seed), logits, 0, TokenMask.all(3), History.empty())]++;
        }
        assertThat(counts[0]).isBetween(9_700, 10_300);
        assertThat(counts[1]).isBetween(5_700, 6_300);
        assertThat(counts[2]).isBetween(3_700, 4_300);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void drawsOnlyWhatAFullSortKeeps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(120);
            float[] logits = randomLogits(random, size);
            TokenMask.Builder builder = TokenMask.builder(size).add(random.nextInt(size));
            IntStream.range(0, size).filter(_ -> random.nextInt(4) > 0).forEach(builder::add);
            TokenMask mask = builder.build();
            SamplingOptions options = WARM.withTemperature(0.2 + random.nextDouble() * 1.8)
                    .withCuts(
                            random.nextBoolean() ? 0 : 1 + random.nextInt(size),
                            random.nextBoolean() ? 1 : 0.01 + 0.99 * random.nextDouble(),
                            random.nextBoolean() ? 0 : random.nextDouble() * 0.5);
            List<Integer> kept = kept(options, logits, mask);
            Sampler sampler = new Sampler(size);
            List<Integer> drawn = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                drawn.add(sampler.sample(options.withSeed(i), logits, 0, mask, History.empty()));
            }
            assertThat(kept).containsAll(drawn);
        }
    }

    /** The tokens that may be drawn, by sorting them all. */
    private static List<Integer> kept(SamplingOptions options, float[] logits, TokenMask mask) {
        List<Integer> order = new ArrayList<>();
        mask.forEach(order::add);
        order.sort(Comparator.<Integer>comparingDouble(token -> -logits[token]).thenComparingInt(token -> token));
        double top = logits[order.getFirst()];
        order.removeIf(token ->
                options.minP() > 0 && (logits[token] - top) / options.temperature() < StrictMath.log(options.minP()));
        List<Integer> cut =
                options.topK() > 0 && options.topK() < order.size() ? order.subList(0, options.topK()) : order;
        double total = cut.stream()
                .mapToDouble(token -> Math.exp((logits[token] - top) / options.temperature()))
                .sum();
        List<Integer> kept = new ArrayList<>();
        double mass = 0;
        for (int token : cut) {
            if (!kept.isEmpty() && mass > options.topP() * total * (1 + 1e-12)) {
                break;
            }
            kept.add(token);
            mass += Math.exp((logits[token] - top) / options.temperature());
        }
        return kept;
    }

    private static float[] randomLogits(SplittableRandom random, int size) {
        float[] logits = new float[size];
        for (int i = 0; i < size; i++) {
            logits[i] = random.nextInt(10) == 0 ? 1 : (float) (random.nextDouble() * 12 - 6);
        }
        return logits;
    }
}
