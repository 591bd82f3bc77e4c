package telos.inference.chat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import telos.inference.engine.Ending;
import telos.inference.engine.Engine;
import telos.inference.engine.GenerationRequest;
import telos.inference.engine.Submission;
import telos.inference.engine.TokenListener;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;

/** A local model that people talk to: it puts requests into the model's dialect and runs them on the engine. */
public final class ChatModel {
    private static final long WAIT_SECONDS = 5;

    /** What the engine's thread hands over: a token, or the end. */
    private sealed interface News {
        record Token(int id) implements News {}

        record End(Ending ending) implements News {}
    }

    private final Engine engine;
    private final Dialect dialect;
    private final int context;

    /** @param context the longest sequence in tokens */
    ChatModel(Engine engine, Dialect dialect, int context) {
        this.engine = engine;
        this.dialect = dialect;
        this.context = context;
    }

    /**
     * Runs one turn; the calling thread waits and hears it.
     *
     * @throws InterruptedException if the thread was interrupted; the turn is cancelled
     */
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        Dialect.Turn turn;
        try {
            turn = dialect.turn(request);
        } catch (Dialect.Unspeakable e) {
            return new ChatOutcome.Refused(ChatOutcome.Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
        if (turn.prompt().length == 0) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.INVALID, "the model's chat template makes an empty prompt of these messages");
        }
        int room = context - turn.prompt().length;
        if (room < 1) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.TOO_LONG,
                    "the prompt has " + turn.prompt().length + " tokens, and this model's context is " + context
                            + "; shorten it, or start the daemon with a larger --context if the model allows");
        }
        SamplingOptions sampling = request.sampling()
                .withMaxTokens(Math.min(room, request.sampling().maxTokens()));
        if (turn.constraint() != null) {
            turn.constraint().remaining(sampling.maxTokens());
        }
        BlockingQueue<News> news = new LinkedBlockingQueue<>();
        TokenListener hearing = new TokenListener() {
            @Override
            public void token(int token) {
                news.add(new News.Token(token));
            }

            @Override
            public void ended(Ending ending) {
                news.add(new News.End(ending));
            }
        };
        return switch (engine.submit(
                new GenerationRequest(turn.prompt(), sampling, turn.constraint(), turn.ends(), request.tenant()),
                hearing)) {
            case Submission.TooLong tooLong -> new ChatOutcome.Refused(ChatOutcome.Reason.TOO_LONG, tooLong.why());
            case Submission.Busy busy -> new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, busy.why());
            case Submission.Accepted accepted -> {
                boolean whole = false;
                try {
                    ChatOutcome outcome = hear(turn, news, listener);
                    whole = true;
                    yield outcome;
                } catch (IOException e) {
                    yield new ChatOutcome.Failed("the client went away");
                } finally {
                    if (!whole || turn.reader().stopped()) {
                        engine.cancel(accepted.id());
                    }
                }
            }
        };
    }

    private static ChatOutcome hear(Dialect.Turn turn, BlockingQueue<News> news, ChatListener listener)
            throws IOException, InterruptedException {
        TurnReader reader = turn.reader();
        int generated = 0;
        while (true) {
            @Nullable News next = news.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            switch (next) {
                case null -> listener.waiting();
                case News.Token(int token) -> {
                    generated++;
                    say(listener, reader.accept(token));
                    if (reader.stopped()) {
                        return completed(turn, false, 0, generated, listener);
                    }
                }
                case News.End(Ending.Finished finished) -> {
                    return completed(turn, finished.atLimit(), finished.cached(), generated, listener);
                }
                case News.End(Ending.Faulted faulted) -> {
                    return new ChatOutcome.Failed(faulted.why());
                }
                case News.End(Ending.Cancelled _) -> {
                    return new ChatOutcome.Failed("the request was cancelled");
                }
            }
        }
    }

    private static ChatOutcome completed(
            Dialect.Turn turn, boolean atLimit, int cached, int generated, ChatListener listener) throws IOException {
        say(listener, turn.reader().finish());
        Message.Assistant message = turn.reader().message();
        ChatOutcome.Finish finish = !message.calls().isEmpty()
                ? ChatOutcome.Finish.TOOL_CALLS
                : atLimit ? ChatOutcome.Finish.LENGTH : ChatOutcome.Finish.STOP;
        return new ChatOutcome.Completed(
                message, finish, new ChatOutcome.Usage(turn.prompt().length, cached, generated));
    }

    private static void say(ChatListener listener, String text) throws IOException {
        if (!text.isEmpty()) {
            listener.text(text, List.of());
        }
    }
}
