package telos.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.kernel.Message;
import telos.kernel.ToolCall;

/** A model that says what a test told it to. */
final class ScriptedModel implements ServedModel {
    private final String name;
    private final Deque<ChatOutcome> outcomes = new ArrayDeque<>();
    final List<ChatRequest> requests = new ArrayList<>();

    ScriptedModel(String name) {
        this.name = name;
    }

    ScriptedModel then(ChatOutcome outcome) {
        outcomes.add(outcome);
        return this;
    }

    static ChatOutcome says(String text) {
        return new ChatOutcome.Completed(
                new Message.Assistant(text, List.of()), ChatOutcome.Finish.STOP, new ChatOutcome.Usage(7, 3, 2));
    }

    static ChatOutcome calls(String tool, String arguments) {
        return new ChatOutcome.Completed(
                new Message.Assistant("", List.of(new ToolCall("c1", tool, arguments))),
                ChatOutcome.Finish.TOOL_CALLS,
                new ChatOutcome.Usage(7, 3, 2));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(name, "/models/" + name, "llama", 10, 20, 30);
    }

    @Override
    public MemoryReport memory() {
        return new MemoryReport(
                new MemoryReport.Blocks(8, 2, 1, 5, 16),
                0.5,
                List.of(new MemoryReport.Sequence(1, name, 16, 2, "running")));
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) {
        requests.add(request);
        ChatOutcome outcome = outcomes.remove();
        try {
            if (outcome instanceof ChatOutcome.Completed completed) {
                for (String word : completed.message().text().split("(?<= )", -1)) {
                    if (!word.isEmpty()) {
                        listener.text(word, List.of());
                    }
                }
            }
        } catch (IOException e) {
            return new ChatOutcome.Failed("the client went away");
        }
        return outcome;
    }

    @Override
    public void close() {}
}
