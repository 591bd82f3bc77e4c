package telos.server.api.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.kernel.ToolCall;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the parts of a chat completion.
 *
 * @param logprobs whether they were asked for
 */
record ChatAnswers(String id, long created, String model, boolean logprobs) {

    ObjectNode whole(List<ChatOutcome.Completed> choices) {
        ObjectNode answer = head("chat.completion");
        ArrayNode array = answer.putArray("choices");
        for (int i = 0; i < choices.size(); i++) {
            array.add(choice(i, choices.get(i)));
        }
        answer.set("usage", UsageReport.of(choices));
        return answer;
    }

    private ObjectNode choice(int index, ChatOutcome.Completed completed) {
        ObjectNode choice = Json.object();
        choice.put("index", index);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        String text = completed.message().text();
        boolean calls = !completed.message().calls().isEmpty();
        message.put("content", calls && text.isEmpty() ? null : text);
        message.putNull("refusal");
        if (calls) {
            ArrayNode array = message.putArray("tool_calls");
            for (ToolCall call : completed.message().calls()) {
                array.add(named(Json.object(), call.id(), call.name(), call.arguments()));
            }
        }
        choice.set("logprobs", logprobs ? Logprobs.chat(completed.tokens()) : null);
        choice.put("finish_reason", finish(completed.finish()));
        return choice;
    }

    /** One chunk of a stream, for one choice. */
    ObjectNode chunk(int index, ObjectNode delta, List<TokenProbability> tokens, @Nullable String finish) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", index);
        choice.set("delta", delta);
        choice.set("logprobs", logprobs && !tokens.isEmpty() ? Logprobs.chat(tokens) : null);
        choice.put("finish_reason", finish);
        return chunk;
    }

    /** The last chunk of a stream whose client wants to know the usage. */
    ObjectNode usage(List<ChatOutcome.Completed> choices) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", UsageReport.of(choices));
        return chunk;
    }

    /** A call, or the first piece of one: only it has an id, a type and a name. */
    static ObjectNode named(ObjectNode node, String id, String name, String arguments) {
        node.put("id", id);
        node.put("type", "function");
        node.putObject("function").put("name", name).put("arguments", arguments);
        return node;
    }

    static String finish(ChatOutcome.Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
        };
    }

    private ObjectNode head(String object) {
        ObjectNode head = Json.object();
        head.put("id", id);
        head.put("object", object);
        head.put("created", created);
        head.put("model", model);
        return head;
    }
}
