package telos.devices.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static telos.devices.linux.Programs.SPIN;
import static telos.devices.linux.Programs.state;
import static telos.devices.linux.Programs.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinuxFamilyTest {
    private final Programs programs = new Programs();
    private final Guardian guardian = new Guardian();
    private final LinuxProcesses processes = new LinuxProcesses(guardian);

    @AfterEach
    void end() {
        programs.close();
        guardian.close();
    }

    private Family adopt(Child child) {
        if (processes.adopt(child.process()) instanceof Processes.Adopted(Family family)) {
            return family;
        }
        throw new AssertionError("not adopted");
    }

    private Family with(Child child, int members) {
        Family family = adopt(child);
        until(members + " members", () -> {
            processes.search();
            return family.survey().members() == members;
        });
        return family;
    }

    private static boolean all(Family family, boolean stopped) {
        return family.members().stream().allMatch(process -> (state(process) == 'T') == stopped);
    }

    @Test
    void stopsAndContinuesAProgramWithAllItHasForked() {
        Family family = with(programs.shell("(" + SPIN + ") & (" + SPIN + ") & wait"), 3);
        assertThat(family.stop()).isTrue();
        until("all stop", () -> all(family, true));
        assertThat(family.survey().stopped()).as("by somebody else").isFalse();
        family.resume();
        until("all go on", () -> all(family, false));
        until("two want a CPU", () -> family.survey().awake() == 2);
    }

    @Test
    void followsWhatLeavesTheGroup() {
        Family family = with(programs.shell("setsid sh -c '" + SPIN + "; true' & wait"), 2);
        assertThat(family.stop()).isTrue();
        until("all stop", () -> all(family, true));
        family.close();
        until("all go on", () -> all(family, false));
        family.members().forEach(process -> new Libc().kill(process, Signal.KILL));
    }

    @Test
    void findsAChildWhenTheParentSeemsToSleep() {
        Child child = programs.shell("sleep 1; " + SPIN + " & wait");
        Family family = adopt(child);
        until(
                "it spins in a child",
                () -> family.survey().awake() == 1 && family.members().size() == 2);
    }

    @Test
    void isNotAwakeWhileItSleeps() {
        Family family = with(programs.shell("sleep 1000; true"), 2);
        until("it sleeps", () -> family.survey().awake() == 0);
        boolean _ = family.stirred();
        assertThat(family.stirred()).isFalse();
        assertThat(family.survey().alive()).isTrue();
    }

    @Test
    void leavesAProgramStoppedThatStoppedItself() {
        Child child = programs.shell("kill -STOP $$; " + SPIN);
        Family family = adopt(child);
        until("it has stopped itself", () -> family.survey().stopped());
        assertThat(family.stop()).isTrue();
        family.resume();
        assertThat(family.survey().stopped()).isTrue();
        family.close();
        assertThat(state(child.process())).isEqualTo('T');
    }

    @Test
    void obeysAStopThatCameWhileItWasStopped() {
        Child child = programs.shell(SPIN);
        Family family = adopt(child);
        assertThat(family.stop()).isTrue();
        until("it stops", () -> state(child.process()) == 'T');
        child.signal(Signal.STOP);
        family.resume();
        assertThat(family.survey().stopped()).isTrue();
        child.signal(Signal.CONT);
        until("somebody continued it", () -> family.survey().awake() == 1);
    }

    @Test
    void continuesAForkThatItHadNotFoundWhereSomebodyElseWantsTheLeaderStopped() {
        Child child = programs.shell("kill -STOP $$; (" + SPIN + ") & wait");
        Family family = adopt(child);
        until("it has stopped itself", () -> state(child.process()) == 'T');
        child.signal(Signal.CONT);
        until("it has forked", () -> group(child.process()).size() == 2);
        assertThat(family.members()).hasSize(1);
        assertThat(family.stop()).isTrue();
        until("both stop", () -> group(child.process()).stream().allMatch(each -> state(each) == 'T'));
        int _ = new Libc().kill(child.process(), Signal.STOP);
        family.resume();
        int fork = group(child.process()).stream()
                .filter(each -> each != child.process())
                .findFirst()
                .orElseThrow();
        until("the fork goes on", () -> state(fork) == 'R');
        assertThat(state(child.process())).isEqualTo('T');
    }

    private static List<Integer> group(int leader) {
        return ProcessFiles.processes().stream()
                .filter(process -> ProcessFiles.glance(process)
                        .filter(line -> line.group() == leader)
                        .isPresent())
                .toList();
    }

    @Test
    void noticesASignalThatAsksAStoppedProgramToEnd() {
        Child child = programs.shell("trap '' HUP; trap 'exit 3' TERM; " + SPIN);
        Family family = adopt(child);
        until("it has its handlers", () -> family.survey().cpuNanos() > 20_000_000);
        assertThat(family.stop()).isTrue();
        until("it stops", () -> state(child.process()) == 'T');
        child.signal(Signal.HUP);
        child.signal(Signal.USR1);
        assertThat(family.summoned()).as("what it ignores").isFalse();
        child.signal(Signal.TERM);
        assertThat(family.summoned()).isTrue();
        family.resume();
    }

    @Test
    void isAwakeWhereOneThreadOfVeryManySpins() {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xss256k",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Crowd.class.getName()));
        Child child = programs.start(Optional.empty(), words.toArray(String[]::new));
        until(
                "all its threads are there",
                () -> ProcessFiles.glance(child.process())
                                .map(ProcessLine::threads)
                                .orElse(0)
                        > Crowd.SLEEPERS + 1);
        Family family = adopt(child);
        for (int i = 0; i < 5; i++) {
            long before = family.survey().cpuNanos();
            until("its last thread spins", () -> {
                Family.Survey seen = family.survey();
                return seen.cpuNanos() > before + 20_000_000 && seen.awake() > 0;
            });
        }
    }

    @Test
    void handsOnAKeyPressThatCameWhileItWasStopped() {
        Child child = programs.shell("trap 'exit 7' TSTP; " + SPIN);
        Family family = adopt(child);
        until("it has its handler", () -> family.survey().cpuNanos() > 20_000_000);
        assertThat(family.stop()).isTrue();
        until("it stops", () -> state(child.process()) == 'T');
        child.signal(Signal.TSTP);
        family.resume();
        assertThat(child.await(false)).isEqualTo(new Child.Exited(7));
    }

    @Test
    void chargesWhatEndedChildrenUsedOnce() {
        String burn = "n=0; while [ $n -lt 150000 ]; do n=$((n+1)); done";
        Child child =
                programs.shell("for i in 1 2 3 4; do sh -c '" + burn + "; true'; done; " + burn + "; kill -STOP $$");
        Family family = adopt(child);
        until("it is done", () -> family.survey().stopped());
        double seconds = ticks(child.process()) / 100.0;
        assertThat(seconds).isPositive();
        assertThat(family.survey().cpuNanos() / 1e9).isCloseTo(seconds, within(0.05));
    }

    /** CPU time of it and of those that it has waited for, from procfs, in ticks. */
    private static long ticks(int process) {
        return ticks(process, 11) + ticks(process, 12) + ticks(process, 13) + ticks(process, 14);
    }

    private static long ticks(int process, int field) {
        try {
            String text = Files.readString(Path.of("/proc/" + process + "/stat"));
            return Long.parseLong(text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[field]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhenTheLastMemberHasEnded() {
        Child child = programs.shell("true");
        Family family = adopt(child);
        assertThat(child.await(false)).isEqualTo(new Child.Exited(0));
        assertThat(family.survey().alive()).isFalse();
        child.reap();
        assertThat(family.survey().alive()).isFalse();
        assertThat(family.signal(Signal.TERM)).isFalse();
    }

    @Test
    void refusesWhatIsNoProgramOfItsOwn() {
        Child child = programs.shell("sleep 1000 & echo; wait");
        Family family = with(child, 2);
        int sleep = family.members().getLast();
        assertThat(List.of(processes.adopt(0), processes.adopt(-5), processes.adopt(1)))
                .allMatch(each -> each instanceof Processes.Refused);
        assertThat(processes.adopt(sleep))
                .isEqualTo(new Processes.Refused(
                        "process " + sleep + " leads no process group; it is in that of process " + child.process()));
        assertThat(processes.adopt(Integer.MAX_VALUE))
                .isEqualTo(new Processes.Refused("no process has the number 2147483647 (any more)"));
    }
}
