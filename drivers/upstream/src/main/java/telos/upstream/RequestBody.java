package telos.upstream;

import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request in OpenAI's dialect (API reference, Chat). */
final class RequestBody {
    private static final JsonMapper JSON = JsonMapper.shared();

    private RequestBody() {}

    static String of(String model, UpstreamRequest request) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        ArrayNode messages = body.putArray("messages");
        request.messages().forEach(message -> message(messages.addObject(), message));
        if (!request.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> tool(tools.addObject(), tool));
            if (request.toolChoice().startsWith("=")) {
                ObjectNode choice = body.putObject("tool_choice");
                choice.put("type", "function");
                choice.putObject("function").put("name", request.toolChoice().substring(1));
            } else {
                body.put("tool_choice", request.toolChoice());
            }
            if (!request.parallelCalls()) {
                body.put("parallel_tool_calls", false);
            }
        }
        request.schema().ifPresent(schema -> {
            ObjectNode format = body.putObject("response_format");
            format.put("type", "json_schema");
            ObjectNode inner = format.putObject("json_schema");
            inner.put("name", "answer");
            inner.put("strict", true);
            inner.set("schema", JSON.readTree(schema));
        });
        request.numbers().forEach((name, number) -> {
            if (number instanceof Double || number instanceof Float) {
                body.put(name, number.doubleValue());
            } else {
                body.put(name, number.longValue());
            }
        });
        if (!request.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            request.stop().forEach(stop::add);
        }
        return body.toString();
    }

    private static void message(ObjectNode node, Message message) {
        switch (message) {
            case Message.System system -> node.put("role", "system").put("content", system.text());
            case Message.User user -> node.put("role", "user").put("content", user.text());
            case Message.ToolResult result ->
                node.put("role", "tool").put("tool_call_id", result.callId()).put("content", result.text());
            case Message.Assistant assistant -> {
                node.put("role", "assistant").put("content", assistant.text());
                if (!assistant.calls().isEmpty()) {
                    ArrayNode calls = node.putArray("tool_calls");
                    for (ToolCall call : assistant.calls()) {
                        ObjectNode entry =
                                calls.addObject().put("id", call.id()).put("type", "function");
                        entry.putObject("function").put("name", call.name()).put("arguments", call.arguments());
                    }
                }
            }
        }
    }

    private static void tool(ObjectNode node, ToolSpec tool) {
        node.put("type", "function");
        ObjectNode function = node.putObject("function");
        function.put("name", tool.name());
        function.put("description", tool.description());
        try {
            function.set("parameters", JSON.readTree(tool.parameters()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the parameters of tool " + tool.name() + " are not JSON", e);
        }
    }
}
