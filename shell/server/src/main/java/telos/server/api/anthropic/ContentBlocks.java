package telos.server.api.anthropic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;

/**
 * Reads messages that are made of content blocks. A user's message may hold results of tools beside text: each becomes a
 * message of its own, in their order.
 */
final class ContentBlocks {
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_BLOCKS = 10_000;

    private final Map<String, String> toolOfCall = new HashMap<>();

    private ContentBlocks() {}

    static List<Message> messages(Fields body) throws ApiException {
        List<Fields> turns = body.objects("messages", MAX_MESSAGES);
        if (turns.isEmpty()) {
            throw body.invalid("messages", "must be a list with at least one message");
        }
        ContentBlocks reader = new ContentBlocks();
        List<Message> messages = new ArrayList<>();
        for (Fields turn : turns) {
            String role = turn.required("role");
            switch (role) {
                case "user" -> messages.addAll(reader.user(turn));
                case "assistant" -> messages.add(reader.assistant(turn));
                case "system" -> messages.add(new Message.System(text(turn)));
                default -> throw turn.invalid("role", "is '" + role + "'; known are user and assistant");
            }
        }
        if (messages.getLast() instanceof Message.Assistant) {
            throw body.unsupported("messages", "must end with the user's: answers that are begun are not supported");
        }
        return messages;
    }

    private List<Message> user(Fields turn) throws ApiException {
        if (turn.raw("content").isString()) {
            return List.of(new Message.User(turn.required("content")));
        }
        List<Message> messages = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Fields block : blocks(turn)) {
            String type = block.required("type");
            switch (type) {
                case "text" -> text.append(block.required("text"));
                case "tool_result" -> {
                    said(text, messages);
                    String id = block.required("tool_use_id");
                    messages.add(new Message.ToolResult(id, toolOfCall.getOrDefault(id, ""), text(block)));
                }
                default -> throw block.unsupported("type", "is '" + type + "'; known are text and tool_result");
            }
        }
        said(text, messages);
        if (messages.isEmpty()) {
            throw turn.invalid("content", "must hold a text that is not empty, or the result of a tool");
        }
        return messages;
    }

    private static void said(StringBuilder text, List<Message> messages) {
        if (!text.isEmpty()) {
            messages.add(new Message.User(text.toString()));
            text.setLength(0);
        }
    }

    private Message assistant(Fields turn) throws ApiException {
        if (turn.raw("content").isString()) {
            return new Message.Assistant(turn.required("content"), List.of());
        }
        StringBuilder text = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        for (Fields block : blocks(turn)) {
            String type = block.required("type");
            switch (type) {
                case "text" -> text.append(block.required("text"));
                case "tool_use" -> {
                    ToolCall call = new ToolCall(
                            block.required("id"), block.required("name"), arguments(block.object("input")));
                    toolOfCall.put(call.id(), call.name());
                    calls.add(call);
                }
                case "thinking", "redacted_thinking" -> {}
                default -> throw block.unsupported("type", "is '" + type + "'; known are text and tool_use");
            }
        }
        return new Message.Assistant(text.toString(), calls);
    }

    private static String arguments(Fields input) {
        return input.node().isMissingNode() ? "{}" : input.node().toString();
    }

    /** The text of a message or of a tool's result. */
    private static String text(Fields holder) throws ApiException {
        if (!holder.has("content") || holder.raw("content").isString()) {
            return holder.text("content", "");
        }
        StringBuilder text = new StringBuilder();
        for (Fields block : blocks(holder)) {
            String type = block.required("type");
            if (!type.equals("text")) {
                throw block.unsupported("type", "is '" + type + "'; only text is supported");
            }
            text.append(block.required("text"));
        }
        return text.toString();
    }

    private static List<Fields> blocks(Fields holder) throws ApiException {
        if (!holder.raw("content").isArray()) {
            throw holder.invalid("content", "must be a string or a list of blocks");
        }
        return holder.objects("content", MAX_BLOCKS);
    }
}
