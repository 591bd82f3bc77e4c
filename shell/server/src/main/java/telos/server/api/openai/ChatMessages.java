package telos.server.api.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a conversation; a tool's result is joined with the call that it answers. */
final class ChatMessages {
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_PARTS = 10_000;
    private static final Set<String> TEXT_PARTS = Set.of("text", "input_text", "output_text", "refusal");

    private final Map<String, String> toolOfCall = new HashMap<>();

    private ChatMessages() {}

    static List<Message> read(Fields body) throws ApiException {
        if (!body.raw("messages").isArray() || body.raw("messages").isEmpty()) {
            throw body.invalid("messages", "must be a list with at least one message");
        }
        ChatMessages reader = new ChatMessages();
        List<Message> messages = new ArrayList<>();
        for (Fields message : body.objects("messages", MAX_MESSAGES)) {
            messages.add(reader.message(message));
        }
        return messages;
    }

    private Message message(Fields message) throws ApiException {
        String role = message.required("role");
        return switch (role) {
            case "system", "developer" -> new Message.System(content(message));
            case "user" -> new Message.User(content(message));
            case "assistant" -> new Message.Assistant(content(message), calls(message));
            case "tool" -> {
                String id = message.required("tool_call_id");
                yield new Message.ToolResult(id, toolOfCall.getOrDefault(id, ""), content(message));
            }
            default ->
                throw message.invalid(
                        "role", "is '" + role + "'; known are system, developer, user, assistant and tool");
        };
    }

    /** A text, or the texts of a list of parts together. */
    static String content(Fields message) throws ApiException {
        JsonNode content = message.raw("content");
        if (content.isMissingNode()) {
            return "";
        }
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw message.invalid("content", "must be a string or a list of parts");
        }
        StringBuilder text = new StringBuilder();
        for (Fields part : message.objects("content", MAX_PARTS)) {
            String type = part.required("type");
            if (!TEXT_PARTS.contains(type)) {
                throw part.unsupported("type", "is '" + type + "'; only text is supported");
            }
            text.append(part.required(type.equals("refusal") ? "refusal" : "text"));
        }
        return text.toString();
    }

    private List<ToolCall> calls(Fields message) throws ApiException {
        List<ToolCall> calls = new ArrayList<>();
        for (Fields call : message.objects("tool_calls", MAX_PARTS)) {
            Fields function = call.object("function");
            String arguments = function.text("arguments", "");
            ToolCall read = new ToolCall(
                    call.required("id"), function.required("name"), arguments.isBlank() ? "{}" : arguments);
            toolOfCall.put(read.id(), read.name());
            calls.add(read);
        }
        return calls;
    }
}
