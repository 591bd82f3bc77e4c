package telos.server.api.openai;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.server.ModelDescription;
import telos.server.Models;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models} and {@code /v1/models/{id}}: what is being served. */
public final class ModelsEndpoint {
    private final Models models;
    private final long created;

    public ModelsEndpoint(Models models, long created) {
        this.models = models;
        this.created = created;
    }

    public void list(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        List<ModelDescription> all = models.list();
        all.forEach(model -> data.add(node(model, exchange)));
        if (exchange.anthropic()) {
            body.put("has_more", false);
            body.put("first_id", all.isEmpty() ? null : all.getFirst().name());
            body.put("last_id", all.isEmpty() ? null : all.getLast().name());
        }
        exchange.json(200, body);
    }

    public void one(Exchange exchange) throws ApiException, IOException {
        for (ModelDescription model : models.list()) {
            if (model.name().equals(exchange.name())) {
                exchange.json(200, node(model, exchange));
                return;
            }
        }
        throw ApiException.notFound("no model named '" + exchange.name() + "'", "model", "model_not_found");
    }

    /** The admin view: where each came from and what it takes. */
    public void admin(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray("models");
        for (ModelDescription model : models.list()) {
            array.addObject()
                    .put("name", model.name())
                    .put("path", model.source())
                    .put("loaded", true)
                    .put("architecture", model.architecture())
                    .put("parameters", model.parameters())
                    .put("bytes", model.bytes())
                    .put("context", model.context());
        }
        exchange.json(200, body);
    }

    /** Anthropic's clients read some members more. */
    private ObjectNode node(ModelDescription model, Exchange exchange) {
        ObjectNode node = Json.object();
        node.put("id", model.name());
        node.put("object", "model");
        node.put("created", created);
        node.put("owned_by", "telos");
        if (exchange.anthropic()) {
            node.put("type", "model");
            node.put("display_name", model.name());
            node.put("created_at", Instant.ofEpochSecond(created).toString());
            node.put("lifecycle", "active");
            node.putNull("deprecated_at");
            node.putNull("retires_at");
            node.putNull("line");
            node.putNull("capabilities");
            node.put("max_input_tokens", known(model.context()));
            node.put("max_tokens", known(model.context()));
        }
        return node;
    }

    private static @Nullable Integer known(int tokens) {
        return tokens > 0 ? tokens : null;
    }
}
