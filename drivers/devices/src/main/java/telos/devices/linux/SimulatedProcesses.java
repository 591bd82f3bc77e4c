package telos.devices.linux;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine under a virtual clock. Its programs burn CPU time and sleep in turns; those that are not stopped share the CPUs
 * that they may use in equal parts, in steps of 100 microseconds, as a kernel would that knows nothing of weights.
 */
public final class SimulatedProcesses implements Processes {
    private static final long STEP = 100_000;
    /** A program that never sleeps. */
    public static final long ALWAYS = Long.MAX_VALUE;

    private final Map<Integer, Simulated> programs = new LinkedHashMap<>();
    private int numbers = 100;
    private int turn;
    private long now;

    /**
     * Starts a program.
     *
     * @param threads that burn at the same time
     * @param burn CPU time of one thread between two sleeps
     * @param sleep time on the clock
     * @return its number
     */
    public int start(CpuSet cpus, int threads, long burn, long sleep) {
        int number = numbers++;
        programs.put(number, new Simulated(number, cpus, threads, burn, sleep));
        return number;
    }

    /** What it has used so far. */
    public long cpuNanos(int number) {
        return program(number).used;
    }

    public boolean stopped(int number) {
        return program(number).held || program(number).aside;
    }

    public void end(int number) {
        program(number).ended = true;
    }

    /** Stops a program as if it had done so itself, or continues it. */
    public void stopsItself(int number, boolean stops) {
        program(number).aside = stops;
    }

    /** Has a program burn in so many threads from now on. */
    public void threads(int number, int threads) {
        program(number).threads = threads;
    }

    private Simulated program(int number) {
        Simulated program = programs.get(number);
        if (program == null) {
            throw new IllegalArgumentException("no program " + number);
        }
        return program;
    }

    /** Lets time pass. */
    public void advance(long nanos) {
        for (long end = now + nanos; now < end; now += STEP) {
            Set<Integer> free = new LinkedHashSet<>();
            programs.values().forEach(program -> free.addAll(program.cpus.numbers()));
            List<Simulated> order = new ArrayList<>(programs.values());
            Collections.rotate(order, turn);
            // those with the fewest CPUs first, as a kernel's balancing would have it in the end
            order.sort(Comparator.comparingInt(program -> program.cpus.size()));
            for (Simulated program : order) {
                program.run(free, now);
            }
            turn++;
        }
    }

    @Override
    public Adoption adopt(int leader) {
        Simulated program = programs.get(leader);
        return program == null || program.ended
                ? new Refused("no process has the number " + leader + " (any more)")
                : new Adopted(program);
    }

    @Override
    public void search() {
        // its families have no strangers
    }

    private static final class Simulated implements Family {
        private final int number;
        private final CpuSet cpus;
        private int threads;
        private final long burn;
        private final long sleep;
        private long used;
        private long untilSleep;
        private long asleepUntil;
        private long stirredAt;
        private boolean held;
        private boolean aside;
        private boolean ended;
        private boolean asleep;
        private boolean summoned;

        Simulated(int number, CpuSet cpus, int threads, long burn, long sleep) {
            this.number = number;
            this.cpus = cpus;
            this.threads = threads;
            this.burn = burn;
            this.sleep = sleep;
            this.untilSleep = burn;
        }

        void run(Set<Integer> free, long now) {
            if (held || aside || ended) {
                return;
            }
            ended = summoned;
            if (ended || now < asleepUntil) {
                return;
            }
            boolean ran = false;
            for (int i = 0; i < threads; i++) {
                @Nullable
                Integer cpu = cpus.numbers().stream()
                        .filter(free::contains)
                        .findFirst()
                        .orElse(null);
                if (cpu != null) {
                    free.remove(cpu);
                    used += STEP;
                    ran = true;
                }
            }
            if (ran && burn != ALWAYS) {
                untilSleep -= STEP;
                if (untilSleep <= 0) {
                    asleepUntil = now + STEP + sleep;
                    untilSleep = burn;
                }
            }
            asleep = now + STEP < asleepUntil;
        }

        @Override
        public int leader() {
            return number;
        }

        @Override
        public List<Integer> members() {
            return List.of(number);
        }

        @Override
        public Survey survey() {
            boolean awake = !held && !aside && !ended && !asleep;
            return new Survey(!ended, ended ? 0 : 1, awake ? threads : 0, aside && !held, used);
        }

        @Override
        public boolean stirred() {
            boolean stirred = used != stirredAt;
            stirredAt = used;
            return stirred;
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
        public boolean signal(Signal signal) {
            ended |= signal == Signal.KILL;
            summoned |= signal == Signal.TERM;
            return true;
        }

        @Override
        public boolean summoned() {
            return summoned && held;
        }

        @Override
        public void close() {
            held = false;
        }
    }
}
