package telos.server.api;

import java.io.IOException;
import java.util.OptionalInt;
import telos.server.api.http.ApiException;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import telos.server.clock.Clocks;

/** {@code POST /sched/cancel} of the admin API: ends the requests of a tenant or an agent, one request, or a program. */
final class CancelEndpoint implements Endpoint {
    private final Clocks clocks;

    CancelEndpoint(Clocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        String entity = exchange.body().required("entity");
        OptionalInt cancelled = clocks.cancel(entity);
        if (cancelled.isEmpty()) {
            throw ApiException.notFound(
                    "no one entity is called '" + entity + "'; 'telos sched' lists those that are there",
                    "entity",
                    "entity_not_found");
        }
        exchange.json(200, Json.object().put("cancelled", cancelled.getAsInt()));
    }
}
