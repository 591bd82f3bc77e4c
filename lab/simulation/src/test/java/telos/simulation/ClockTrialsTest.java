package telos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.kernel.scheduling.Discipline;
import telos.kernel.scheduling.EarliestDeadline;
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
        holds(ClockTrials.run(5_000, 40, policy), policy);
    }

    private static void holds(ClockTrials trials, Policy policy) {
        assertThat(trials.broken()).isEmpty();
        if (ServiceGaps.promisedBy(policy)) {
            assertThat(trials.beyondBound()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void noInvariantOfTheBatchingSchedulerBreaksUnderAnyPolicy(Policy policy) {
        holds(ClockTrials.run(World.BATCH, 7_000, 8, policy), policy);
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
            return account -> -account.attained();
        }
    }

    @Test
    void aPolicyThatIsNotFairIsFoundOutWithTheCommandThatShowsIt() {
        ClockTrials trials = ClockTrials.run(3, 10, new Greedy());
        assertThat(ServiceGaps.promisedBy(new Greedy())).isTrue();
        assertThat(trials.beyondBound())
                .hasSize(trials.boundViolations())
                .isNotEmpty()
                .allMatch(beyond ->
                        beyond.matches(".*to see it again: ./telos simulate clock --seed \\d+ --policy greedy"));
    }

    @Test
    void measuresDecisionsForThoseWithReservationsWhereTheyComeFirst() {
        List<DecisionTime> times = DecisionTime.measure(List.of(new EarliestDeadline(), Policy.fair()), 1_000);
        double first = times.getFirst().reserved();
        double fair = times.getLast().reserved();
        assertThat(first).isGreaterThan(2 * fair);
    }
}
