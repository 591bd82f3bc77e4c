package telos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.kernel.scheduling.Discipline;
import telos.kernel.scheduling.FirstCome;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Policy;

class ClockTrialsTest {
    static List<Policy> policies() {
        return Policy.known();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void noInvariantBreaksUnderAnyPolicy(Policy policy) {
        assertThat(ClockTrials.run(5_000, 40, policy).broken()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void noInvariantOfTheBatchingSchedulerBreaksUnderAnyPolicy(Policy policy) {
        assertThat(ClockTrials.run(World.BATCH, 7_000, 8, policy).broken()).isEmpty();
    }

    @Test
    @Tag("slow")
    void fairKeepsTheBoundOfTheVirtualTokenCounterOverAThousandSeeds() {
        ClockTrials trials = ClockTrials.run(0, 1_000, Policy.fair());
        assertThat(trials.broken()).isEmpty();
        assertThat(trials.boundViolations()).isZero();
    }

    @Test
    void firstComeBreaksThatBoundOnTheSameSeedsAsFairKeepsIt() {
        assertThat(ClockTrials.run(0, 60, Policy.fair()).boundViolations()).isZero();
        assertThat(ClockTrials.run(0, 60, new FirstCome()).boundViolations()).isGreaterThan(6);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aSeedIsTheSameRunAgain(Policy policy) {
        for (World world : World.values()) {
            for (long seed = 0; seed < 2; seed++) {
                assertThat(world.run(seed, policy)).isEqualTo(world.run(seed, policy));
            }
        }
    }

    /** Whoever got most goes first. */
    private record Greedy() implements Policy {
        @Override
        public String name() {
            return "greedy";
        }

        @Override
        public Discipline children(Level parent) {
            return (a, b) -> Long.compare(b.attained(), a.attained());
        }
    }

    @Test
    void aPolicyThatIsNotFairIsFoundOutWithTheCommandThatShowsIt() {
        ClockTrials trials = ClockTrials.run(3, 10, new Greedy());
        assertThat(trials.broken())
                .isNotEmpty()
                .allMatch(broken ->
                        broken.matches("(?s).*to see it again: ./telos simulate clock --seed \\d+ --policy greedy"));
    }

    @Test
    void measuresDecisions() {
        DecisionTime time = DecisionTime.measure(Policy.fair(), 1_000);
        assertThat(time.entities()).isEqualTo(1_000);
        assertThat(time.microseconds()).isPositive().isLessThanOrEqualTo(time.worst());
    }
}
