package telos.programs;

import java.util.Locale;

/** How a program stands. */
public enum Standing {
    /** It may run, and wants to. */
    RUNNING,
    /** It wants to run, and has been stopped until its turn. */
    WAITING,
    /** It wants nothing now. */
    SLEEPING,
    /** It has stopped itself, or somebody else has stopped it; that somebody continues it. */
    STOPPED,
    /** All its processes have ended. */
    ENDED,
    /** It was let go, and goes on by itself. */
    RELEASED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is over for whoever holds a lease. */
    public boolean isLast() {
        return this == ENDED || this == RELEASED;
    }

    /** As whoever holds a lease is told of it: when its turns are is nobody else's business. */
    Standing told() {
        return switch (this) {
            case STOPPED, ENDED, RELEASED -> this;
            case RUNNING, WAITING, SLEEPING -> RUNNING;
        };
    }
}
