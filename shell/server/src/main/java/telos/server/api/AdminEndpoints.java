package telos.server.api;

import java.io.IOException;
import telos.agents.Agents;
import telos.kernel.AgentId;
import telos.server.DaemonStatus;
import telos.server.MemoryReport;
import telos.server.Models;
import telos.server.Runs;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The small endpoints of the admin API: health, agents, memory, shutdown. */
final class AdminEndpoints {
    private final DaemonStatus status;
    private final Models models;
    private final Runs runs;

    AdminEndpoints(DaemonStatus status, Models models, Runs runs) {
        this.status = status;
        this.models = models;
        this.runs = runs;
    }

    void health(Exchange exchange) throws IOException {
        boolean ready = status.ready();
        ObjectNode body = Json.object();
        body.put("status", ready ? "ok" : "starting");
        body.put("version", status.version());
        body.put("pid", status.pid());
        body.put("port", status.port());
        body.put("model", status.model());
        body.put("uptime_seconds", status.uptimeSeconds());
        exchange.json(ready ? 200 : 503, body);
    }

    void agents(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray("agents");
        for (Agents.Row row : runs.list()) {
            array.addObject()
                    .put("id", row.id().value())
                    .put("name", row.name())
                    .put("state", row.state().name())
                    .put("request", row.request())
                    .put("steps", row.steps())
                    .put("tokens", row.tokens())
                    .put("age_seconds", row.ageNanos() / 1e9);
        }
        exchange.json(200, body);
    }

    void kill(Exchange exchange) throws ApiException {
        long id;
        try {
            id = Long.parseLong(exchange.name());
        } catch (NumberFormatException e) {
            throw ApiException.invalid("an agent's id is a number, not '" + exchange.name() + "'", "id");
        }
        if (!runs.kill(new AgentId(id))) {
            throw ApiException.notFound("no agent " + id + " is running", null);
        }
        exchange.nothing(204);
    }

    void memory(Exchange exchange) throws IOException {
        MemoryReport report = models.memory();
        MemoryReport.Blocks blocks = report.blocks();
        ObjectNode body = Json.object();
        body.putObject("blocks")
                .put("total", blocks.total())
                .put("used", blocks.used())
                .put("cached", blocks.cached())
                .put("free", blocks.free())
                .put("size_tokens", blocks.sizeTokens());
        body.put("useful_share", report.usefulShare());
        ArrayNode sequences = body.putArray("sequences");
        for (MemoryReport.Sequence sequence : report.sequences()) {
            sequences
                    .addObject()
                    .put("id", sequence.id())
                    .put("model", sequence.model())
                    .put("tokens", sequence.tokens())
                    .put("blocks", sequence.blocks())
                    .put("state", sequence.state());
        }
        exchange.json(200, body);
    }

    void shutdown(Exchange exchange) throws IOException {
        exchange.json(202, Json.object().put("status", "stopping"));
        status.stop();
    }
}
