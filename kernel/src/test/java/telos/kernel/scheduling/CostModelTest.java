package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostModelTest {
    private static final double[] PRICES = {2e5, 9e4, 4e4, 15, 10};

    private final CostModel model = new CostModel(PRICES.length);

    private static double[] work(Random random) {
        int decodes = random.nextInt(8);
        int prefill = random.nextInt(3) == 0 ? random.nextInt(200) : 0;
        return new double[] {1, decodes, prefill, decodes * random.nextInt(500), prefill * random.nextInt(2000)};
    }

    private static double cost(double[] work, double factor) {
        double cost = 0;
        for (int i = 0; i < work.length; i++) {
            cost += factor * PRICES[i] * work[i];
        }
        return cost;
    }

    private void teach(Random random, int completions, double factor, double noise) {
        for (int i = 0; i < completions; i++) {
            double[] work = work(random);
            model.learn(work, cost(work, factor) * (1 + noise * (random.nextDouble() - 0.5)));
        }
    }

    private void assertKnows(Random random, double factor, double percent) {
        for (int i = 0; i < 100; i++) {
            double[] work = work(random);
            assertThat(model.estimate(work)).isCloseTo(cost(work, factor), withPercentage(percent));
        }
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(model.estimate(new double[] {1, 2, 3, 4, 5})).isZero();
        assertThat(model.knows(0)).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsThePricesThoughTheClockIsNoisy(long seed) {
        Random random = new Random(seed);
        teach(random, 300, 1, 0.2);
        assertKnows(random, 1, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void outliersMoveItLittle(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            double[] work = work(random);
            double late = random.nextInt(10) == 0 ? 5 + random.nextInt(100) : 1;
            model.learn(work, late * cost(work, 1));
        }
        assertKnows(random, 1, 15);
    }

    @Test
    void followsAMachineThatBecameSlower() {
        Random random = new Random(7);
        teach(random, 300, 1, 0.1);
        teach(random, 500, 3, 0.1);
        assertKnows(random, 3, 12);
    }

    @Test
    void keepsThePriceOfATermThatHasNotOccurredForLong() {
        Random random = new Random(3);
        teach(random, 300, 1, 0);
        double learned = model.prices()[2];
        for (int i = 0; i < 20_000; i++) {
            double[] work = {1, 1 + random.nextInt(4), 0, random.nextInt(2000), 0};
            model.learn(work, cost(work, 1) * (1 + 0.2 * (random.nextDouble() - 0.5)));
        }
        assertThat(model.prices()[2]).isCloseTo(learned, withPercentage(5));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void moreWorkNeverSeemsCheaper(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            model.learn(work(random), Math.exp(40 * random.nextDouble()));
            assertThat(DoubleStream.of(model.prices())).allMatch(price -> price >= 0 && Double.isFinite(price));
        }
    }

    @Test
    void passesOverWhatIsNoCostOrNoWork() {
        for (double cost : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            model.learn(new double[] {1, 1, 1, 1, 1}, cost);
        }
        model.learn(new double[] {1, -1, Double.NaN, 1, 1}, 5);
        assertThat(model.completions()).isZero();
        assertThat(DoubleStream.of(model.prices()).sum()).isCloseTo(0, within(0.0));
    }
}
