package telos.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static telos.programs.Machine.MILLI;
import static telos.programs.Machine.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.devices.linux.Signal;
import telos.devices.linux.SimulatedProcesses;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.FixedPriority;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Reservation;
import telos.kernel.scheduling.Shares;

class DivisionTest {
    private final Machine machine = new Machine(Policy.fair());

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 9, 100})
    void dividesOneCpuByWeight(long weight) {
        int heavy = machine.spin(weight, 0);
        int light = machine.spin(1, 0);
        machine.run(20 * SECOND);
        double all = machine.used(heavy) + machine.used(light);
        assertThat(all).isCloseTo(20, within(0.1));
        assertThat(machine.used(heavy) / all).isCloseTo(weight / (weight + 1.0), within(0.01));
    }

    @Test
    void doesNotWaitForAProgramThatSleeps() {
        int sleeper = machine.start(Shares.weighing(900), 1, 5 * MILLI, 45 * MILLI, 0);
        int spinner = machine.spin(100, 0);
        machine.run(20 * SECOND);
        assertThat(machine.used(sleeper) + machine.used(spinner)).isCloseTo(20, within(0.2));
        assertThat(machine.used(sleeper)).isBetween(1.3, 2.1);
    }

    @Test
    void givesASleeperNothingForTheTimeItSlept() {
        int late = machine.start(Shares.weighing(100), 1, 10 * SECOND, 10 * SECOND, 0);
        int spinner = machine.spin(100, 0);
        machine.run(31 * SECOND);
        machine.mark();
        machine.run(5 * SECOND);
        assertThat(machine.used(late)).isCloseTo(2.5, within(0.1));
        assertThat(machine.used(spinner)).isCloseTo(2.5, within(0.1));
    }

    @Test
    void leavesProgramsOnOtherCpusAlone() {
        int one = machine.spin(100, 0);
        int other = machine.spin(1, 1);
        machine.run(5 * SECOND);
        assertThat(machine.used(one)).isCloseTo(5, within(0.05));
        assertThat(machine.used(other)).isCloseTo(5, within(0.05));
        assertThat(machine.division.arenas()).hasSize(2);
    }

    @Test
    void fillsEveryCpuAndCutsWeightsToWhatCanBeHad() {
        int heavy = machine.spin(900, 0, 1);
        int one = machine.spin(100, 0, 1);
        int other = machine.spin(100, 0, 1);
        machine.run(20 * SECOND);
        assertThat(machine.used(heavy)).isCloseTo(20, within(0.6));
        assertThat(machine.used(one)).isCloseTo(10, within(0.4));
        assertThat(machine.used(other)).isCloseTo(10, within(0.4));
        int late = machine.spin(100, 0, 1);
        machine.mark();
        machine.run(3 * SECOND);
        assertThat(machine.used(late)).as("no credit for what nobody could use").isCloseTo(1, within(0.2));
        assertThat(machine.used(one)).isCloseTo(1, within(0.2));
    }

    @Test
    void chargesEveryThread() {
        int two = machine.start(Shares.weighing(100), 2, SimulatedProcesses.ALWAYS, 0, 0, 1);
        int one = machine.spin(100, 0, 1);
        int other = machine.spin(100, 0, 1);
        machine.run(10 * SECOND);
        double all = machine.used(two) + machine.used(one) + machine.used(other);
        assertThat(all).isCloseTo(20, within(0.3));
        assertThat(machine.used(two) / all).isCloseTo(1 / 3.0, within(0.03));
        assertThat(machine.used(one)).isCloseTo(machine.used(other), within(0.3));
    }

    @Test
    void sharesByWeightWhereCpusOverlapInPart() {
        int heavy = machine.spin(300, 0);
        int light = machine.spin(100, 0);
        int anywhere = machine.spin(100, 0, 1);
        machine.run(20 * SECOND);
        assertThat(machine.used(heavy)).isCloseTo(15, within(0.4));
        assertThat(machine.used(light)).isCloseTo(5, within(0.4));
        assertThat(machine.used(anywhere)).isCloseTo(20, within(0.4));
    }

    @Test
    void givesMoreOnceMoreThreadsWantIt() {
        int growing = machine.spin(300, 0, 1);
        int one = machine.spin(100, 0, 1);
        int other = machine.spin(100, 0, 1);
        machine.run(5 * SECOND);
        assertThat(machine.used(growing)).isCloseTo(5, within(0.2));
        machine.processes.threads(growing, 2);
        machine.mark();
        machine.run(10 * SECOND);
        assertThat(machine.used(growing)).isCloseTo(12, within(1.0));
        assertThat(machine.used(one)).isCloseTo(machine.used(other), within(0.5));
    }

    @Test
    void carriesAccountsOverWhenCpusAreJoinedAndParted() {
        int left = machine.spin(100, 0);
        int right = machine.spin(100, 1);
        machine.run(2 * SECOND);
        int both = machine.spin(100, 0, 1);
        assertThat(machine.account(left).attained()).isCloseTo(2 * SECOND, within(30 * MILLI));
        assertThat(machine.account(right).id().value()).isEqualTo(right);
        machine.run(SECOND);
        long before = machine.account(left).attained();
        long preempted = machine.account(left).preemptions();
        assertThat(preempted).isPositive();
        machine.leave(both);
        assertThat(machine.account(left).attained()).isBetween(before, before + 30 * MILLI);
        assertThat(machine.account(left).preemptions()).isEqualTo(preempted);
    }

    @Test
    void keepsWhatWasPromisedWhenCpusAreJoined() {
        Shares most = Shares.USUAL.withDeadline(new Reservation(9 * MILLI, 10 * MILLI));
        int left = machine.spin(100, 0);
        int right = machine.spin(100, 1);
        assertThat(machine.weigh(left, most)).isEqualTo(new Change.Changed());
        assertThat(machine.weigh(right, most)).isEqualTo(new Change.Changed());
        int both = machine.spin(100, 0, 1);
        assertThat(machine.program(left).shares).isEqualTo(most);
        assertThat(machine.program(right).shares).isEqualTo(most);
        int late = machine.spin(100, 0);
        assertThat(machine.weigh(late, most))
                .isInstanceOfSatisfying(
                        Change.Refused.class,
                        refused ->
                                assertThat(refused.refusal().text()).contains("900 ms", "50 of 950 on CPU 0 are left"));
        machine.leave(both);
        machine.run(SECOND);
        assertThat(machine.program(right).shares).isEqualTo(most);
    }

    @Test
    void givesAProgramItsTurnAtOnceThatIsAskedToEnd() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(machine.spin(100, 0));
        }
        machine.run(500 * MILLI);
        int told = all.getLast();
        assertThat(machine.processes.stopped(told)).isTrue();
        assertThat(machine.program(told).family.signal(Signal.TERM)).isTrue();
        machine.division.urge(machine.program(told));
        machine.run(3 * MILLI);
        assertThat(machine.program(told).standing).isEqualTo(Standing.ENDED);
        int unnoticed = all.get(all.size() - 2);
        assertThat(machine.processes.stopped(unnoticed)).isTrue();
        assertThat(machine.program(unnoticed).family.signal(Signal.TERM))
                .as("by somebody else")
                .isTrue();
        machine.run(100 * MILLI);
        assertThat(machine.program(unnoticed).standing).isEqualTo(Standing.ENDED);
    }

    @Test
    void logsTheSlicesOfEverybody() {
        int one = machine.spin(300, 0);
        int other = machine.spin(100, 0);
        machine.run(SECOND);
        Arena arena = machine.division.arena(machine.program(one));
        List<Slice> slices = machine.division.slices(arena, SECOND);
        assertThat(slices.stream().mapToLong(Slice::nanos).sum()).isCloseTo(SECOND, within(30 * MILLI));
        assertThat(slices.stream()
                        .filter(slice -> slice.program() == other)
                        .mapToLong(Slice::cpuNanos)
                        .sum())
                .isCloseTo(SECOND / 4, within(30 * MILLI));
        for (int i = 1; i < slices.size(); i++) {
            Slice before = slices.get(i - 1);
            assertThat(slices.get(i).begun()).isGreaterThanOrEqualTo(before.begun() + before.nanos());
        }
    }

    @Test
    void joinsAndPartsThoseWhoseCpusOverlap() {
        int left = machine.spin(100, 0);
        int right = machine.spin(100, 1);
        int both = machine.spin(100, 0, 1);
        machine.run(6 * SECOND);
        assertThat(machine.division.arenas()).hasSize(1);
        assertThat(machine.used(left) + machine.used(right) + machine.used(both))
                .isCloseTo(12, within(0.2));
        assertThat(machine.used(both)).isGreaterThan(1.5);
        machine.leave(both);
        assertThat(machine.division.arenas()).hasSize(2);
        machine.mark();
        machine.run(SECOND);
        assertThat(machine.used(left)).isCloseTo(1, within(0.02));
        assertThat(machine.used(right)).isCloseTo(1, within(0.02));
        machine.leave(left);
        machine.leave(right);
        assertThat(machine.division.arenas()).isEmpty();
    }

    @Test
    void neverContinuesAProgramThatStoppedItself() {
        int stopping = machine.spin(100, 0);
        int spinner = machine.spin(100, 0);
        machine.run(SECOND);
        machine.processes.stopsItself(stopping, true);
        machine.run(SECOND);
        machine.mark();
        machine.run(SECOND);
        assertThat(machine.used(stopping)).isZero();
        assertThat(machine.used(spinner)).isCloseTo(1, within(0.01));
        machine.processes.stopsItself(stopping, false);
        machine.mark();
        machine.run(2 * SECOND);
        assertThat(machine.used(stopping)).isCloseTo(1, within(0.1));
    }

    @Test
    void stopsNobodyForLongerThanItSays() {
        List<Integer> all = new ArrayList<>();
        all.add(machine.spin(10_000, 0));
        for (int i = 0; i < 9; i++) {
            all.add(machine.spin(1, 0));
        }
        machine.run(60 * SECOND);
        for (int number : all) {
            Program program = machine.program(number);
            assertThat(program.longestStop)
                    .isPositive()
                    .isLessThanOrEqualTo(machine.division.arena(program).stopBound());
        }
        assertThat(machine.used(all.getFirst()) / 60).isGreaterThan(0.9);
    }

    @Test
    void runsOneAtATimeOnOneCpuEvenWhereAnotherIsOverdueInTheMiddleOfASlice() {
        int heavy = machine.spin(10_000, 0);
        machine.run(3 * MILLI);
        int light = machine.spin(1, 0);
        machine.run(20 * SECOND);
        assertThat(machine.used(light)).isBetween(0.05, 0.2);
        assertThat(machine.used(heavy)).isGreaterThan(19.7);
        assertThat(machine.processes.stopped(heavy)).isNotEqualTo(machine.processes.stopped(light));
    }

    @Test
    void letsTheHigherPriorityGoFirstUnderThatPolicyAndStarvesNobody() {
        machine.division.policy(FixedPriority.usual(), 0);
        int high = machine.start(Shares.USUAL.withPriority(50), 1, SimulatedProcesses.ALWAYS, 0, 0);
        int low = machine.spin(100, 0);
        machine.run(20 * SECOND);
        assertThat(machine.used(high) / 20).isGreaterThan(0.85);
        assertThat(machine.used(low) / 20).isGreaterThan(0.04);
    }

    @Test
    void continuesAProgramThatIsLetGoWhileItWaits() {
        int one = machine.spin(1, 0);
        int other = machine.spin(10_000, 0);
        machine.run(SECOND);
        assertThat(machine.processes.stopped(one)).isTrue();
        assertThat(machine.processes.stopped(other)).isFalse();
        machine.leave(one);
        assertThat(machine.processes.stopped(one)).isFalse();
    }

    /** Programs come, go and sleep at random beside two that never do. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsEveryCpuBusyWhateverComes(long seed) {
        Random random = new Random(seed);
        machine.spin(100, 0);
        machine.spin(100, 1);
        double lost = 0;
        for (int round = 0; round < 60; round++) {
            if (machine.programs.size() < 20 && random.nextInt(3) > 0) {
                int[] cpus = random.nextInt(3) == 0 ? new int[] {0, 1} : new int[] {random.nextInt(2)};
                machine.start(
                        Shares.weighing(1 + random.nextInt(1000)),
                        1 + random.nextInt(2),
                        (1 + random.nextInt(50)) * MILLI,
                        random.nextInt(50) * MILLI,
                        cpus);
            } else if (machine.programs.size() > 4) {
                List<Integer> later = new ArrayList<>(machine.programs.keySet()).subList(2, machine.programs.size());
                int number = later.get(random.nextInt(later.size()));
                if (random.nextBoolean()) {
                    machine.processes.end(number);
                    machine.run(50 * MILLI);
                }
                machine.leave(number);
                machine.processes.end(number);
            }
            machine.mark();
            machine.run(200 * MILLI);
            lost += 0.4
                    - machine.programs.keySet().stream()
                            .mapToDouble(machine::used)
                            .sum();
        }
        assertThat(lost / (60 * 0.4)).as("part of the CPUs' time that was lost").isLessThan(0.05);
    }
}
