package telos.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.ToolChoice;
import telos.inference.gguf.GgufException;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.DaemonOptions;
import telos.server.LocalModel;
import telos.tools.Catalogue;

/** A model that is given one request at a time and the tools' descriptions, as an agent would. It decodes greedily. */
final class Operator implements AutoCloseable {
    /** Enough for any call; random weights would ramble on. */
    private static final int FIRST_MOVE = 120;

    private static final int ANSWER = 400;

    private final LocalModel model;

    private Operator(LocalModel model) {
        this.model = model;
    }

    static Operator load(Path file, Path home) throws BenchException {
        DaemonOptions options = DaemonOptions.at(home);
        try {
            return new Operator(LocalModel.load("bench", file, options));
        } catch (GgufException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The first move: calls, or words. */
    Message.Assistant answer(String request) throws BenchException, InterruptedException {
        return turn(List.of(new Message.User(request)), FIRST_MOVE);
    }

    /** What it says once its call has come back with {@code result}. */
    Message.Assistant answer(String request, ToolCall call, String result) throws BenchException, InterruptedException {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.User(request));
        messages.add(new Message.Assistant("", List.of(call)));
        messages.add(new Message.ToolResult(call.id(), call.name(), result));
        return turn(messages, ANSWER);
    }

    private Message.Assistant turn(List<Message> messages, int maxTokens) throws BenchException, InterruptedException {
        ChatRequest request = ChatRequest.of(
                messages, Catalogue.specs(), new ToolChoice.Auto(), SamplingOptions.greedy(maxTokens), "bench");
        return switch (model.generate(request, ChatListener.silent())) {
            case ChatOutcome.Completed completed -> completed.message();
            case ChatOutcome.Refused refused -> throw new BenchException("the model refused: " + refused.why());
            case ChatOutcome.Failed failed -> throw new BenchException("the model failed: " + failed.why());
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
