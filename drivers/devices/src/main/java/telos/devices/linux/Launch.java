package telos.devices.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts a program in a process group of its own, by posix_spawnp(3). It gets the standard streams of this process and no
 * other descriptor, no blocked signal, the default for SIGQUIT, which no JVM can pass on, and the CPUs that it may use from its first instruction on.
 */
public final class Launch {
    /** The exit status of a command that was not found, and of one that cannot be run, as shells have it. */
    public static final int NOT_FOUND = 127;

    public static final int NOT_RUNNABLE = 126;

    private static final int SET_GROUP = 0x02;
    private static final int SET_DEFAULT = 0x04;
    private static final int SET_MASK = 0x08;
    private static final int SET_SESSION = 0x80;
    private static final int STRUCT_BYTES = 1024; // more than either structure takes on any architecture

    private final Libc libc = new Libc();
    private final MethodHandle spawn =
            Libc.linked("posix_spawnp", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    /** Where a program is put. */
    public enum Place {
        /** A process group of this session, so that it can have the session's terminal. */
        GROUP,
        /**
         * A session, and a group in it. Where this process ends while the program is stopped, the kernel sends no SIGHUP
         * then, as it does to a group of the same session that loses its last connection to it.
         */
        SESSION
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /** It runs. */
    public record Started(Child child) implements Outcome {}

    /**
     * It did not start.
     *
     * @param status what a shell would end with
     * @param why for whoever asked
     */
    public record Failed(int status, String why) implements Outcome {}

    /**
     * Starts a program.
     *
     * @param words its name or path, and its arguments, as bytes without a zero
     * @param environment "NAME=value" each
     * @param cpus where it may run; where this process may, if empty
     * @param terminal whose foreground it becomes; only a group can
     */
    public Outcome start(
            List<byte[]> words,
            List<byte[]> environment,
            Optional<CpuSet> cpus,
            Place place,
            Optional<Terminal> terminal) {
        FutureTask<Outcome> start = new FutureTask<>(() -> {
            if (cpus.isPresent() && libc.bind(cpus.get()) < 0) {
                return new Failed(
                        NOT_RUNNABLE,
                        "this machine does not let programs run on CPU " + cpus.get() + "; it has " + CpuSet.allowed());
            }
            return start(words, environment, place, terminal);
        });
        // a thread of its own, since what is bound is the thread
        Thread thread = Thread.ofPlatform().name("launch").start(start);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                Outcome outcome = start.get();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return outcome;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a program could not be started", e.getCause());
            }
        }
    }

    private Outcome start(List<byte[]> words, List<byte[]> environment, Place place, Optional<Terminal> terminal) {
        int result = spawn(words, environment, place, terminal);
        String name = new String(words.getFirst(), StandardCharsets.UTF_8);
        if (result == -Libc.ENOEXEC && name.contains("/")) { // a script without a first line that says whose
            List<byte[]> script = new ArrayList<>();
            script.add("/bin/sh".getBytes(StandardCharsets.US_ASCII));
            script.addAll(words);
            result = spawn(script, environment, place, terminal);
        }
        return switch (result) {
            case -Libc.ENOENT -> new Failed(NOT_FOUND, name + ": no such program");
            case -Libc.ENOTDIR -> new Failed(NOT_FOUND, name + ": a part of this path is no folder");
            case -Libc.EACCES -> new Failed(NOT_RUNNABLE, name + ": is there and may not be run (permission denied)");
            case -Libc.ENOEXEC -> new Failed(NOT_RUNNABLE, name + ": is no program that this machine can run");
            default ->
                result < 0
                        ? new Failed(NOT_RUNNABLE, name + ": cannot be started (error " + -result + ")")
                        : new Started(new Child(libc, result));
        };
    }

    /** The process, or an error number, negated. */
    private int spawn(List<byte[]> words, List<byte[]> environment, Place place, Optional<Terminal> terminal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment attributes = arena.allocate(STRUCT_BYTES, Long.BYTES);
            MemorySegment actions = arena.allocate(STRUCT_BYTES, Long.BYTES);
            MemorySegment none = arena.allocate(STRUCT_BYTES, Long.BYTES);
            run(Libc.linked("posix_spawnattr_init", ADDRESS), state, attributes);
            run(Libc.linked("posix_spawn_file_actions_init", ADDRESS), state, actions);
            short flags = (short) (SET_DEFAULT | SET_MASK | (place == Place.SESSION ? SET_SESSION : SET_GROUP));
            int _ = (int)
                    Libc.linked("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT).invokeExact(state, attributes, flags);
            int _ = (int)
                    Libc.linked("posix_spawnattr_setpgroup", ADDRESS, JAVA_INT).invokeExact(state, attributes, 0);
            int _ = (int)
                    Libc.linked("posix_spawnattr_setsigmask", ADDRESS, ADDRESS).invokeExact(state, attributes, none);
            MemorySegment quit = arena.allocate(STRUCT_BYTES, Long.BYTES);
            quit.set(JAVA_LONG, 0, 1L << (Signal.QUIT.number() - 1));
            int _ = (int) Libc.linked("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS)
                    .invokeExact(state, attributes, quit);
            if (terminal.isPresent()) {
                int _ = (int) Libc.linked("posix_spawn_file_actions_addtcsetpgrp_np", ADDRESS, JAVA_INT)
                        .invokeExact(state, actions, terminal.get().descriptor());
            }
            int _ = (int) Libc.linked("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT)
                    .invokeExact(state, actions, 3);
            MemorySegment process = arena.allocate(JAVA_INT);
            int error = (int) spawn.invokeExact(
                    state,
                    process,
                    text(arena, words.getFirst()),
                    actions,
                    attributes,
                    vector(arena, words),
                    vector(arena, environment));
            run(Libc.linked("posix_spawn_file_actions_destroy", ADDRESS), state, actions);
            run(Libc.linked("posix_spawnattr_destroy", ADDRESS), state, attributes);
            return error == 0 ? process.get(JAVA_INT, 0) : -error;
        } catch (Throwable never) {
            throw Libc.broken("posix_spawnp", never);
        }
    }

    private static void run(MethodHandle function, MemorySegment state, MemorySegment struct) throws Throwable {
        int _ = (int) function.invokeExact(state, struct);
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    /** Ends with a null pointer. */
    private static MemorySegment vector(Arena arena, List<byte[]> texts) {
        MemorySegment vector = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            vector.setAtIndex(ADDRESS, i, text(arena, texts.get(i)));
        }
        return vector;
    }
}
