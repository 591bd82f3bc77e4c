package telos.server.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/chat/completions}. Unknown members are ignored; unsupported values are refused. */
final class ChatRequests {
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_TOOLS = 256;
    private static final int DEFAULT_MAX_TOKENS = 1024;
    private static final double DEFAULT_TEMPERATURE = 0.7;

    private ChatRequests() {}

    static ChatRequest read(JsonNode body, String tenant) throws ApiException {
        refuseUnsupported(body);
        List<ToolSpec> tools = tools(body.path("tools"));
        return new ChatRequest(
                messages(body.path("messages")),
                tools,
                toolChoice(body.path("tool_choice"), tools),
                false,
                form(body.path("response_format")),
                sampling(body),
                OptionalInt.empty(),
                tenant);
    }

    private static void refuseUnsupported(JsonNode body) throws ApiException {
        if (Json.whole(body, "n", 1) != 1) {
            throw ApiException.invalid("'n' must be 1: several choices at once are not supported", "n");
        }
        if (Json.truth(body, "logprobs", false)) {
            throw ApiException.invalid("'logprobs' is not supported", "logprobs");
        }
        JsonNode bias = body.path("logit_bias");
        if (bias.isObject() && !bias.isEmpty()) {
            throw ApiException.invalid("'logit_bias' is not supported", "logit_bias");
        }
    }

