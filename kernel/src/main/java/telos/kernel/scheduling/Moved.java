package telos.kernel.scheduling;

/** What may be other than before of an entity that is to be put where it belongs. */
enum Moved {
    /** Whether it waits or is in service, and who is served next below it. */
    HEAD,
    /** That, and when it was dispatched last. */
    TURN,
    /** That of {@link #HEAD}, and what it was charged. */
    CHARGE,
    /** Anything. */
    ALL
}
