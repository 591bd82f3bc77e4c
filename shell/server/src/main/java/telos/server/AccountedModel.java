package telos.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.server.clock.Clock;
import telos.server.sight.Ledger;
import telos.server.sight.Turn;
import telos.server.tenants.Admission;

/** A model whose work is counted: in the ledger, and against what its tenant may use. */
final class AccountedModel implements ServedModel {
    private static final int USUAL_BLOCK = 16;

    private final ServedModel model;
    private final Ledger ledger;
    private final Admission admission;

    AccountedModel(ServedModel model, Ledger ledger, Admission admission) {
        this.model = model;
        this.ledger = ledger;
        this.admission = admission;
    }

    /** Accounts for every model that the opener opens. */
    static Models.Opener all(Models.Opener opener, Ledger ledger, Admission admission) {
        return new Models.Opener() {
            @Override
            public Models.Found open(String name) throws InterruptedException {
                Models.Found found = opener.open(name);
                return found instanceof Models.Opened(ServedModel model)
                        ? new Models.Opened(new AccountedModel(model, ledger, admission))
                        : found;
            }

            @Override
            public String key(String name) {
                return opener.key(name);
            }

            @Override
            public Optional<Models.Unknown> unknown(String name) {
                return opener.unknown(name);
            }
        };
    }

    @FunctionalInterface
    private interface Work {
        ChatOutcome run(ChatListener listener) throws InterruptedException;
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        return accounted(
                Turn.Operation.CHAT,
                request.tenant(),
                request.sampling(),
                () -> promptTokens(request) instanceof Prompted.Tokens(int count) ? count : 0,
                () -> words(request.messages()),
                listener,
                heard -> model.generate(request, heard));
    }

    @Override
    public ChatOutcome complete(CompletionRequest request, ChatListener listener) throws InterruptedException {
        return accounted(
                Turn.Operation.TEXT_COMPLETION,
                request.tenant(),
                request.sampling(),
                () -> length(request.prompt()),
                () -> request.prompt() instanceof CompletionRequest.Prompt.Text(String text) ? text : "",
                listener,
                heard -> model.complete(request, heard));
    }

    @FunctionalInterface
    private interface Length {
        long tokens();
    }

    @FunctionalInterface
    private interface Words {
        String text();
    }

    private ChatOutcome accounted(
            Turn.Operation operation,
            String tenant,
            SamplingOptions sampling,
            Length prompt,
            Words words,
            ChatListener listener,
            Work work)
            throws InterruptedException {
        Turn turn = ledger.turn(operation, name(), tenant);
        String asked = ledger.wantsWords() ? words.text() : "";
        boolean told = false;
        Admission.Reservation reservation = admission.boundsBlocks(tenant)
                ? admission.reserve(tenant, blocks(prompt.tokens(), sampling.maxTokens()))
                : new Admission.Reserved(() -> {});
        boolean settled = false;
        try {
            ChatOutcome outcome = switch (reservation) {
                case Admission.Reserved _ -> work.run(turn.heardBy(listener));
                case Admission.Denied denied -> new ChatOutcome.Refused(reason(denied), denied.why());
            };
            if (outcome instanceof ChatOutcome.Completed completed) {
                admission.charge(
                        tenant,
                        (long) completed.usage().prompt() + completed.usage().completion());
            }
            settled = !(outcome instanceof ChatOutcome.Failed);
            turn.ended(outcome, sampling, asked);
            told = true;
            return outcome;
        } finally {
            if (!settled && admission.boundsTokens(tenant)) { // whoever leaves early pays for what was done
                admission.charge(tenant, prompt.tokens() + turn.pieces());
            }
            if (reservation instanceof Admission.Reserved(Runnable release)) {
                release.run();
            }
            if (!told) {
                turn.aborted(sampling);
            }
        }
    }

    @Override
    public Embedded embed(EmbeddingRequest request, Patience patience) throws InterruptedException {
        String tenant = request.tenant();
        Turn turn = ledger.turn(Turn.Operation.EMBEDDINGS, name(), tenant);
        boolean told = false;
        boolean settled = false;
        long[] lengths = admission.boundsBlocks(tenant) || admission.boundsTokens(tenant)
                ? request.inputs().stream().mapToLong(this::length).toArray()
                : new long[0];
        Admission.Reservation reservation = admission.boundsBlocks(tenant)
                ? admission.reserve(tenant, blocksAtOnce(lengths))
                : new Admission.Reserved(() -> {});
        try {
            Embedded embedded = switch (reservation) {
                case Admission.Reserved _ -> model.embed(request, patience);
                case Admission.Denied denied -> new Embedded.Refused(reason(denied), denied.why());
            };
            settled = !(embedded instanceof Embedded.Failed);
            switch (embedded) {
                case Embedded.Vectors vectors -> {
                    admission.charge(tenant, vectors.promptTokens());
                    turn.embedded(vectors.promptTokens());
                }
                case Embedded.Refused refused ->
                    turn.broken(true, refused.reason().name());
                case Embedded.Failed _ -> turn.broken(false, "failed");
            }
            told = true;
            return embedded;
        } finally {
            if (!settled) {
                admission.charge(tenant, LongStream.of(lengths).sum());
            }
            if (reservation instanceof Admission.Reserved(Runnable release)) {
                release.run();
            }
            if (!told) {
                turn.aborted(null);
            }
        }
    }

    /** Blocks that the longest inputs may fill which can be in work together. */
    private long blocksAtOnce(long[] lengths) {
        return LongStream.of(lengths)
                .map(length -> -blocks(length, 0))
                .sorted()
                .limit(EmbeddingRequest.AT_ONCE)
                .map(blocks -> -blocks)
                .sum();
    }

    private static ChatOutcome.Reason reason(Admission.Denied denied) {
        return denied.retryAfterSeconds() == 0 ? ChatOutcome.Reason.TOO_LONG : ChatOutcome.Reason.QUOTA;
    }

    /** Blocks that a sequence of this prompt may come to fill. */
    private long blocks(long prompt, int maxTokens) {
        int size = Math.max(1, model.memory().blocks().sizeTokens());
        long tokens = prompt + maxTokens;
        int context = model.description().context();
        return Math.ceilDiv(context > 0 ? Math.min(tokens, context) : tokens, size == 1 ? USUAL_BLOCK : size);
    }

    private long length(CompletionRequest.Prompt prompt) {
        return switch (prompt) {
            case CompletionRequest.Prompt.Tokens(List<Integer> tokens) -> tokens.size();
            case CompletionRequest.Prompt.Text(String text) ->
                model.tokenize(text, false) instanceof Tokenized.Tokens(List<Integer> tokens) ? tokens.size() : 0;
        };
    }

    private static String words(List<Message> messages) {
        return messages.stream().map(Message::toString).collect(Collectors.joining("\n"));
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

    @Override
    public void close() {
        model.close();
    }
}
