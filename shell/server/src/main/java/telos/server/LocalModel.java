package telos.server;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import telos.devices.cpu.Arena;
import telos.devices.cpu.KvStore;
import telos.devices.cpu.Workers;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatModel;
import telos.inference.chat.ChatModels;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.Detokenized;
import telos.inference.chat.Embedded;
import telos.inference.chat.EmbeddingRequest;
import telos.inference.chat.Patience;
import telos.inference.chat.Prompted;
import telos.inference.chat.Tokenized;
import telos.inference.engine.Engine;
import telos.inference.engine.EngineReport;
import telos.inference.engine.ForwardPass;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.model.Chunk;
import telos.inference.model.Fit;
import telos.inference.model.LlamaModel;
import telos.inference.model.ModelConfig;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.PoolStatistics;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.Scheduler;
import telos.kernel.scheduling.StallBound;
import telos.kernel.scheduling.TreeLine;
import telos.server.clock.Clock;
import telos.server.clock.EngineClock;

/** A model that this daemon runs itself: weights, KV memory, workers and an engine. */
public final class LocalModel implements ServedModel {
    private static final System.Logger LOG = System.getLogger(LocalModel.class.getName());
    private static final int TOKEN_BUDGET = 256;
    private static final int MAX_SEQUENCES = 64;
    private static final int MAX_WAITING = 8192;

    private final ModelDescription description;
    private final Engine engine;
    private final ChatModel chat;
    private final WarmUp warmUp;
    private final Clock clock;
    private final Deque<Runnable> opened;

    /** @param opened how to close what was opened, in that order */
    private LocalModel(
            ModelDescription description,
            Engine engine,
            ChatModel chat,
            WarmUp warmUp,
            Clock clock,
            Deque<Runnable> opened) {
        this.description = description;
        this.engine = engine;
        this.chat = chat;
        this.warmUp = warmUp;
        this.clock = clock;
        this.opened = opened;
    }

    /**
     * Loads a model and makes it ready.
     *
     * @throws GgufException if the file is no model that Telos runs, or does not fit; the message says what would
     */
    public static LocalModel load(String name, Path file, DaemonOptions options) throws GgufException {
        ModelPlan plan = ModelPlan.of(file, options);
        if (plan.fit() instanceof Fit.TooLarge tooLarge) {
            throw new GgufException(file + ": " + tooLarge.why());
        }
        return load(name, plan, options, options.clock().division());
    }

    /** Loads a model that fits. */
    static LocalModel load(String name, ModelPlan plan, DaemonOptions options, Policy policy) throws GgufException {
        long start = System.nanoTime();
        GgufFile gguf = plan.gguf();
        int context = plan.context();
        int blocks = plan.blocks();
        Tokenizer tokenizer = Tokenizer.from(gguf);
        int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        Deque<Runnable> opened = new ArrayDeque<>();
        try {
            Workers workers = new Workers(threads);
            opened.push(workers::close);
            Arena kvMemory = new Arena();
            opened.push(kvMemory::close);
            LlamaModel model = LlamaModel.load(gguf, workers);
            opened.push(model::close);
            KvStore store = model.kvStore(kvMemory, blocks);
            StallBound pace = options.clock().pace();
            TreeLine line = new TreeLine(policy, Prices.USUAL, pace);
            Scheduler scheduler = new Scheduler(
                    new BlockPool(blocks),
                    new Limits(
                            Math.max(TOKEN_BUDGET, MAX_SEQUENCES),
                            MAX_SEQUENCES,
                            context,
                            MAX_WAITING,
                            model.config().layers()),
                    line);
            Engine engine = new Engine(name, pass(model, store, tokenizer.size()), scheduler, pace);
            opened.push(engine::close);
            ChatModel chat =
                    ChatModels.of(gguf, tokenizer, engine, context, java.time.Clock.system(ZoneId.systemDefault()));
            ModelDescription description = new ModelDescription(
                    name,
                    plan.file().toString(),
                    ModelConfig.ARCHITECTURE,
                    gguf.tensors().stream()
                            .mapToLong(tensor -> tensor.elements())
                            .sum(),
                    model.weightBytes(),
                    context);
            WarmUp warmUp = WarmUp.of(model);
            opened.push(warmUp::close);
            LOG.log(
                    Level.INFO,
                    "loaded {0} in {1} ms: {2} blocks of KV memory, {3} threads, kernels {4}",
                    name,
                    (System.nanoTime() - start) / 1_000_000,
                    blocks,
                    threads,
                    warmUp.done() ? "compiled" : "scalar for now");
            return new LocalModel(description, engine, chat, warmUp, new EngineClock(name, engine, line), opened);
        } catch (GgufException | RuntimeException | Error e) {
            opened.forEach(Runnable::run);
            throw e;
        }
    }

    private static ForwardPass pass(LlamaModel model, KvStore store, int vocabulary) {
        return new ForwardPass() {
            @Override
            public int vocabulary() {
                return vocabulary;
            }

            @Override
            public void copyBlock(int from, int to) {
                store.copy(from, to);
            }

            @Override
            public float[][] forward(List<Chunk> batch) {
                return model.forward(store, batch);
            }
        };
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        try {
            return chat.generate(request, listener);
        } finally {
            warmUp.answered();
        }
    }

    @Override
    public ChatOutcome complete(CompletionRequest request, ChatListener listener) throws InterruptedException {
        try {
            return chat.complete(request, listener);
        } finally {
            warmUp.answered();
        }
    }

    @Override
    public Embedded embed(EmbeddingRequest request, Patience patience) throws InterruptedException {
        return chat.embed(request, patience);
    }

    @Override
    public Tokenized tokenize(String text, boolean special) {
        return chat.tokenize(text, special);
    }

    @Override
    public Detokenized detokenize(List<Integer> tokens) {
        return chat.detokenize(tokens);
    }

    @Override
    public Prompted promptTokens(ChatRequest request) {
        return chat.promptTokens(request);
    }

    /** Waits until no request runs and none waits. */
    public void settle() throws InterruptedException {
        engine.settle();
    }

    @Override
    public MemoryReport memory() {
        EngineReport report = engine.report();
        PoolStatistics blocks = report.blocks();
        return new MemoryReport(
                new MemoryReport.Blocks(
                        blocks.total(), blocks.used(), blocks.cached(), blocks.free(), blocks.blockTokens()),
                blocks.usefulShare(),
                report.sequences().stream()
                        .map(sequence -> new MemoryReport.Sequence(
                                sequence.sequence(),
                                name(),
                                sequence.length(),
                                sequence.blocks(),
                                sequence.running() ? "running" : "waiting"))
                        .toList());
    }

    @Override
    public ModelFigures figures() {
        EngineReport report = engine.report();
        return new ModelFigures(
                report.running(),
                report.waiting(),
                report.promptTokens(),
                report.generatedTokens(),
                report.preemptions(),
                report.blocks().hitTokens() + report.blocks().missTokens(),
                report.blocks().hitTokens());
    }

    @Override
    public Optional<Clock> clock() {
        return Optional.of(clock);
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
        opened.clear();
    }
}
