package telos.inference.chat;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import telos.inference.engine.Ending;
import telos.inference.engine.Engine;
import telos.inference.engine.GenerationRequest;
import telos.inference.engine.Submission;
import telos.inference.engine.TokenListener;
import telos.inference.sampling.Likelihood;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.scheduling.Claim;

/** One turn on the engine, from its submission to its end. */
final class TurnRun {
    private static final long WAIT_SECONDS = 5;

    /** What the engine's thread hands over: a token, or the end. */
    private sealed interface News {
        record Token(int id, @Nullable Likelihood likelihood) implements News {}

        record End(Ending ending) implements News {}
    }

    private final Engine engine;
    private final Dialect.Turn turn;
    private final Hearing hearing;
    private final String echo;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

    /** @param echo what the answer starts with, before anything is generated */
    TurnRun(Engine engine, Dialect.Turn turn, Hearing hearing, String echo) {
        this.engine = engine;
        this.turn = turn;
        this.hearing = hearing;
        this.echo = echo;
    }

    /** @throws IOException if whoever hears it has gone; the turn is cancelled then */
    ChatOutcome run(SamplingOptions sampling, OptionalInt logprobs, Claim claim)
            throws IOException, InterruptedException {
        if (turn.constraint() != null) {
            turn.constraint().remaining(sampling.maxTokens());
        }
        GenerationRequest request =
                new GenerationRequest(turn.prompt(), sampling, turn.constraint(), turn.ends(), logprobs, claim);
        return switch (engine.submit(request, listener())) {
            case Submission.TooLong tooLong -> new ChatOutcome.Refused(ChatOutcome.Reason.TOO_LONG, tooLong.why());
            case Submission.Busy busy -> new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, busy.why());
            case Submission.TooLate tooLate -> new ChatOutcome.Refused(ChatOutcome.Reason.TOO_LATE, tooLate.why());
            case Submission.Accepted accepted -> {
                boolean whole = false;
                try {
                    hearing.text(echo);
                    ChatOutcome outcome = hear(accepted.id());
                    whole = true;
                    yield outcome;
                } finally {
                    if (!whole) {
                        engine.cancel(accepted.id());
                    }
                }
            }
        };
    }

    private TokenListener listener() {
        return new TokenListener() {
            @Override
            public void token(int token) {
                news.add(new News.Token(token, null));
            }

            @Override
            public void token(int token, Likelihood likelihood) {
                news.add(new News.Token(token, likelihood));
            }

            @Override
            public void ended(Ending ending) {
                news.add(new News.End(ending));
            }
        };
    }

    private ChatOutcome hear(long id) throws IOException, InterruptedException {
        TurnReader reader = turn.reader();
        int generated = 0;
        while (true) {
            @Nullable News next = news.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            switch (next) {
                case null -> hearing.waiting();
                case News.Token(int token, @Nullable Likelihood likelihood) -> {
                    generated++;
                    if (likelihood != null) {
                        hearing.token(token, likelihood);
                    }
                    reader.accept(token, hearing);
                    if (reader.stopText().isPresent()) {
                        engine.cancel(id);
                        return completed(false, cached(), generated);
                    }
                }
                case News.End(Ending.Finished finished) -> {
                    return completed(finished.atLimit(), finished.cached(), generated);
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

    /** How much of the prompt was found in memory, from the end of a turn that was cancelled. */
    private int cached() throws InterruptedException {
        while (true) {
            if (news.take() instanceof News.End(Ending ending)) {
                return switch (ending) {
                    case Ending.Cancelled cancelled -> cancelled.cached();
                    case Ending.Finished finished -> finished.cached();
                    case Ending.Faulted _ -> 0;
                };
            }
        }
    }

    private ChatOutcome completed(boolean atLimit, int cached, int generated) throws IOException {
        TurnReader reader = turn.reader();
        reader.finish(hearing);
        Message.Assistant message = reader.message();
        boolean calls = !message.calls().isEmpty() && !reader.broken();
        return new ChatOutcome.Completed(
                new Message.Assistant(echo + message.text(), message.calls()),
                calls ? ChatOutcome.Finish.TOOL_CALLS : atLimit ? ChatOutcome.Finish.LENGTH : ChatOutcome.Finish.STOP,
                reader.stopText(),
                new ChatOutcome.Usage(turn.prompt().length, cached, generated),
                hearing.tokens());
    }
}
