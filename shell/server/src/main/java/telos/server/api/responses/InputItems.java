package telos.server.api.responses;

import java.util.ArrayList;
import java.util.List;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.api.turns.Ids;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the input of a request as items in one form, each with an id, as they are kept and listed. */
final class InputItems {
    private static final int MAX_ITEMS = 10_000;

    private InputItems() {}

    static List<ObjectNode> read(Fields body) throws ApiException {
        JsonNode input = body.raw("input");
        if (input.isString()) {
            return List.of(message("user", input.stringValue()));
        }
        if (!input.isArray() || input.isEmpty()) {
            throw body.invalid("input", "must be a text or a list with at least one item");
        }
        List<ObjectNode> items = new ArrayList<>();
        for (Fields item : body.objects("input", MAX_ITEMS)) {
            items.addAll(item(item));
        }
        return items;
    }

    private static List<ObjectNode> item(Fields item) throws ApiException {
        String type = item.text("type", "message");
        return switch (type) {
            case "message" -> List.of(message(role(item), content(item, "content")));
            case "function_call" -> List.of(call(item));
            case "function_call_output" -> List.of(output(item));
            case "reasoning" -> List.of();
            default ->
                throw item.unsupported(
                        "type", "is '" + type + "'; known are message, function_call and function_call_output");
        };
    }

    private static String role(Fields item) throws ApiException {
        String role = item.required("role");
        if (!List.of("user", "assistant", "system", "developer").contains(role)) {
            throw item.invalid("role", "is '" + role + "'; known are user, assistant, system and developer");
        }
        return role;
    }

    static ObjectNode message(String role, String text) {
        ObjectNode item = Json.object();
        item.put("id", Ids.random("msg_"));
        item.put("type", "message");
        item.put("role", role);
        item.put("status", "completed");
        ObjectNode part = item.putArray("content").addObject();
        if (role.equals("assistant")) {
            part.put("type", "output_text").put("text", text);
            part.putArray("annotations");
            part.putArray("logprobs");
        } else {
            part.put("type", "input_text").put("text", text);
        }
        return item;
    }

    private static ObjectNode call(Fields item) throws ApiException {
        ObjectNode call = Json.object();
        call.put("id", Ids.random("fc_"));
        call.put("type", "function_call");
        call.put("call_id", item.required("call_id"));
        call.put("name", item.required("name"));
        String arguments = item.required("arguments");
        call.put("arguments", arguments.isBlank() ? "{}" : arguments);
        call.put("status", "completed");
        return call;
    }

    private static ObjectNode output(Fields item) throws ApiException {
        ObjectNode output = Json.object();
        output.put("id", Ids.random("fco_"));
        output.put("type", "function_call_output");
        output.put("call_id", item.required("call_id"));
        output.put("output", content(item, "output"));
        output.put("status", "completed");
        return output;
    }

    private static String content(Fields item, String member) throws ApiException {
        JsonNode content = item.raw(member);
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw item.invalid(member, "must be a string or a list of parts");
        }
        StringBuilder text = new StringBuilder();
        for (Fields part : item.objects(member, MAX_ITEMS)) {
            String type = part.required("type");
            switch (type) {
                case "input_text", "output_text", "text" -> text.append(part.required("text"));
                case "refusal" -> text.append(part.required("refusal"));
                default -> throw part.unsupported("type", "is '" + type + "'; only text is supported");
            }
        }
        return text.toString();
    }
}
