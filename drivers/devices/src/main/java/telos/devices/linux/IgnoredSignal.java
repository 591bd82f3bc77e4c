package telos.devices.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A signal that this process ignores until this is closed, by sigaction(2) past the JVM: on SIGQUIT it would print its threads
 * to the standard output, which may be somebody else's stream.
 */
public final class IgnoredSignal implements AutoCloseable {
    private static final int STRUCT_BYTES = 512; // more than struct sigaction takes; its handler comes first
    private static final long IGNORE = 1; // SIG_IGN

    private final MethodHandle action = Libc.linked("sigaction", JAVA_INT, ADDRESS, ADDRESS);
    private final Arena arena = Arena.ofShared();
    private final MemorySegment before = arena.allocate(STRUCT_BYTES, Long.BYTES);
    private final Signal signal;

    public IgnoredSignal(Signal signal) {
        this.signal = signal;
        MemorySegment ignore = arena.allocate(STRUCT_BYTES, Long.BYTES);
        ignore.set(JAVA_LONG, 0, IGNORE);
        set(ignore, before);
    }

    private void set(MemorySegment now, MemorySegment former) {
        try {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int _ = (int) action.invokeExact(state, signal.number(), now, former);
        } catch (Throwable never) {
            throw Libc.broken("sigaction", never);
        }
    }

    @Override
    public void close() {
        set(before, MemorySegment.NULL);
        arena.close();
    }
}
