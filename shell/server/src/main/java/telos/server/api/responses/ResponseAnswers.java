package telos.server.api.responses;

import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatOutcome;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a response in each of its states. */
record ResponseAnswers(String id, long created, String model, ResponseRequest request) {
    /** The members of a request that its response says again. */
    static final List<String> ECHOED =
            List.of("instructions", "max_output_tokens", "text", "tool_choice", "tools", "user", "metadata");

    /** @param status {@code queued}, {@code in_progress} or {@code cancelled} */
    ObjectNode without(String status) {
        return response(status, List.of(), null, null, null);
    }

    ObjectNode ended(ChatOutcome.Completed completed, List<ObjectNode> output) {
        boolean cut = completed.finish() == ChatOutcome.Finish.LENGTH;
        return response(
                cut ? "incomplete" : "completed",
                output,
                null,
                cut ? Json.object().put("reason", "max_output_tokens") : null,
                usage(completed.usage()));
    }

    ObjectNode failed(String why) {
        return response(
                "failed", List.of(), Json.object().put("code", "server_error").put("message", why), null, null);
    }

    private ObjectNode response(
            String status,
            List<ObjectNode> output,
            @Nullable ObjectNode error,
            @Nullable ObjectNode incomplete,
            @Nullable ObjectNode usage) {
        Fields body = request.body();
        ObjectNode node = Json.object();
        node.put("id", id);
        node.put("object", "response");
        node.put("created_at", created);
        node.put("status", status);
        node.put("background", request.background());
        node.set("error", error);
        node.set("incomplete_details", incomplete);
        node.set("instructions", again(body, "instructions"));
        node.set("max_output_tokens", again(body, "max_output_tokens"));
        node.put("model", model);
        node.set("output", Json.array(output));
        node.put("parallel_tool_calls", request.chat().parallelCalls());
        node.put("previous_response_id", request.previous().orElse(null));
        node.putObject("reasoning").putNull("effort").putNull("summary");
        node.put("store", request.store());
        node.put("temperature", request.chat().sampling().temperature());
        node.putObject("text").set("format", format(body));
        node.set("tool_choice", body.has("tool_choice") ? body.raw("tool_choice") : Json.text("auto"));
        node.set("tools", tools(body));
        node.put("top_p", request.chat().sampling().topP());
        node.put("truncation", "disabled");
        node.set("usage", usage);
        node.set("user", again(body, "user"));
        node.set("metadata", body.has("metadata") ? body.raw("metadata") : Json.object());
        return node;
    }

    private static @Nullable JsonNode again(Fields body, String member) {
        return body.has(member) ? body.raw(member) : null;
    }

    private static JsonNode format(Fields body) {
        JsonNode format = body.raw("text").path("format");
        return format.isObject() ? format : Json.object().put("type", "text");
    }

    /** The tools as they came, with the members that clients count on. */
    private static ArrayNode tools(Fields body) {
        ArrayNode tools = Json.array();
        for (JsonNode tool : body.raw("tools")) {
            if (tool.deepCopy() instanceof ObjectNode copy) {
                if (!copy.has("strict")) {
                    copy.put("strict", true);
                }
                if (!copy.has("parameters")) {
                    copy.putNull("parameters");
                }
                if (!copy.has("description")) {
                    copy.putNull("description");
                }
                tools.add(copy);
            }
        }
        return tools;
    }

    private static ObjectNode usage(ChatOutcome.Usage usage) {
        ObjectNode node = Json.object();
        node.put("input_tokens", usage.prompt());
        node.putObject("input_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", 0);
        node.put("output_tokens", usage.completion());
        node.putObject("output_tokens_details").put("reasoning_tokens", 0);
        node.put("total_tokens", usage.prompt() + usage.completion());
        return node;
    }
}
