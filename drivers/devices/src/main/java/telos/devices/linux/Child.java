package telos.devices.linux;

import org.jspecify.annotations.Nullable;

/** A program that this process has started, and whose parent it is. Its number stays its own until it is reaped. */
public final class Child {
    private static final int NOW = 1; // WNOHANG

    private final Libc libc;
    private final int process;

    Child(Libc libc, int process) {
        this.libc = libc;
        this.process = process;
    }

    /** What happened to it. */
    public sealed interface Change {}

    /** It ended by itself. */
    public record Exited(int status) implements Change {}

    /**
     * A signal ended it.
     *
     * @param signal its number
     */
    public record Killed(int signal) implements Change {}

    /**
     * A signal stopped it.
     *
     * @param signal its number
     */
    public record Stopped(int signal) implements Change {}

    public int process() {
        return process;
    }

    /**
     * Waits until it ends or, if asked, stops. One that has ended is still there afterwards, for {@link #reap}.
     *
     * @param stops whether a stop is of interest
     */
    public Change await(boolean stops) {
        int what = Libc.WAIT_EXITED | (stops ? Libc.WAIT_STOPPED : 0);
        Libc.@Nullable Change change = libc.await(process, what | Libc.WAIT_LEAVE);
        if (change == null) {
            return new Exited(0); // somebody else has waited for it
        }
        return switch (change.code()) {
            case Libc.Change.STOPPED -> {
                Libc.@Nullable Change taken = libc.await(process, Libc.WAIT_STOPPED | NOW);
                yield new Stopped(taken == null ? change.value() : taken.value());
            }
            case Libc.Change.KILLED, Libc.Change.DUMPED -> new Killed(change.value());
            default -> new Exited(change.value());
        };
    }

    /** Gives its number back, once it has ended. */
    public void reap() {
        Libc.@Nullable Change _ = libc.await(process, Libc.WAIT_EXITED | NOW);
    }

    /** Sends a signal to its process group. */
    public void signal(Signal signal) {
        int _ = libc.kill(-process, signal);
    }
}
