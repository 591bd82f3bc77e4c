package telos.devices.linux;

import java.util.Locale;
import java.util.Optional;

/** The signals that are used here, with the numbers that every architecture of this JVM shares (signal(7)). */
public enum Signal {
    HUP(1),
    INT(2),
    QUIT(3),
    KILL(9),
    USR1(10),
    USR2(12),
    ALRM(14),
    TERM(15),
    CONT(18),
    STOP(19),
    TSTP(20),
    TTIN(21),
    TTOU(22),
    WINCH(28);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Whether it stops a process that does nothing about it. */
    public boolean stops() {
        return this == STOP || this == TSTP || this == TTIN || this == TTOU;
    }

    /** Whether a stopped process has to be continued to take it, and may want to. */
    public boolean needsTurn() {
        return !stops() && this != KILL && this != CONT && this != WINCH;
    }

    /** Finds a signal by its name, with or without SIG before it, or by its number. */
    public static Optional<Signal> named(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        String bare = name.startsWith("SIG") ? name.substring(3) : name;
        for (Signal signal : values()) {
            if (signal.name().equals(bare) || Integer.toString(signal.number).equals(bare)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    /** The signal of a number that the kernel gave. */
    static Optional<Signal> of(int number) {
        return named(Integer.toString(number));
    }
}
