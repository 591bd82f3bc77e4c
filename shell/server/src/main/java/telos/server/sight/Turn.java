package telos.server.sight;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.inference.sampling.SamplingOptions;
import telos.server.sight.Meters.End;

/** One thing that a model is asked to do, from its start to its end, which is told once. */
public final class Turn {
    /** What is asked, by the words of OpenTelemetry's GenAI conventions. */
    public enum Operation {
        CHAT("chat"),
        TEXT_COMPLETION("text_completion"),
        EMBEDDINGS("embeddings");

        private final String word;

        Operation(String word) {
            this.word = word;
        }
    }

    private final Ledger ledger;
    private final Operation operation;
    private final String model;
    private final String tenant;
    private final Meters.Series series;
    private final @Nullable Visit visit;
    private final long started;
    private final AtomicLong last = new AtomicLong();
    private final StringBuilder answer = new StringBuilder();
    private volatile long toFirst = -1;
    private volatile boolean left;
    private int pieces;

    Turn(Ledger ledger, Operation operation, String model, String tenant, @Nullable Visit visit) {
        this.ledger = ledger;
        this.operation = operation;
        this.model = model;
        this.tenant = tenant;
        this.series = ledger.meters().of(model, tenant);
        this.visit = visit;
        this.started = ledger.now();
    }

    /** The same listener, with a look at when it hears something. */
    public ChatListener heardBy(ChatListener inner) {
        return new ChatListener() {
            @Override
            public void text(String delta, List<TokenProbability> tokens) throws IOException {
                piece();
                if (ledger.tellsWords()) {
                    answer.append(delta);
                }
                noticing(() -> inner.text(delta, tokens));
            }

            @Override
            public void call(int index, String id, String name, String argumentsDelta) throws IOException {
                piece();
                noticing(() -> inner.call(index, id, name, argumentsDelta));
            }

            @Override
            public void waiting() throws IOException {
                noticing(inner::waiting);
            }
        };
    }

    @FunctionalInterface
    private interface Hearing {
        void hear() throws IOException;
    }

    /** A listener that throws is one whose client has gone. */
    private void noticing(Hearing hearing) throws IOException {
        try {
            hearing.hear();
        } catch (IOException e) {
            left = true;
            throw e;
        }
    }

    /** How many pieces of the answer were heard so far; each is a token at least. */
    public int pieces() {
        return pieces;
    }

    private void piece() {
        pieces++;
        long now = ledger.now();
        long before = last.getAndSet(now);
        if (toFirst < 0) {
            toFirst = now - started;
            series.first(toFirst);
            Visit of = visit;
            if (of != null) {
                of.first(toFirst);
            }
        } else {
            series.next(now - before);
        }
    }

    /**
     * It came to this end.
     *
     * @param asked what the model was asked, in words; told only if the owner wants it
     */
    public void ended(ChatOutcome outcome, SamplingOptions sampling, String asked) {
        switch (outcome) {
            case ChatOutcome.Completed completed -> {
                End end = completed.finish() == ChatOutcome.Finish.LENGTH ? End.LENGTH : End.STOP;
                used(completed.usage());
                close(end, completed.finish().name().toLowerCase(Locale.ROOT), "", completed.usage(), sampling, asked);
            }
            case ChatOutcome.Refused refused ->
                close(End.REFUSED, "refused", refused.reason().name().toLowerCase(Locale.ROOT), null, sampling, asked);
            case ChatOutcome.Failed _ -> {
                if (left) {
                    aborted(sampling);
                } else {
                    close(End.FAILED, "failed", "failed", null, sampling, asked);
                }
            }
        }
    }

    /** It was put into vectors. */
    public void embedded(int tokens) {
        ChatOutcome.Usage usage = new ChatOutcome.Usage(tokens, 0, 0);
        used(usage);
        close(End.STOP, "stop", "", usage, null, "");
    }

    /** It was not done, or broke off. */
    public void broken(boolean refused, String why) {
        close(refused ? End.REFUSED : End.FAILED, refused ? "refused" : "failed", why, null, null, "");
    }

    /** Whoever asked does not wait any more. */
    public void aborted(@Nullable SamplingOptions sampling) {
        close(End.ABORT, "abort", "cancelled", null, sampling, "");
    }

    private void used(ChatOutcome.Usage usage) {
        series.used(usage);
        Visit of = visit;
        if (of != null) {
            of.used(usage.prompt(), usage.cached(), usage.completion());
        }
    }

    private void close(
            End end,
            String finish,
            String error,
            ChatOutcome.@Nullable Usage usage,
            @Nullable SamplingOptions sampling,
            String asked) {
        long duration = ledger.now() - started;
        series.ended(end, duration);
        Visit of = visit;
        if (of != null) {
            of.turn(model, finish);
            if (ledger.tellsWords()) {
                of.words(ledger.shortened(asked), ledger.shortened(answer.toString()));
            }
        }
        ledger.span(of, operation.word + " " + model, duration, span -> {
            span.text("gen_ai.operation.name", operation.word)
                    .text("gen_ai.provider.name", "telos")
                    .text("gen_ai.request.model", model)
                    .text("gen_ai.response.model", model)
                    .text("telos.tenant", tenant);
            if (sampling != null) {
                span.whole("gen_ai.request.max_tokens", sampling.maxTokens())
                        .number("gen_ai.request.temperature", sampling.temperature())
                        .number("gen_ai.request.top_p", sampling.topP());
            }
            if (usage != null) {
                span.whole("gen_ai.usage.input_tokens", usage.prompt())
                        .whole("gen_ai.usage.output_tokens", usage.completion())
                        .texts("gen_ai.response.finish_reasons", List.of(finish));
            }
            if (toFirst >= 0) {
                span.number("telos.time_to_first_token", toFirst / 1e9);
            }
            if (ledger.tellsWords() && !asked.isEmpty()) {
                span.text("gen_ai.input.messages", ledger.shortened(asked))
                        .text("gen_ai.output.messages", ledger.shortened(answer.toString()));
            }
            if (!error.isEmpty()) {
                span.text("error.type", error).failed(error);
            }
        });
    }
}
