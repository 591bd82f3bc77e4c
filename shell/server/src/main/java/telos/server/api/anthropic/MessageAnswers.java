package telos.server.api.anthropic;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatOutcome;
import telos.kernel.ToolCall;
import telos.server.api.http.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages and the parts of them. */
record MessageAnswers(String id, String model) {

    ObjectNode whole(ChatOutcome.Completed completed) {
        ObjectNode message = head();
        ArrayNode content = message.putArray("content");
        if (!completed.message().text().isEmpty()) {
            content.add(text(completed.message().text()));
        }
        for (ToolCall call : completed.message().calls()) {
            content.add(use(call.id(), call.name(), input(call.arguments())));
        }
        stop(message, completed);
        message.set("usage", usage(completed.usage()));
        return message;
    }

    /** The message of a stream's start: without content, and the end not known. */
    ObjectNode begun(int promptTokens) {
        ObjectNode message = head();
        message.putArray("content");
        message.putNull("stop_reason");
        message.putNull("stop_sequence");
        message.set("usage", usage(new ChatOutcome.Usage(promptTokens, 0, 0)));
        return message;
    }

    private ObjectNode head() {
        ObjectNode message = Json.object();
        message.put("id", id);
        message.put("type", "message");
        message.put("role", "assistant");
        message.put("model", model);
        return message;
    }

    static ObjectNode text(String text) {
        ObjectNode block = Json.object();
        block.put("type", "text");
        block.put("text", text);
        block.putNull("citations");
        return block;
    }

    static ObjectNode use(String id, String name, ObjectNode input) {
        ObjectNode block = Json.object();
        block.put("type", "tool_use");
        block.put("id", id);
        block.put("name", name);
        block.set("input", input);
        return block;
    }

    /** The arguments of a call as an object; those of a call that was cut short are kept as text. */
    private static ObjectNode input(String arguments) {
        try {
            return Json.parse(arguments) instanceof ObjectNode object ? object : kept(arguments);
        } catch (JacksonException e) {
            return kept(arguments);
        }
    }

    private static ObjectNode kept(String arguments) {
        return Json.object().put("arguments", arguments);
    }

    static void stop(ObjectNode node, ChatOutcome.Completed completed) {
        Optional<String> text = completed.stopText();
        node.put(
                "stop_reason",
                switch (completed.finish()) {
                    case STOP -> text.isPresent() ? "stop_sequence" : "end_turn";
                    case LENGTH -> "max_tokens";
                    case TOOL_CALLS -> "tool_use";
                });
        @Nullable String stop = completed.finish() == ChatOutcome.Finish.STOP ? text.orElse(null) : null;
        node.put("stop_sequence", stop);
    }

    /** Tokens that were found in memory are not among the input tokens here. */
    static ObjectNode usage(ChatOutcome.Usage usage) {
        ObjectNode node = Json.object();
        node.put("input_tokens", usage.prompt() - usage.cached());
        node.put("output_tokens", usage.completion());
        node.put("cache_creation_input_tokens", 0);
        node.put("cache_read_input_tokens", usage.cached());
        node.putNull("cache_creation");
        node.putNull("server_tool_use");
        node.put("service_tier", "standard");
        return node;
    }
}
