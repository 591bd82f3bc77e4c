package telos.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import telos.devices.linux.Child;
import telos.devices.linux.IgnoredSignal;
import telos.devices.linux.Signal;

/**
 * Signals that others send to this process and mean its program. They are taken from before the program starts, so that none
 * ends this process and leaves the program alone; those that come too early are handed on when it is there. To be closed
 * before the program's number is given back. SIGQUIT, for which the JVM has a use of its own, is ignored meanwhile.
 */
final class PassedOn implements AutoCloseable {
    private static final List<Signal> USUAL =
            List.of(Signal.HUP, Signal.INT, Signal.TERM, Signal.USR1, Signal.USR2, Signal.ALRM, Signal.CONT);

    private final Map<Signal, @Nullable Object> before = new LinkedHashMap<>();
    private final List<Signal> early = new ArrayList<>();
    private final IgnoredSignal quit = new IgnoredSignal(Signal.QUIT);
    private @Nullable Child child;

    /** @param stops whether a stop from the keyboard means the program too */
    PassedOn(boolean stops) {
        USUAL.forEach(this::take);
        if (stops) {
            take(Signal.TSTP);
        }
    }

    private void take(Signal signal) {
        if (!Inheritance.ignored(signal)) {
            before.put(signal, Signals.register(signal.name(), () -> pass(signal)));
        }
    }

    private synchronized void pass(Signal signal) {
        if (child == null) {
            early.add(signal);
        } else {
            child.signal(signal);
        }
    }

    /** The program is there. */
    synchronized void to(Child started) {
        child = started;
        early.forEach(started::signal);
        early.clear();
    }

    @Override
    public void close() {
        synchronized (this) {
            child = null;
        }
        before.forEach((signal, former) -> Signals.unregister(signal.name(), former));
        quit.close();
    }
}
