package telos.server.api.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the parts of a text completion, which are the same whole and streamed.
 *
 * @param choices of one prompt
 */
record CompletionAnswers(String id, long created, String model, int choices) {

    ObjectNode whole(List<ChatOutcome.Completed> completed) {
        ObjectNode answer = head();
        ArrayNode array = answer.putArray("choices");
        for (int i = 0; i < completed.size(); i++) {
            ChatOutcome.Completed one = completed.get(i);
            array.add(choice(i, one.message().text(), one.tokens(), 0, ChatAnswers.finish(one.finish())));
        }
        answer.set("usage", usage(completed));
        return answer;
    }

    ObjectNode chunk(int index, String text, List<TokenProbability> tokens, int offset, @Nullable String finish) {
        ObjectNode chunk = head();
        chunk.putArray("choices").add(choice(index, text, tokens, offset, finish));
        return chunk;
    }

    ObjectNode last(List<ChatOutcome.Completed> completed) {
        ObjectNode chunk = head();
        chunk.putArray("choices");
        chunk.set("usage", usage(completed));
        return chunk;
    }

    /** Prompts are counted once each, however many choices they have. */
    private ObjectNode usage(List<ChatOutcome.Completed> completed) {
        int prompt = 0;
        int cached = 0;
        int generated = 0;
        for (int i = 0; i < completed.size(); i++) {
            ChatOutcome.Usage usage = completed.get(i).usage();
            generated += usage.completion();
            if (i % choices == 0) {
                prompt += usage.prompt();
                cached += usage.cached();
            }
        }
        return UsageReport.of(prompt, cached, generated);
    }

    private static ObjectNode choice(
            int index, String text, List<TokenProbability> tokens, int offset, @Nullable String finish) {
        ObjectNode choice = Json.object();
        choice.put("text", text);
        choice.put("index", index);
        choice.set("logprobs", tokens.isEmpty() ? null : Logprobs.text(tokens, offset));
        choice.put("finish_reason", finish);
        return choice;
    }

    private ObjectNode head() {
        ObjectNode head = Json.object();
        head.put("id", id);
        head.put("object", "text_completion");
        head.put("created", created);
        head.put("model", model);
        return head;
    }
}
