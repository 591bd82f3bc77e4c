package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRulesTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void admitsExactlyTheIntegersOfARange(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            int low = random.nextInt(-1200, 1200);
            int high = low + random.nextInt(1500);
            State start = start(NumberRules.integers(BigDecimal.valueOf(low), false, BigDecimal.valueOf(high), false));
            for (int value = low - 30; value <= high + 30; value++) {
                assertThat(accepts(start, Integer.toString(value)))
                        .as("%d in %d to %d", value, low, high)
                        .isEqualTo(value >= low && value <= high);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void admitsExactlyTheDecimalsOfARange(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            BigDecimal low = BigDecimal.valueOf(random.nextInt(-3000, 3000), random.nextInt(4));
            BigDecimal high = low.add(BigDecimal.valueOf(random.nextInt(4000), random.nextInt(4)));
            boolean lowOut = random.nextBoolean();
            boolean highOut = random.nextBoolean();
            State start = start(NumberRules.decimals(low, lowOut, high, highOut));
            for (int i = 0; i < 300; i++) {
                BigDecimal value = near(random, low, high);
                boolean inside =
                        value.compareTo(low) >= (lowOut ? 1 : 0) && value.compareTo(high) <= (highOut ? -1 : 0);
                boolean minusZero = value.signum() == 0 && value.toPlainString().startsWith("-");
                assertThat(accepts(start, value.toPlainString()))
                        .as("%s in %s to %s", value.toPlainString(), low, high)
                        .isEqualTo(inside && !minusZero);
            }
        }
    }

    private static BigDecimal near(SplittableRandom random, BigDecimal low, BigDecimal high) {
        BigDecimal base = random.nextBoolean() ? low : high;
        return base.add(BigDecimal.valueOf(random.nextInt(-300, 300), random.nextInt(6)));
    }

    private static State start(Rule rule) {
        return new RuleAutomaton(rule, 0, Long.MAX_VALUE).start();
    }

    private static boolean accepts(State start, String text) {
        State at = start;
        for (int i = 0; i < text.length() && at != null; i++) {
            at = at.step(text.charAt(i));
        }
        return at != null && at.accepting();
    }
}
