package telos.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import telos.devices.linux.Child;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Launch;
import telos.devices.linux.Signal;

/** Real programs for tests; they are killed at the end, and by their limit of CPU time if a test was killed. */
final class RealPrograms implements AutoCloseable {
    static final String SPIN = "while :; do :; done";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Launch launch = new Launch();
    private final List<Child> children = new ArrayList<>();
    final CpuSet cpu = CpuSet.of(CpuSet.allowed().numbers().getLast());

    /** Starts a shell script on one CPU, the same for all. */
    Child start(String script) {
        List<byte[]> words = List.of(bytes("/bin/sh"), bytes("-c"), bytes("ulimit -t 60; " + script));
        Launch.Outcome outcome = launch.start(
                words, List.of(bytes("PATH=/usr/bin:/bin")), Optional.of(cpu), Launch.Place.SESSION, Optional.empty());
        if (outcome instanceof Launch.Started(Child child)) {
            children.add(child);
            return child;
        }
        throw new AssertionError(outcome);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String[] fields(Child child) {
        try {
            String text = Files.readString(Path.of("/proc/" + child.process() + "/stat"));
            return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException ended) {
            return new String[] {"?"};
        }
    }

    static boolean stopped(Child child) {
        return fields(child)[0].equals("T");
    }

    /** CPU seconds, as procfs has them. */
    static double seconds(Child child) {
        String[] fields = fields(child);
        return fields.length < 13 ? 0 : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** Waits until something holds, and fails if it does not within a minute. */
    static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        children.forEach(child -> child.signal(Signal.KILL));
        children.forEach(child -> {
            Child.Change _ = child.await(false);
            child.reap();
        });
    }
}
