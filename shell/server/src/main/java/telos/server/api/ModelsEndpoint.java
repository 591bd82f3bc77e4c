package telos.server.api;

import java.io.IOException;
import telos.server.ModelDescription;
import telos.server.Models;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models} and {@code /v1/models/{id}}: what is being served. */
final class ModelsEndpoint {
    private final Models models;
    private final long created;

    ModelsEndpoint(Models models, long created) {
        this.models = models;
        this.created = created;
    }

    void list(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        models.list().forEach(model -> data.add(node(model)));
        exchange.json(200, body);
    }

    void one(Exchange exchange) throws ApiException, IOException {
        for (ModelDescription model : models.list()) {
            if (model.name().equals(exchange.rest())) {
                exchange.json(200, node(model));
                return;
            }
        }
        throw ApiException.notFound("no model named '" + exchange.rest() + "'", "model_not_found");
    }

    /** The admin view: where each came from and what it takes. */
    void admin(Exchange exchange) throws IOException {
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

    private ObjectNode node(ModelDescription model) {
        ObjectNode node = Json.object();
        node.put("id", model.name());
        node.put("object", "model");
        node.put("created", created);
        node.put("owned_by", "telos");
        return node;
    }
}
