package telos.server;

import java.util.Map;
import java.util.Optional;
import telos.server.tenants.Rank;

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
     * @param rank how it stands beside others
     * @param headers to be sent with the answer
     * @param leave to be run once when the request has been answered
     */
    record Entered(Tenant tenant, Rank rank, Map<String, String> headers, Runnable leave) implements Entry {
        public Entered {
            headers = Map.copyOf(headers);
        }

        public Entered(Tenant tenant, Runnable leave) {
            this(tenant, Rank.OWNER, Map.of(), leave);
        }
    }

    /** There is no key, or it is not a good one. */
    record Unknown(String why) implements Entry {}

    /**
     * The tenant has taken what it may for now.
     *
     * @param tenant who it is, for the books
     * @param headers to be sent with the answer
     */
    record Exhausted(Optional<Tenant> tenant, String why, int retryAfterSeconds, Map<String, String> headers)
            implements Entry {
        public Exhausted {
            headers = Map.copyOf(headers);
        }

        public Exhausted(String why, int retryAfterSeconds) {
            this(Optional.empty(), why, retryAfterSeconds, Map.of());
        }
    }

    /**
     * Decides.
     *
     * @param key what the client gave as {@code Authorization: Bearer} or {@code x-api-key}
     */
    Entry enter(Optional<String> key);

    /** As {@link #enter}, for a request that takes nothing of what its tenant may have. */
    default Entry look(Optional<String> key) {
        return enter(key);
    }
}
