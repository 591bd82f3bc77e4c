package telos.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.devices.cpu.Arena;
import telos.devices.cpu.KvStore;
import telos.devices.cpu.Workers;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorType;
import telos.inference.model.Chunk;
import telos.inference.model.LlamaModel;
import telos.inference.model.RandomModel;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.memory.BlockPool;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Load;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.Piece;
import telos.kernel.scheduling.Scheduler;

/** An engine over a model, whose prompts go through some layers at a time. */
class CutPromptsTest {
    private static final int LAYERS = 3;
    private static final int VOCABULARY = 600;

    @TempDir
    private Path folder;

    /** Cuts at random. */
    private record Whims(Random random) implements Pace {
        @Override
        public int chunk(Load alone, Load load, int start, int most) {
            return most;
        }

        @Override
        public Piece cut(Load alone, Load load, Piece next) {
            int tokens = random.nextInt(3) == 0 ? 1 + random.nextInt(next.count()) : Math.min(9, next.count());
            return next.tokens(tokens).parts(1 + random.nextInt(next.depth().parts()));
        }
    }

    private static final class Pass implements ForwardPass, AutoCloseable {
        private final Workers workers = new Workers(2);
        private final Arena arena = new Arena();
        private final LlamaModel model;
        private final KvStore store;

        Pass(GgufFile file, int blocks) throws Exception {
            model = LlamaModel.load(file, workers);
            store = model.kvStore(arena, blocks);
        }

        @Override
        public int vocabulary() {
            return VOCABULARY;
        }

        @Override
        public void copyBlock(int from, int to) {
            store.copy(from, to);
        }

        @Override
        public float[][] forward(List<Chunk> batch) {
            return model.forward(store, batch);
        }

        @Override
        public void close() {
            model.close();
            arena.close();
            workers.close();
        }
    }

    /** Collects an answer. */
    private static final class Collector implements TokenListener {
        private final List<Integer> tokens = new ArrayList<>();
        private final CompletableFuture<Ending> ending = new CompletableFuture<>();

        @Override
        public void token(int token) {
            tokens.add(token);
        }

        @Override
        public void ended(Ending how) {
            ending.complete(how);
        }
    }

    private static Engine engine(Pass pass, int blocks, int parts, Pace pace) {
        Limits limits = new Limits(32, 4, 250, 100, parts);
        return new Engine(
                "random", pass, new Scheduler(new BlockPool(blocks), limits, Line.firstComeFirstServed()), pace);
    }

    private GgufFile file() throws Exception {
        Path path = folder.resolve("model.gguf");
        new RandomModel(64, LAYERS, 4, 2, 96, VOCABULARY, 256, TensorType.Q8_0, false, 1).write(path, _ -> {});
        return GgufFile.read(path);
    }

    private static GenerationRequest request(int[] prompt, int tokens) {
        return new GenerationRequest(prompt, SamplingOptions.greedy(tokens), null, Set.of(), "tenant");
    }

    private static long submit(Engine engine, GenerationRequest request, Collector collector) {
        return ((Submission.Accepted) engine.submit(request, collector)).id();
    }

    /** Memory is short, so some are preempted amid a chunk, and others are cancelled. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void answersAsIfEachPromptWereComputedWholeAndAlone(long seed) throws Exception {
        GgufFile file = file();
        Random random = new Random(seed);
        List<int[]> prompts = new ArrayList<>();
        List<List<Integer>> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int[] prompt = random.ints(10 + random.nextInt(70), 0, VOCABULARY).toArray();
            if (i > 0 && random.nextBoolean()) {
                System.arraycopy(prompts.getFirst(), 0, prompt, 0, Math.min(prompts.getFirst().length, prompt.length));
            }
            prompts.add(prompt);
        }
        try (Pass pass = new Pass(file, 100);
                Engine engine = engine(pass, 100, 1, Pace.unbounded())) {
            for (int[] prompt : prompts) {
                Collector alone = new Collector();
                submit(engine, request(prompt, 40), alone);
                assertThat(alone.ending.join()).isInstanceOf(Ending.Finished.class);
                expected.add(alone.tokens);
            }
        }
        try (Pass pass = new Pass(file, 14);
                Engine engine = engine(pass, 14, LAYERS, new Whims(random))) {
            List<Collector> collectors = new ArrayList<>();
            for (int[] prompt : prompts) {
                collectors.add(new Collector());
                submit(engine, request(prompt, 40), collectors.getLast());
                engine.cancel(submit(engine, request(prompt, 40), new Collector()));
            }
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(collectors.get(i).ending.join()).isInstanceOf(Ending.Finished.class);
                assertThat(collectors.get(i).tokens).isEqualTo(expected.get(i));
            }
            assertThat(engine.report().preemptions()).isPositive();
            engine.settle();
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    @Test
    void aMeanOfHiddenStatesIsTheSameHoweverTheTextIsCut() throws Exception {
        GgufFile file = file();
        int[] text = new Random(3).ints(100, 0, VOCABULARY).toArray();
        List<float[]> means = new ArrayList<>();
        for (Pace pace : List.of(Pace.unbounded(), new Whims(new Random(4)))) {
            try (Pass pass = new Pass(file, 20);
                    Engine engine = engine(pass, 20, LAYERS, pace)) {
                CompletableFuture<Ending> ending = new CompletableFuture<>();
                engine.embed(text, Claim.of("tenant", ""), new VectorListener() {
                    @Override
                    public void vector(float[] vector) {
                        means.add(vector);
                    }

                    @Override
                    public void ended(Ending how) {
                        ending.complete(how);
                    }
                });
                assertThat(ending.join()).isInstanceOf(Ending.Finished.class);
            }
        }
        assertThat(means.getFirst()).containsExactly(means.getLast());
    }
}
