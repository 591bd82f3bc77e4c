package telos.kernel.scheduling;

/** Whether one that waits may take the place of one in service. */
public enum Overtaking {
    /** It waits until a place is free. */
    NEVER,
    /** It may where little is lost by it beside what is served. */
    SPARINGLY,
    /** It may now, whatever is lost by it. */
    AT_ONCE
}
