package telos.server.api;

import java.io.IOException;

/** Answers one kind of request; it may block, its thread is its own. */
@FunctionalInterface
interface Endpoint {
    void serve(Exchange exchange) throws ApiException, IOException, InterruptedException;
}
