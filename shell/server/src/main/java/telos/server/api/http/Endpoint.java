package telos.server.api.http;

import java.io.IOException;

/** Answers one kind of request; it may block, its thread is its own. */
@FunctionalInterface
public interface Endpoint {
    void serve(Exchange exchange) throws ApiException, IOException, InterruptedException;
}
