package telos.devices.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Calls into the C library. A result below zero is an error number, negated; none of these calls throws. */
final class Libc {
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENOEXEC = 8;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;

    private static final int PROCESS = 1; // P_PID
    private static final int STATUS_BYTES = 128; // siginfo_t, and sigset_t
    private static final int BLOCK = 0;
    private static final int SET_MASK = 2;
    private static final int CODE_AT = 8;
    private static final int VALUE_AT = 24;
    private static final int CPU_MASK_BYTES = 1024; // CPUs 0 to 8191

    static final int WAIT_STOPPED = 2;
    static final int WAIT_EXITED = 4;
    static final int WAIT_LEAVE = 0x01000000; // WNOWAIT

    private final MethodHandle kill = linked("kill", JAVA_INT, JAVA_INT);
    private final MethodHandle raise = linked("raise", JAVA_INT);
    private final MethodHandle clock = linked("clock_gettime", JAVA_INT, ADDRESS);
    private final MethodHandle affinity = linked("sched_setaffinity", JAVA_INT, JAVA_LONG, ADDRESS);
    private final MethodHandle wait = linked("waitid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private final MethodHandle foreground = linked("tcgetpgrp", JAVA_INT);
    private final MethodHandle makeForeground = linked("tcsetpgrp", JAVA_INT, JAVA_INT);
    private final MethodHandle mask = linked("pthread_sigmask", JAVA_INT, ADDRESS, ADDRESS);
    private final MethodHandle open = linked("open", ADDRESS, JAVA_INT);
    private final VarHandle errno =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** What became of a child: one of the CLD_ codes, and the status or signal that goes with it. */
    record Change(int code, int value) {
        static final int EXITED = 1;
        static final int KILLED = 2;
        static final int DUMPED = 3;
        static final int STOPPED = 5;
        static final int CONTINUED = 6;
    }

    /** A handle that takes the segment for errno first; the function returns an int. */
    @SuppressWarnings("restricted") // the C library's own functions, with their own types
    static MethodHandle linked(String name, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, parameters);
        Linker.Option[] options = name.equals("open")
                ? new Linker.Option[] {Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(2)}
                : new Linker.Option[] {Linker.Option.captureCallState("errno")};
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    /** A process where the number is above zero, a process group where it is below. */
    int kill(int process, Signal signal) {
        return kill(process, signal.number());
    }

    /** Whether it is there, and may be signalled. */
    boolean reachable(int process) {
        return kill(process, 0) == 0;
    }

    private int kill(int process, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            return checked((int) kill.invokeExact(state, process, signal), state);
        } catch (Throwable never) {
            throw broken("kill", never);
        }
    }

    /** Sends a signal to the thread that calls, and returns when it has been delivered. */
    int raise(Signal signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            return checked((int) raise.invokeExact(state, signal.number()), state);
        } catch (Throwable never) {
            throw broken("raise", never);
        }
    }

    /** CPU nanoseconds of a process and its threads, those that have ended too; see clock_getcpuclockid(3). */
    long cpuNanos(int process) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            int result = checked((int) clock.invokeExact(state, (~process << 3) | 2, time), state);
            return result < 0 ? result : time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000L + time.getAtIndex(JAVA_LONG, 1);
        } catch (Throwable never) {
            throw broken("clock_gettime", never);
        }
    }

    /** Binds the thread that calls; what it starts inherits that. */
    int bind(CpuSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            MemorySegment mask = arena.allocate(CPU_MASK_BYTES, Long.BYTES);
            MemorySegment.copy(MemorySegment.ofArray(cpus.mask(CPU_MASK_BYTES)), 0, mask, 0, CPU_MASK_BYTES);
            return checked((int) affinity.invokeExact(state, 0, (long) CPU_MASK_BYTES, mask), state);
        } catch (Throwable never) {
            throw broken("sched_setaffinity", never);
        }
    }

    /** Waits for a child; null if it is none of ours (any more). */
    @Nullable
    Change await(int child, int options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            MemorySegment status = arena.allocate(STATUS_BYTES, Long.BYTES);
            int result;
            do {
                result = checked((int) wait.invokeExact(state, PROCESS, child, status, options), state);
            } while (result == -EINTR);
            return result < 0 ? null : new Change(status.get(JAVA_INT, CODE_AT), status.get(JAVA_INT, VALUE_AT));
        } catch (Throwable never) {
            throw broken("waitid", never);
        }
    }

    int foreground(int terminal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            return checked((int) foreground.invokeExact(state, terminal), state);
        } catch (Throwable never) {
            throw broken("tcgetpgrp", never);
        }
    }

    /** Works from the background too: the signal for that is blocked meanwhile. */
    int makeForeground(int terminal, int group) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            MemorySegment blocked = arena.allocate(STATUS_BYTES, Long.BYTES);
            MemorySegment before = arena.allocate(STATUS_BYTES, Long.BYTES);
            blocked.set(JAVA_LONG, 0, 1L << (Signal.TTOU.number() - 1));
            int _ = (int) mask.invokeExact(state, BLOCK, blocked, before);
            int result = checked((int) makeForeground.invokeExact(state, terminal, group), state);
            int _ = (int) mask.invokeExact(state, SET_MASK, before, MemorySegment.NULL);
            return result;
        } catch (Throwable never) {
            throw broken("tcsetpgrp", never);
        }
    }

    /** A descriptor that what is started does not inherit. */
    int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            return checked((int) open.invokeExact(state, arena.allocateFrom(path), flags), state);
        } catch (Throwable never) {
            throw broken("open", never);
        }
    }

    private static MemorySegment state(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    private int checked(int result, MemorySegment state) {
        return result < 0 ? -(int) errno.get(state, 0L) : result;
    }

    static IllegalStateException broken(String call, Throwable why) {
        return new IllegalStateException(call + " could not be called", why);
    }
}
