package telos.server.api;

import java.io.IOException;
import java.nio.file.Path;
import telos.server.DaemonLog;
import telos.server.api.http.ApiException;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /logs?lines=N}: the last lines of the daemon's log. */
final class LogsEndpoint implements Endpoint {
    private static final int MOST = 10_000;
    private static final String USUAL = "50";

    private final Path log;

    LogsEndpoint(Path log) {
        this.log = log;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException {
        String asked = exchange.query("lines").orElse(USUAL);
        int lines;
        try {
            lines = Integer.parseInt(asked);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("'lines' must be a whole number, was '" + asked + "'", "lines");
        }
        if (lines < 0 || lines > MOST) {
            throw ApiException.invalid("'lines' must be 0 to " + MOST + ", was " + lines, "lines");
        }
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray("lines");
        DaemonLog.tail(log, lines).forEach(array::add);
        exchange.json(200, body);
    }
}
