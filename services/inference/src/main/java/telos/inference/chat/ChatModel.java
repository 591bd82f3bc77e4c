package telos.inference.chat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import telos.inference.constraint.Constraint;
import telos.inference.engine.Engine;
import telos.inference.sampling.SamplingOptions;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.scheduling.Claim;

/** A local model that people talk to: it puts requests into the model's dialect and runs them on the engine. */
public final class ChatModel {
    private final Engine engine;
    private final Dialect dialect;
    private final Tokenizer tokenizer;
    private final CallForms forms;
    private final int context;

    /** @param context the longest sequence in tokens */
    ChatModel(Engine engine, Dialect dialect, Tokenizer tokenizer, CallForms forms, int context) {
        this.engine = engine;
        this.dialect = dialect;
        this.tokenizer = tokenizer;
        this.forms = forms;
        this.context = context;
    }

    /**
     * Runs one turn; the calling thread waits and hears it.
     *
     * @throws InterruptedException if the thread was interrupted; the turn is cancelled
     */
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        try {
            Dialect.Turn turn = dialect.turn(request);
            if (turn.prompt().length == 0) {
                return new ChatOutcome.Refused(
                        ChatOutcome.Reason.INVALID,
                        "the model's chat template makes an empty prompt of these messages");
            }
            return run(turn, request.sampling(), request.logprobs(), request.claim(), "", listener);
        } catch (Dialect.Unspeakable e) {
            return new ChatOutcome.Refused(ChatOutcome.Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Goes on with a text, without a chat template; the calling thread waits and hears it.
     *
     * @throws InterruptedException if the thread was interrupted; the turn is cancelled
     */
    public ChatOutcome complete(CompletionRequest request, ChatListener listener) throws InterruptedException {
        if (request.echo() && request.logprobs().isPresent()) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.UNSUPPORTED,
                    "the probabilities of a prompt's own tokens are not told; leave out echo or logprobs");
        }
        int[] prompt = input(request.prompt());
        if (prompt.length == 0) {
            return new ChatOutcome.Refused(ChatOutcome.Reason.INVALID, "the prompt is empty: give at least one token");
        }
        OptionalInt stranger = stranger(prompt);
        if (stranger.isPresent()) {
            return new ChatOutcome.Refused(ChatOutcome.Reason.INVALID, noSuchToken("prompt", stranger.getAsInt()));
        }
        try {
            Constraint constraint = forms.answer(request.form()).orElse(null);
            Dialect.Turn turn = new Dialect.Turn(
                    prompt,
                    constraint,
                    tokenizer.endOfGeneration(),
                    new TextReader(tokenizer, prompt, request.sampling().stop()));
            String echo = request.echo() ? tokenizer.decode(prompt) : "";
            return run(turn, request.sampling(), request.logprobs(), request.claim(), echo, listener);
        } catch (Dialect.Unspeakable e) {
            return new ChatOutcome.Refused(ChatOutcome.Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    private ChatOutcome run(
            Dialect.Turn turn,
            SamplingOptions asked,
            OptionalInt logprobs,
            Claim claim,
            String echo,
            ChatListener listener)
            throws InterruptedException {
        int room = context - turn.prompt().length;
        if (room < 1) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.TOO_LONG,
                    "the prompt has " + turn.prompt().length + " tokens, and this model's context is " + context
                            + "; shorten it, or start the daemon with a larger --context if the model allows");
        }
        OptionalInt stranger = stranger(
                asked.logitBias().keySet().stream().mapToInt(Integer::intValue).toArray());
        if (stranger.isPresent()) {
            return new ChatOutcome.Refused(ChatOutcome.Reason.INVALID, noSuchToken("logit_bias", stranger.getAsInt()));
        }
        SamplingOptions sampling = asked.withMaxTokens(Math.min(room, asked.maxTokens()));
        try {
            return new TurnRun(engine, turn, new Hearing(tokenizer, listener), echo).run(sampling, logprobs, claim);
        } catch (IOException e) {
            return new ChatOutcome.Failed("the client went away");
        }
    }

    /**
     * Puts texts into vectors: the mean of the model's final normalised hidden states over the tokens of the text (with
     * the token that the model expects at the start of its input), brought to length 1. A text gives the same bits alone
     * and in company. The calling thread waits.
     *
     * @throws InterruptedException if the thread was interrupted; what was not done yet is cancelled
     */
    public Embedded embed(EmbeddingRequest request, Patience patience) throws InterruptedException {
        List<int[]> inputs = request.inputs().stream().map(this::input).toList();
        for (int[] input : inputs) {
            OptionalInt stranger = stranger(input);
            if (stranger.isPresent()) {
                return new Embedded.Refused(ChatOutcome.Reason.INVALID, noSuchToken("input", stranger.getAsInt()));
            }
        }
        return new Embedding(engine, context, request, patience).of(inputs);
    }

    /**
     * Cuts a text into tokens.
     *
     * @param special whether names of control tokens in the text become those tokens
     */
    public Tokenized tokenize(String text, boolean special) {
        return new Tokenized.Tokens(
                Arrays.stream(tokenizer.encode(text, special)).boxed().toList());
    }

    public Detokenized detokenize(List<Integer> tokens) {
        int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
        OptionalInt stranger = stranger(ids);
        return stranger.isPresent()
                ? new Detokenized.Refused(ChatOutcome.Reason.INVALID, noSuchToken("tokens", stranger.getAsInt()))
                : new Detokenized.Text(tokenizer.decode(ids));
    }

    /** How long the prompt of a request is. */
    public Prompted promptTokens(ChatRequest request) {
        try {
            return new Prompted.Tokens(dialect.prompt(request).length);
        } catch (Dialect.Unspeakable e) {
            return new Prompted.Refused(ChatOutcome.Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    /** A text as the model expects its input; tokens as they are. */
    private int[] input(CompletionRequest.Prompt prompt) {
        return switch (prompt) {
            case CompletionRequest.Prompt.Text(String text) -> tokenizer.withBegin(tokenizer.encode(text, false));
            case CompletionRequest.Prompt.Tokens(List<Integer> tokens) ->
                tokens.stream().mapToInt(Integer::intValue).toArray();
        };
    }

    private OptionalInt stranger(int[] tokens) {
        return Arrays.stream(tokens)
                .filter(token -> token < 0 || token >= tokenizer.size())
                .findFirst();
    }

    private String noSuchToken(String where, int token) {
        return where + " names token " + token + ", and this model's tokens are 0 to " + (tokenizer.size() - 1);
    }
}
