package telos.server.api.http;

import telos.server.Tenant;

/** Sees each request once it has been answered, on the thread that answered it: for logs and figures. */
@FunctionalInterface
public interface Witness {
    /** Sees nothing. */
    Witness BLIND = _ -> {};

    /**
     * A request and its answer.
     *
     * @param id as the answer's {@code x-request-id} says it
     * @param route the path with its placeholders; empty where nothing was there
     * @param nanos from the end of its head to the end of its answer
     */
    record Seen(String id, String method, String route, int status, long nanos, Tenant tenant) {}

    void saw(Seen seen);
}
