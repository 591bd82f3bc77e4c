package telos.server;

import java.util.List;
import java.util.Optional;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.Detokenized;
import telos.inference.chat.Embedded;
import telos.inference.chat.EmbeddingRequest;
import telos.inference.chat.Patience;
import telos.inference.chat.Prompted;
import telos.inference.chat.Tokenized;
import telos.server.clock.Clock;

/** A model as requests hold it: while it works for one of them, {@link Models} does not close it. */
final class LeasedModel implements ServedModel {
    private final Models models;
    private final String asked;
    private final String key;
    private final ServedModel model;

    /**
     * A lease.
     *
     * @param asked the name by which it was asked for
     * @param key what the name leads to
     */
    LeasedModel(Models models, String asked, String key, ServedModel model) {
        this.models = models;
        this.asked = asked;
        this.key = key;
        this.model = model;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        return models.lend(
                asked,
                key,
                lent -> lent.generate(request, listener),
                why -> new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, why));
    }

    @Override
    public ChatOutcome complete(CompletionRequest request, ChatListener listener) throws InterruptedException {
        return models.lend(
                asked,
                key,
                lent -> lent.complete(request, listener),
                why -> new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, why));
    }

    @Override
    public Embedded embed(EmbeddingRequest request, Patience patience) throws InterruptedException {
        return models.lend(
                asked,
                key,
                lent -> lent.embed(request, patience),
                why -> new Embedded.Refused(ChatOutcome.Reason.BUSY, why));
    }

    @Override
    public Tokenized tokenize(String text, boolean special) {
        return model.tokenize(text, special);
    }

    @Override
    public Detokenized detokenize(List<Integer> tokens) {
        return model.detokenize(tokens);
    }

    @Override
    public Prompted promptTokens(ChatRequest request) {
        return model.promptTokens(request);
    }

    @Override
    public MemoryReport memory() {
        return model.memory();
    }

    @Override
    public ModelFigures figures() {
        return model.figures();
    }

    @Override
    public Optional<Clock> clock() {
        return model.clock();
    }

    /** Does nothing: it is closed by {@link Models}. */
    @Override
    public void close() {}
}
