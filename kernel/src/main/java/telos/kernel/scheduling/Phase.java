package telos.kernel.scheduling;

/** How an entity stands. One with others below it is served when any of them is, or else ready when any of them is. */
public enum Phase {
    /** It wants nothing. */
    IDLE,
    /** It waits for service. */
    READY,
    /** It is in service: a running program, a sequence in the batch, a command in flight. */
    SERVED
}
