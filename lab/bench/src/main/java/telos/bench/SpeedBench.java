package telos.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import telos.devices.cpu.KvStore;
import telos.inference.engine.Engine;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;
import telos.inference.gguf.TensorType;
import telos.inference.model.RandomModel;
import telos.kernel.memory.BlockPool;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Scheduler;

/** How fast the engine reads prompts and writes tokens, and how near the writing comes to what memory allows. */
final class SpeedBench implements Bench {
    private static final RandomModel LARGE =
            new RandomModel(2048, 16, 32, 8, 8192, 32_000, 2048, TensorType.Q4_0, true, 1);
    private static final RandomModel SMALL = new RandomModel(256, 4, 8, 2, 1024, 2048, 1024, TensorType.Q4_0, true, 1);
    private static final int PROMPT = 512;
    private static final int SHORT_PROMPT = 16;
    private static final int COMPANY = 8;
    private static final int PASSES_TO_WARM = 10;
    private static final int TOKEN_BUDGET = 256;

    @Override
    public String name() {
        return "speed";
    }

    @Override
    public String about() {
        return "tokens per second of a model with random weights (1 billion, Q4_0), reading a prompt of " + PROMPT
                + " and writing for 1 and " + COMPANY + " sequences, through the engine without HTTP; medians, with the"
                + " machine's read bandwidth measured in turn with them. Other programs on the machine slow it down. It"
                + " says nothing of long contexts, of sampling under constraints or of what a trained model would say.";
    }

    @Override
    public List<String> options() {
        return List.of("--small", "--model FILE", "--repetitions N", "--threads N", "--tokens N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        boolean small = options.has("--small");
        int repetitions = options.whole("--repetitions", 3, 1, 1000);
        int tokens = options.whole("--tokens", 32, 2, 256);
        int threads = options.whole("--threads", Runtime.getRuntime().availableProcessors(), 1, 1024);
        try (Scratch scratch = Scratch.make()) {
            Path file = options.path("--model").orElse(scratch.resolve("random.gguf"));
            if (!Files.exists(file)) {
                write(small ? SMALL : LARGE, file, out);
            }
            return measure(file, threads, repetitions, tokens, out);
        }
    }

    private static void write(RandomModel random, Path file, Console out) throws BenchException {
        out.line("writing a random model of " + random.parameters() / 1_000_000 + " million parameters to " + file);
        try {
            random.write(file, _ -> {});
        } catch (GgufException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Figures measure(Path file, int threads, int repetitions, int tokens, Console out)
            throws BenchException, InterruptedException {
        int blocks = 2 * Math.ceilDiv(PROMPT + COMPANY * (SHORT_PROMPT + tokens), KvStore.BLOCK_TOKENS);
        long start = System.nanoTime();
        try (LoadedModel model = LoadedModel.load(file, blocks, threads)) {
            Figures figures = new Figures().put("load_seconds", (System.nanoTime() - start) / 1e9);
            figures.put("resident_mb", Machine.residentMegabytes());
            start = System.nanoTime();
            model.warm();
            figures.put("warm_up_seconds", (System.nanoTime() - start) / 1e9);
            out.line("loaded and warm");
            if (model.config().context() <= PROMPT) {
                throw new BenchException("the model's context is "
                        + model.config().context() + "; this benchmark needs more than " + PROMPT);
            }
            Limits limits = new Limits(TOKEN_BUDGET, COMPANY, model.config().context(), COMPANY);
            Scheduler scheduler = new Scheduler(new BlockPool(blocks), limits, Line.firstComeFirstServed());
            try (Engine engine = new Engine("random", model, scheduler)) {
                new Run(engine, model, tokens, out).measure(repetitions, readPerToken(file), figures);
            }
            return figures.put("threads", threads);
        }
    }

    /** The bytes of weights that one step of decoding reads: all but an embedding that is not also the output matrix. */
    private static double readPerToken(Path file) throws BenchException {
        try {
            GgufFile gguf = GgufFile.read(file);
            long all = gguf.tensors().stream().mapToLong(TensorInfo::bytes).sum();
            boolean tied = gguf.tensor("output.weight").isEmpty();
            return all
                    - (tied
                            ? 0
                            : gguf.tensor("token_embd.weight")
                                    .map(TensorInfo::bytes)
                                    .orElse(0L));
        } catch (GgufException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The measurements themselves. */
    private static final class Run {
        private final Engine engine;
        private final LoadedModel model;
        private final int tokens;
        private final Console out;
        private final SplittableRandom random = new SplittableRandom(1);

        Run(Engine engine, LoadedModel model, int tokens, Console out) {
            this.engine = engine;
            this.model = model;
            this.tokens = tokens;
            this.out = out;
        }

        void measure(int repetitions, double readPerToken, Figures figures)
                throws BenchException, InterruptedException {
            ReadBandwidth bandwidth = new ReadBandwidth(model.workers());
            decode(1);
            decode(COMPANY);
            for (int i = 0; i < PASSES_TO_WARM; i++) {
                bandwidth.measure();
            }
            out.line("first tokens written");
            Samples prefill = new Samples();
            Samples alone = new Samples();
            Samples company = new Samples();
            Samples read = new Samples();
            for (int i = 1; i <= repetitions; i++) {
                read.add(bandwidth.measure());
                double prompt = prefill();
                read.add(bandwidth.measure());
                double one = decode(1);
                read.add(bandwidth.measure());
                double several = decode(COMPANY);
                prefill.add(prompt);
                alone.add(one);
                company.add(several);
                out.line(String.format(
                        Locale.ROOT,
                        "repetition %d of %d: prefill %.1f, decode %.2f and %.2f tokens/s",
                        i,
                        repetitions,
                        prompt,
                        one,
                        several));
            }
            figures.put("prefill_tokens_per_second", prefill.median())
                    .put("decode_tokens_per_second_1", alone.median())
                    .put("decode_tokens_per_second_" + COMPANY, company.median())
                    .put("weight_gb_per_token", readPerToken / 1e9)
                    .put("memory_read_gb_per_second", read.median() / 1e9)
                    .put("decode_share_of_bandwidth", readPerToken * alone.median() / read.median())
                    .put("repetitions", repetitions);
        }

        /** Tokens of a prompt read per second, until the first token of the answer. */
        private double prefill() throws BenchException, InterruptedException {
            long start = System.nanoTime();
            Generation generation = Generation.start(engine, prompt(PROMPT), 1);
            generation.await();
            return PROMPT * 1e9 / (generation.first() - start);
        }

        /** Tokens written per second by all sequences together, from when each has its first. */
        private double decode(int sequences) throws BenchException, InterruptedException {
            List<Generation> generations = new ArrayList<>();
            for (int i = 0; i < sequences; i++) {
                generations.add(Generation.start(engine, prompt(SHORT_PROMPT), tokens));
            }
            long first = Long.MIN_VALUE;
            long last = Long.MIN_VALUE;
            for (Generation generation : generations) {
                generation.await();
                first = Math.max(first, generation.first());
                last = Math.max(last, generation.last());
            }
            return sequences * (tokens - 1) * 1e9 / (last - first);
        }

        /** Never the same twice, so that nothing is found in memory. */
        private int[] prompt(int length) {
            return random.ints(length, 0, model.vocabulary()).toArray();
        }
    }
}
