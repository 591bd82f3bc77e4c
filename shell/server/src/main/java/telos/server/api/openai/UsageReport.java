package telos.server.api.openai;

import java.util.List;
import telos.inference.chat.ChatOutcome;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes the usage of chat and text completions. */
final class UsageReport {
    private UsageReport() {}

    /** @param choices of one prompt, which is counted once */
    static ObjectNode of(List<ChatOutcome.Completed> choices) {
        ChatOutcome.Usage first = choices.getFirst().usage();
        int completion =
                choices.stream().mapToInt(choice -> choice.usage().completion()).sum();
        return of(first.prompt(), first.cached(), completion);
    }

    static ObjectNode of(int prompt, int cached, int completion) {
        ObjectNode node = Json.object();
        node.put("prompt_tokens", prompt);
        node.put("completion_tokens", completion);
        node.put("total_tokens", prompt + completion);
        node.putObject("prompt_tokens_details").put("cached_tokens", cached);
        node.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        return node;
    }
}
