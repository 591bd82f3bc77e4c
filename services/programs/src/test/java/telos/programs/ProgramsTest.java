package telos.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static telos.programs.RealPrograms.SPIN;
import static telos.programs.RealPrograms.seconds;
import static telos.programs.RealPrograms.stopped;
import static telos.programs.RealPrograms.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import telos.devices.linux.Child;
import telos.devices.linux.CpuGroups;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Family;
import telos.devices.linux.Guardian;
import telos.devices.linux.LinuxProcesses;
import telos.devices.linux.Processes;
import telos.devices.linux.Signal;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.FixedPriority;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Reservation;
import telos.kernel.scheduling.Shares;

/** Real processes, real signals, real time. */
class ProgramsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final CpuGroups.Found NO_GROUPS = new CpuGroups.Unusable("this test has none");

    private final RealPrograms real = new RealPrograms();
    private final Guardian guardian = new Guardian();
    private Programs programs = programs(new LinuxProcesses(guardian), NO_GROUPS);

    private Programs programs(Processes processes, CpuGroups.Found groups) {
        return new Programs(
                processes, groups, guardian, Policy::fair, Rhythm.stopping(Programs.SLICE), System::nanoTime);
    }

    @AfterEach
    void end() {
        programs.close();
        real.close();
    }

    private Programs.Admission admission(Child child, long weight, Lever lever) {
        return programs.admit(new Request(child.process(), "a program", Shares.weighing(weight), real.cpu, lever));
    }

    private Programs.Lease admit(Child child, long weight, Lever lever) {
        if (admission(child, weight, lever) instanceof Programs.Admitted(Programs.Lease lease)) {
            return lease;
        }
        throw new AssertionError(admission(child, weight, lever));
    }

    private ProgramStatus status(Programs.Lease lease) {
        return programs.list().stream()
                .filter(each -> each.id() == lease.id())
                .findFirst()
                .orElseThrow();
    }

    private void sharesByWeight(Lever lever) {
        Child heavy = real.start(SPIN);
        Child light = real.start(SPIN);
        Programs.Lease heavyLease = admit(heavy, 300, lever);
        Programs.Lease lightLease = admit(light, 100, lever);
        double heavyBefore = seconds(heavy);
        double lightBefore = seconds(light);
        until("two seconds are used", () -> seconds(heavy) + seconds(light) - heavyBefore - lightBefore > 2);
        double heavyUsed = seconds(heavy) - heavyBefore;
        double lightUsed = seconds(light) - lightBefore;
        assertThat(heavyUsed / (heavyUsed + lightUsed)).isCloseTo(0.75, within(0.06));
        assertThat(status(heavyLease).seen().asked()).isCloseTo(0.75, within(0.001));
        assertThat(status(heavyLease).lever()).isEqualTo(lever);
        assertThat(status(lightLease).cpuNanos() / 1e9).isCloseTo(seconds(light), within(0.3));
    }

    @Test
    void sharesACpuByStopAndContinue() {
        sharesByWeight(Lever.STOP);
    }

    @Test
    void sharesACpuByControlGroups() {
        CpuGroups.Found found = CpuGroups.find();
        Assumptions.assumeTrue(found instanceof CpuGroups.Usable, "no control group is writable: " + found);
        programs.close();
        programs = programs(new LinuxProcesses(guardian), found);
        sharesByWeight(Lever.CGROUP);
    }

    @Test
    void takesAnotherWeightWhileItRuns() {
        Child one = real.start(SPIN);
        Child other = real.start(SPIN);
        Programs.Lease lease = admit(one, 100, Lever.STOP);
        Programs.Lease _ = admit(other, 100, Lever.STOP);
        assertThat(programs.share(lease.id(), _ -> Shares.weighing(900).withPriority(5)))
                .contains(new Change.Changed());
        assertThat(status(lease).shares()).isEqualTo(Shares.weighing(900).withPriority(5));
        double before = seconds(one);
        double beforeOther = seconds(other);
        until("a second is used", () -> seconds(one) + seconds(other) - before - beforeOther > 1);
        assertThat(seconds(one) - before).isGreaterThan(3 * (seconds(other) - beforeOther));
        assertThat(programs.share(99, _ -> Shares.USUAL)).isEmpty();
        Reservation all = new Reservation(1_000_000_000, 1_000_000_000);
        assertThat(programs.share(lease.id(), shares -> shares.withDeadline(all))
                        .orElseThrow())
                .as("more than there is")
                .isInstanceOf(Change.Refused.class);
        assertThat(status(lease).shares()).isEqualTo(Shares.weighing(900).withPriority(5));
    }

    @Test
    void letsAProgramGoOnWhenItsLeaseEnds() {
        Child one = real.start(SPIN);
        Child other = real.start(SPIN);
        Programs.Lease lease = admit(one, 1, Lever.STOP);
        Programs.Lease _ = admit(other, 10_000, Lever.STOP);
        until("it waits", () -> stopped(one));
        lease.close();
        until("it goes on", () -> !stopped(one));
        assertThat(programs.list()).hasSize(1);
        lease.close();
    }

    @Test
    void leavesAHundredProgramsRunningWhenItIsClosed() {
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Child child = real.start(SPIN);
            children.add(child);
            Programs.Lease _ = admit(child, 100, Lever.STOP);
        }
        until(
                "most are stopped",
                () -> children.stream().filter(RealPrograms::stopped).count() > 90);
        until(
                "everybody had a turn",
                () -> programs.list().stream().allMatch(each -> each.seen().dispatches() > 0));
        programs.close();
        until("nobody is stopped", () -> children.stream().noneMatch(RealPrograms::stopped));
    }

    @Test
    void tellsWhoHoldsTheLeaseThatTheProgramStoppedItselfOrEnded() throws Exception {
        Child child = real.start("kill -STOP $$; exit 3");
        Programs.Lease lease = admit(child, 100, Lever.STOP);
        assertThat(lease.await(Standing.RUNNING, SOON)).isEqualTo(Standing.STOPPED);
        child.signal(Signal.CONT);
        assertThat(lease.await(Standing.STOPPED, SOON)).isNotEqualTo(Standing.STOPPED);
        assertThat(lease.await(Standing.RUNNING, SOON)).isEqualTo(Standing.ENDED);
        assertThat(child.await(false)).isEqualTo(new Child.Exited(3));
    }

    @Test
    void killsAProgramThatIsWaitingForItsTurnAndIgnoresOtherSignals() throws Exception {
        Child stubborn = real.start("trap '' TERM INT HUP; " + SPIN);
        Child spinner = real.start(SPIN);
        Programs.Lease lease = admit(stubborn, 1, Lever.STOP);
        Programs.Lease _ = admit(spinner, 10_000, Lever.STOP);
        assertThat(programs.signal(lease.id(), Signal.TERM)).isTrue();
        assertThat(programs.signal(lease.id(), Signal.KILL)).isTrue();
        assertThat(lease.await(Standing.RUNNING, SOON)).isEqualTo(Standing.ENDED);
        assertThat(stubborn.await(false)).isEqualTo(new Child.Killed(9));
        assertThat(programs.signal(99, Signal.TERM)).isFalse();
    }

    @Test
    void refusesWithAReasonAndTouchesNothing() {
        Child child = real.start(SPIN);
        assertThat(admission(child, 100, Lever.CGROUP))
                .isEqualTo(new Programs.Refused(
                        "no control group can be used here, because this test has none; --by stop needs none"));
        Programs.Lease lease = admit(child, 100, Lever.AUTO);
        assertThat(lease.lever()).isEqualTo(Lever.STOP);
        assertThat(programs.ungrouped()).contains("this test has none");
        assertThat(admission(child, 100, Lever.STOP))
                .isEqualTo(new Programs.Refused("program " + child.process() + " is taken up already"));
        programs.close();
        assertThat(admission(child, 100, Lever.STOP)).isEqualTo(new Programs.Refused("the daemon is stopping"));
    }

    @Test
    void stopsNobodyAfterAFaultOfOurs() throws Exception {
        Imagined broken = new Imagined() {
            private int surveys;

            @Override
            public Survey survey() {
                if (surveys++ > 3) {
                    throw new IllegalStateException("on purpose");
                }
                return super.survey();
            }
        };
        programs.close();
        programs = programs(only(broken), NO_GROUPS);
        Programs.Admission admission = programs.admit(new Request(7, "broken", Shares.USUAL, CpuSet.of(0), Lever.STOP));
        assertThat(admission).isInstanceOf(Programs.Admitted.class);
        Programs.Lease lease = ((Programs.Admitted) admission).lease();
        assertThat(lease.await(Standing.RUNNING, SOON)).isEqualTo(Standing.RELEASED);
        assertThat(broken.held).isFalse();
        assertThat(programs.list()).isEmpty();
    }

    @Test
    void answersThoughATurnTakesLongerThanItMayWaitForTheNext() throws Exception {
        AtomicLong clock = new AtomicLong();
        AtomicBoolean slow = new AtomicBoolean(true);
        Imagined family = new Imagined() {
            @Override
            public Survey survey() {
                clock.addAndGet(slow.get() ? 30_000_000 : 0);
                return super.survey();
            }
        };
        programs.close();
        programs = new Programs(
                only(family), NO_GROUPS, guardian, Policy::fair, Rhythm.stopping(Programs.SLICE), clock::get);
        Programs.Admission _ = programs.admit(new Request(7, "slow", Shares.USUAL, CpuSet.of(0), Lever.STOP));
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(CompletableFuture.supplyAsync(programs::list).get(10, TimeUnit.SECONDS))
                        .hasSize(1);
            }
        } finally {
            slow.set(false);
        }
    }

    @Test
    void tellsWhoHoldsALeaseThatTheProgramWasLetGoAndHasNotEnded() throws Exception {
        Child child = real.start(SPIN);
        Programs.Lease lease = admit(child, 100, Lever.STOP);
        programs.close();
        assertThat(lease.await(Standing.RUNNING, SOON)).isEqualTo(Standing.RELEASED);
        assertThat(stopped(child)).isFalse();
    }

    @Test
    void endsAProgramByTermThatWaitsForItsTurn() throws Exception {
        Child told = real.start("trap 'exit 5' TERM; " + SPIN);
        Programs.Lease lease = admit(told, 1, Lever.STOP);
        Programs.Lease _ = admit(real.start(SPIN), 10_000, Lever.STOP);
        until("it has its handler", () -> seconds(told) > 0.02);
        until("it waits", () -> stopped(told));
        long dispatches = status(lease).seen().dispatches();
        assertThat(programs.signal(lease.id(), Signal.TERM)).isTrue();
        assertThat(told.await(false)).isEqualTo(new Child.Exited(5));
        assertThat(dispatches).isPositive();
    }

    @Test
    void usesNoControlGroupWhereMoreThanWeightsCount() {
        CpuGroups.Found found = CpuGroups.find();
        Assumptions.assumeTrue(found instanceof CpuGroups.Usable, "no control group is writable: " + found);
        programs.close();
        programs = programs(new LinuxProcesses(guardian), found);
        Child child = real.start(SPIN);
        Shares urgent = Shares.USUAL.withPriority(5);
        assertThat(programs.admit(new Request(child.process(), "x", urgent, real.cpu, Lever.CGROUP)))
                .isEqualTo(new Programs.Refused(
                        "a control group divides by weight alone; a priority or a deadline needs --by stop"));
        assertThat(programs.admit(new Request(child.process(), "x", urgent, real.cpu, Lever.AUTO)))
                .isInstanceOfSatisfying(
                        Programs.Admitted.class,
                        admitted -> assertThat(admitted.lease().lever()).isEqualTo(Lever.STOP));
        Programs.Lease plain = admit(real.start(SPIN), 100, Lever.AUTO);
        assertThat(plain.lever()).isEqualTo(Lever.CGROUP);
        assertThat(plain.note()).isEmpty();
        assertThat(programs.share(plain.id(), _ -> urgent).orElseThrow()).isInstanceOf(Change.Refused.class);
        programs.policy(FixedPriority.usual());
        assertThat(plain.note()).contains("by weight alone", "priority");
        assertThat(admit(real.start(SPIN), 100, Lever.AUTO).lever()).isEqualTo(Lever.STOP);
    }

    /** A program that always wants to run, and is none. */
    private static class Imagined implements Family {
        volatile boolean held;

        @Override
        public int leader() {
            return 7;
        }

        @Override
        public Survey survey() {
            return new Survey(true, 1, 1, false, 0);
        }

        @Override
        public boolean stirred() {
            return true;
        }

        @Override
        public boolean stop() {
            held = true;
            return true;
        }

        @Override
        public void resume() {
            held = false;
        }

        @Override
        public boolean summoned() {
            return false;
        }

        @Override
        public boolean signal(Signal signal) {
            return true;
        }

        @Override
        public List<Integer> members() {
            return List.of(7);
        }

        @Override
        public void close() {
            held = false;
        }
    }

    private static Processes only(Family family) {
        return new Processes() {
            @Override
            public Adoption adopt(int leader) {
                return new Adopted(family);
            }

            @Override
            public void search() {
                // there is one
            }
        };
    }
}
