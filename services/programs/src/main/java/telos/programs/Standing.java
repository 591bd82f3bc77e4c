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
    /** All its processes have ended, or it was let go. */
    ENDED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
