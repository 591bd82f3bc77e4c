package telos.server.api.responses;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Part of a list of items, as {@code limit}, {@code order} and {@code after} ask for it; the newest come first. */
final class ItemPage {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private ItemPage() {}

    static ObjectNode of(JsonNode all, Exchange exchange) throws ApiException {
        List<JsonNode> items = new ArrayList<>();
        all.forEach(items::add);
        String order = exchange.query("order").orElse("desc");
        if (order.equals("desc")) {
            Collections.reverse(items);
        } else if (!order.equals("asc")) {
            throw ApiException.invalid("'order' must be asc or desc, was '" + order + "'", "order");
        }
        Optional<String> after = exchange.query("after");
        int from = after.isEmpty() ? 0 : 1 + indexOf(items, after.get());
        int to = Math.min(items.size(), from + limit(exchange));
        List<JsonNode> page = items.subList(from, to);
        ObjectNode node = Json.object();
        node.put("object", "list");
        node.set("data", Json.array(page));
        node.put("first_id", page.isEmpty() ? null : id(page.getFirst()));
        node.put("last_id", page.isEmpty() ? null : id(page.getLast()));
        node.put("has_more", to < items.size());
        return node;
    }

    private static int limit(Exchange exchange) throws ApiException {
        Optional<String> limit = exchange.query("limit");
        if (limit.isEmpty()) {
            return USUAL;
        }
        try {
            int asked = Integer.parseInt(limit.get());
            if (asked >= 1 && asked <= MOST) {
                return asked;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw ApiException.invalid("'limit' must be 1 to " + MOST + ", was '" + limit.get() + "'", "limit");
    }

    private static int indexOf(List<JsonNode> items, String id) throws ApiException {
        for (int i = 0; i < items.size(); i++) {
            if (id(items.get(i)).equals(id)) {
                return i;
            }
        }
        throw ApiException.invalid("'after' names no item of this response", "after");
    }

    private static String id(JsonNode item) {
        return item.path("id").stringValue("");
    }
}
