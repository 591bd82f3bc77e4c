package telos.devices.linux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Real programs for tests: each in a group of its own, killed at the end, and by its limit of CPU time if a test was. */
final class Programs implements AutoCloseable {
    static final String SPIN = "while :; do :; done";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Launch launch = new Launch();
    private final List<Child> children = new ArrayList<>();

    Child shell(String script) {
        return start(Optional.empty(), "/bin/sh", "-c", "ulimit -t 60; " + script);
    }

    Child start(Optional<CpuSet> cpus, String... words) {
        Launch.Outcome outcome = launch(cpus, words);
        if (outcome instanceof Launch.Started started) {
            children.add(started.child());
            return started.child();
        }
        throw new AssertionError(outcome);
    }

    Launch.Outcome launch(Optional<CpuSet> cpus, String... words) {
        List<byte[]> bytes = Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        List<byte[]> environment = List.of("PATH=/usr/bin:/bin".getBytes(StandardCharsets.UTF_8));
        return launch.start(bytes, environment, cpus, Launch.Place.GROUP, Optional.empty());
    }

    /** The state of a process: R, S, T, Z, or ? if it is gone. */
    static char state(int process) {
        return ProcessFiles.glance(process).map(ProcessLine::state).orElse('?');
    }

    /** Waits until something holds, and fails if it does not within half a minute. */
    static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        for (Child child : children) {
            child.signal(Signal.KILL);
            Child.Change _ = child.await(false);
            child.reap();
        }
    }
}