    private static SamplingOptions sampling(JsonNode body) throws ApiException {
        long maxTokens = Json.whole(body, "max_completion_tokens", Json.whole(body, "max_tokens", DEFAULT_MAX_TOKENS));
        if (maxTokens < 1 || maxTokens > SamplingOptions.MAX_TOKENS) {
            throw ApiException.invalid(
                    "'max_tokens' must be 1 to " + SamplingOptions.MAX_TOKENS + ", was " + maxTokens, "max_tokens");
        }
        long topK = Json.whole(body, "top_k", 0);
        if (topK < -1 || topK > Integer.MAX_VALUE) {
            throw ApiException.invalid("'top_k' must be 0 or more, was " + topK, "top_k");
        }
        try {
            return new SamplingOptions(
                    Json.number(body, "temperature", DEFAULT_TEMPERATURE),
                    (int) Math.max(0, topK),
                    Json.number(body, "top_p", 1),
                    Json.number(body, "min_p", 0),
                    Json.number(body, "repetition_penalty", 1),
                    Json.number(body, "frequency_penalty", 0),
                    Json.number(body, "presence_penalty", 0),
                    SamplingOptions.greedy(1).penaltyWindow(),
                    Json.whole(body, "seed", System.nanoTime()),
                    stops(body.path("stop")),
                    (int) maxTokens);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()), null);
        }
    }

    private static List<String> stops(JsonNode stop) throws ApiException {
        if (stop.isMissingNode() || stop.isNull()) {
            return List.of();
        }
        if (stop.isString()) {
            return List.of(stop.stringValue());
        }
        if (!stop.isArray()) {
            throw ApiException.invalid("'stop' must be a string or a list of strings", "stop");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : stop) {
            if (!text.isString()) {
                throw ApiException.invalid("'stop' must be a string or a list of strings", "stop");
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    private static List<Message> messages(JsonNode array) throws ApiException {
        if (!array.isArray() || array.isEmpty()) {
            throw ApiException.invalid("'messages' must be a list with at least one message", "messages");
        }
        if (array.size() > MAX_MESSAGES) {
            throw ApiException.invalid("'messages' holds more than " + MAX_MESSAGES + " messages", "messages");
        }
        List<Message> messages = new ArrayList<>();
        Map<String, String> toolOfCall = new HashMap<>();
        for (int i = 0; i < array.size(); i++) {
            messages.add(message(array.get(i), "messages[" + i + "]", toolOfCall));
        }
        return messages;
    }

    private static Message message(JsonNode node, String where, Map<String, String> toolOfCall) throws ApiException {
        @Nullable String role = Json.text(node, "role");
        if (role == null) {
            throw ApiException.invalid("'" + where + ".role' is missing", where + ".role");
        }
        return switch (role) {
            case "system", "developer" -> new Message.System(content(node, where));
            case "user" -> new Message.User(content(node, where));
            case "assistant" -> {
                List<ToolCall> calls = calls(node.path("tool_calls"), where);
                calls.forEach(call -> toolOfCall.put(call.id(), call.name()));
                yield new Message.Assistant(content(node, where), calls);
            }
            case "tool" -> {
                String id = required(node, "tool_call_id", where);
                yield new Message.ToolResult(id, toolOfCall.getOrDefault(id, ""), content(node, where));
            }
            default ->
                throw ApiException.invalid(
                        "'" + where + ".role' is '" + role + "'; known are system, developer, user, assistant and tool",
                        where + ".role");
        };
    }

    private static String content(JsonNode node, String where) throws ApiException {
        JsonNode content = node.path("content");
        if (content.isMissingNode() || content.isNull()) {
            return "";
        }
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw ApiException.invalid("'" + where + ".content' must be a string or a list of parts", where);
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            @Nullable String type = Json.text(part, "type");
            if (!"text".equals(type)) {
                throw ApiException.invalid(
                        "'" + where + ".content' has a part of type '" + type + "'; only text is supported", where);
            }
            text.append(required(part, "text", where));
        }
        return text.toString();
    }

    private static List<ToolCall> calls(JsonNode array, String where) throws ApiException {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : array) {
            JsonNode function = call.path("function");
            @Nullable String arguments = Json.text(function, "arguments");
            calls.add(new ToolCall(
                    required(call, "id", where),
                    required(function, "name", where),
                    arguments == null || arguments.isBlank() ? "{}" : arguments));
        }
        return calls;
    }

    private static List<ToolSpec> tools(JsonNode array) throws ApiException {
        if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
            throw ApiException.invalid("'tools' must be a list", "tools");
        }
        if (array.size() > MAX_TOOLS) {
            throw ApiException.invalid("'tools' holds more than " + MAX_TOOLS + " tools", "tools");
        }
        List<ToolSpec> tools = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String where = "tools[" + i + "]";
            @Nullable String type = Json.text(array.get(i), "type");
            if (!"function".equals(type)) {
                throw ApiException.invalid("'" + where + ".type' must be 'function', was '" + type + "'", where);
            }
            JsonNode function = array.get(i).path("function");
            @Nullable String description = Json.text(function, "description");
            JsonNode parameters = function.path("parameters");
            tools.add(new ToolSpec(
                    required(function, "name", where),
                    description == null ? "" : description,
                    parameters.isObject() ? parameters.toString() : "{\"type\":\"object\",\"properties\":{}}"));
        }
        return tools;
    }

    private static ToolChoice toolChoice(JsonNode node, List<ToolSpec> tools) throws ApiException {
        ToolChoice choice;
        if (node.isMissingNode() || node.isNull()) {
            choice = tools.isEmpty() ? new ToolChoice.None() : new ToolChoice.Auto();
        } else if (node.isString()) {
            choice = switch (node.stringValue()) {
                case "auto" -> new ToolChoice.Auto();
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default ->
                    throw ApiException.invalid(
                            "'tool_choice' must be auto, none, required or a named function", "tool_choice");
            };
        } else {
            choice = new ToolChoice.Named(required(node.path("function"), "name", "tool_choice"));
        }
        if (choice instanceof ToolChoice.Named(String name)
                && tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw ApiException.invalid("'tool_choice' names '" + name + "', which is not in 'tools'", "tool_choice");
        }
        if (choice instanceof ToolChoice.Required && tools.isEmpty()) {
            throw ApiException.invalid("'tool_choice' is required but 'tools' is empty", "tool_choice");
        }
        return choice;
    }

    private static OutputForm form(JsonNode format) throws ApiException {
        if (format.isMissingNode() || format.isNull()) {
            return new OutputForm.Free();
        }
        String type = required(format, "type", "response_format");
        return switch (type) {
            case "text" -> new OutputForm.Free();
            case "json_object" -> new OutputForm.AnyJson();
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema").path("schema");
                if (!schema.isObject()) {
                    throw ApiException.invalid(
                            "'response_format.json_schema.schema' must be an object", "response_format");
                }
                yield new OutputForm.Schema(schema.toString(), false);
            }
            default ->
                throw ApiException.invalid(
                        "'response_format.type' is '" + type + "'; known are "
                                + String.join(", ", Set.of("text", "json_object", "json_schema")),
                        "response_format");
        };
    }

    private static String required(JsonNode node, String member, String where) throws ApiException {
        @Nullable String text = Json.text(node, member);
        if (text == null) {
            throw ApiException.invalid("'" + where + "." + member + "' is missing", where);
        }
        return text;
    }
}
