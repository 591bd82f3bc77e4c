package telos.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.Detokenized;
import telos.inference.chat.Embedded;
import telos.inference.chat.EmbeddingRequest;
import telos.inference.chat.Patience;
import telos.inference.chat.Prompted;
import telos.inference.chat.TokenProbability;
import telos.inference.chat.Tokenized;
import telos.kernel.Message;
import telos.kernel.ToolCall;

/** A model that does as a test tells it, one turn after the other; a token of it is a character. */
public final class FakeModel implements ServedModel {
    /** One turn. */
    @FunctionalInterface
    public interface Turn {
        ChatOutcome take(OptionalInt logprobs, ChatListener listener) throws IOException, InterruptedException;
    }

    public final BlockingQueue<ChatRequest> chats = new LinkedBlockingQueue<>();
    public final BlockingQueue<CompletionRequest> completions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();

    public FakeModel then(Turn turn) {
        turns.add(turn);
        return this;
    }

    /** A text, heard word by word. */
    public static Turn says(String text) {
        return says(text, ChatOutcome.Finish.STOP, Optional.empty());
    }

    public static Turn says(String text, ChatOutcome.Finish finish, Optional<String> stop) {
        return (logprobs, listener) -> {
            List<TokenProbability> tokens = new ArrayList<>();
            for (String word : text.split("(?<= )", -1)) {
                TokenProbability token = token(word, -0.5, List.of(token(word, -0.5, List.of())));
                tokens.add(token);
                listener.text(word, logprobs.isPresent() ? List.of(token) : List.of());
            }
            return new ChatOutcome.Completed(
                    new Message.Assistant(text, List.of()),
                    finish,
                    stop,
                    new ChatOutcome.Usage(7, 3, tokens.size()),
                    logprobs.isPresent() ? tokens : List.of());
        };
    }

    /** Calls, heard in pieces of three characters. */
    public static Turn calls(ToolCall... calls) {
        return (_, listener) -> {
            for (int i = 0; i < calls.length; i++) {
                String arguments = calls[i].arguments();
                listener.call(i, calls[i].id(), calls[i].name(), "");
                for (int at = 0; at < arguments.length(); at += 3) {
                    listener.call(i, "", "", arguments.substring(at, Math.min(at + 3, arguments.length())));
                }
            }
            return new ChatOutcome.Completed(
                    new Message.Assistant("", List.of(calls)),
                    ChatOutcome.Finish.TOOL_CALLS,
                    new ChatOutcome.Usage(7, 3, 5));
        };
    }

    public static Turn ends(ChatOutcome outcome) {
        return (_, _) -> outcome;
    }

    private static TokenProbability token(String text, double logprob, List<TokenProbability> alternatives) {
        return new TokenProbability(text, text.getBytes(StandardCharsets.UTF_8), logprob, alternatives);
    }

    private ChatOutcome next(OptionalInt logprobs, ChatListener listener) throws InterruptedException {
        Turn turn = turns.poll();
        if (turn == null) {
            return new ChatOutcome.Failed("the test scripted no more turns");
        }
        try {
            return turn.take(logprobs, listener);
        } catch (IOException e) {
            return new ChatOutcome.Failed("the client went away");
        }
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription("fake", "/models/fake", "llama", 10, 20, 30);
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        chats.add(request);
        return next(request.logprobs(), listener);
    }

    @Override
    public ChatOutcome complete(CompletionRequest request, ChatListener listener) throws InterruptedException {
        completions.add(request);
        return next(request.logprobs(), listener);
    }

    @Override
    public Embedded embed(EmbeddingRequest request, Patience patience) {
        if (request.dimensions().orElse(2) != 2) {
            return new Embedded.Refused(ChatOutcome.Reason.UNSUPPORTED, "dimensions must be 2 or absent");
        }
        int[] lengths = request.inputs().stream().mapToInt(FakeModel::length).toArray();
        return new Embedded.Vectors(
                IntStream.of(lengths)
                        .mapToObj(length -> new float[] {length, -0.5f})
                        .toList(),
                IntStream.of(lengths).sum());
    }

    private static int length(CompletionRequest.Prompt prompt) {
        return switch (prompt) {
            case CompletionRequest.Prompt.Text(String text) -> text.length();
            case CompletionRequest.Prompt.Tokens(List<Integer> tokens) -> tokens.size();
        };
    }

    @Override
    public Tokenized tokenize(String text, boolean special) {
        return new Tokenized.Tokens(text.chars().boxed().toList());
    }

    @Override
    public Detokenized detokenize(List<Integer> tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            if (token > 127) {
                return new Detokenized.Refused(ChatOutcome.Reason.INVALID, "there is no token " + token);
            }
            text.append((char) token);
        }
        return new Detokenized.Text(text.toString());
    }

    @Override
    public Prompted promptTokens(ChatRequest request) {
        return new Prompted.Tokens(request.messages().stream()
                .mapToInt(message -> message.text().length())
                .sum());
    }

    @Override
    public void close() {}
}
