package telos.server;

import java.util.Optional;

/** Decides by its key whether a request is served, and whose it is. */
@FunctionalInterface
public interface Gate {
    /** Lets everybody in: for a daemon that has no keys and listens on loopback. */
    Gate OPEN = _ -> new Entered(Tenant.LOCAL, () -> {});

    /** What became of a request at the gate. */
    sealed interface Entry {}

    /**
     * It is served.
     *
     * @param leave to be run once when the request has been answered
     */
    record Entered(Tenant tenant, Runnable leave) implements Entry {}

    /** There is no key, or it is not a good one. */
    record Unknown(String why) implements Entry {}

    /** The tenant has taken what it may for now. */
    record Exhausted(String why, int retryAfterSeconds) implements Entry {}

    /**
     * Decides.
     *
     * @param key what the client gave as {@code Authorization: Bearer} or {@code x-api-key}
     */
    Entry enter(Optional<String> key);
}
