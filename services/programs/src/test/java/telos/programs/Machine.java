package telos.programs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Processes;
import telos.devices.linux.SimulatedProcesses;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;

/** A simulated machine whose programs are divided by the real code, under a virtual clock. */
final class Machine {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    final SimulatedProcesses processes = new SimulatedProcesses();
    final Division division;
    final Map<Integer, Program> programs = new LinkedHashMap<>();
    private final Map<Integer, Long> marks = new LinkedHashMap<>();
    private long now;
    private long next;

    Machine(Policy policy) {
        division = new Division(processes, policy, Rhythm.stopping(Duration.ofMillis(10)), () -> now);
    }

    /** A program that never sleeps. */
    int spin(long weight, int... cpus) {
        return start(Shares.weighing(weight), 1, SimulatedProcesses.ALWAYS, 0, cpus);
    }

    int start(Shares shares, int threads, long burn, long sleep, int... cpus) {
        CpuSet set = CpuSet.of(cpus);
        int number = processes.start(set, threads, burn, sleep);
        if (!(division.adopt(number) instanceof Processes.Adopted(var family))) {
            throw new AssertionError(number);
        }
        Request request = new Request(number, "program " + number, shares, set, Lever.STOP);
        Program program = new Program(number, request, family, Optional.empty(), now);
        programs.put(number, program);
        division.add(program, now);
        return number;
    }

    Program program(int number) {
        return Objects.requireNonNull(programs.get(number));
    }

    EntityStatus account(int number) {
        return division.arena(program(number)).status(now).stream()
                .filter(status -> status.id().value() == number)
                .findFirst()
                .orElseThrow();
    }

    Change weigh(int number, Shares shares) {
        return division.weigh(program(number), shares, now);
    }

    void leave(int number) {
        Program program = program(number);
        programs.remove(number);
        division.remove(program);
        program.letGo();
    }

    void run(long nanos) {
        for (long end = now + nanos; now < end; ) {
            if (now >= next) {
                next = division.turn(now);
            }
            long step = Math.min(Math.max(next - now, 100_000), end - now);
            processes.advance(step);
            now += step;
        }
    }

    /** Starts to measure. */
    void mark() {
        programs.keySet().forEach(number -> marks.put(number, processes.cpuNanos(number)));
    }

    /** CPU seconds since the mark. */
    double used(int number) {
        return (processes.cpuNanos(number) - marks.getOrDefault(number, 0L)) / 1e9;
    }
}
