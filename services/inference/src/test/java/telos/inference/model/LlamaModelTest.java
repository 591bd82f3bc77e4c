package telos.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import telos.devices.cpu.Arena;
import telos.devices.cpu.KvStore;
import telos.devices.cpu.Workers;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorInfo;
import telos.inference.gguf.TensorType;

final class LlamaModelTest {
    private static final int VOCABULARY = 600;
    private static final int BLOCKS = 64;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void agreesWithTheTextbook(TensorType type) throws IOException {
        GgufFile file = file(RandomModelTest.small(type));
        ReferenceModel reference = new ReferenceModel(file);
        try (Setup setup = new Setup(file, 2)) {
            for (int length : new int[] {1, 2, 17, 40}) {
                int[] tokens = tokens(length, length);
                assertClose(setup.alone(tokens), reference.logits(tokens), tolerance(type));
            }
        }
    }

    @Test
    void appliesRotationFactorsPartialRotationAndScaling() throws IOException {
        ModelConfig config = new ModelConfig("scaled", 40, 128, 2, 64, 4, 1, 24, 70, 1e-6f, 16, 500000, 0.25);
        SplittableRandom random = new SplittableRandom(3);
        GgufWriter writer = new GgufWriter();
        config.writeTo(writer);
        for (TensorShape shape : config.tensors(true)) {
            float[] weights = new float[(int) shape.elements()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (random.nextGaussian() / 4 + (shape.isNorm() ? 1 : 0));
            }
            writer.tensor(shape.name(), TensorType.F32, shape.dimensions(), weights);
        }
        writer.tensor("rope_freqs.weight", TensorType.F32, List.of(8L), new float[] {1, 1, 2, 3, 4, 8, 8, 8});
        Path path = folder.resolve("scaled.gguf");
        writer.write(path);
        GgufFile file = GgufFile.read(path);
        try (Setup setup = new Setup(file, 2)) {
            int[] tokens = IntStream.range(0, 60).map(i -> i * 7 % 40).toArray();
            assertClose(setup.alone(tokens), new ReferenceModel(file).logits(tokens), 1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void givesTheSameBitsInAnyCompanyChunkingAndPlace(TensorType type) throws IOException {
        GgufFile file = file(RandomModelTest.small(type));
        int[][] prompts = new int[8][];
        float[][] expected = new float[8][];
        try (Setup setup = new Setup(file, 1)) {
            for (int i = 0; i < prompts.length; i++) {
                prompts[i] = tokens(5 + 9 * i, 100 + i);
                expected[i] = setup.alone(prompts[i]);
            }
        }
        for (int threads = 1; threads <= 3; threads++) {
            try (Setup setup = new Setup(file, threads)) {
                assertThat(setup.together(prompts)).isDeepEqualTo(expected);
                for (int i = 0; i < prompts.length; i++) {
                    assertThat(setup.oneByOne(prompts[i])).containsExactly(expected[i]);
                    assertThat(setup.inChunks(prompts[i], 7)).containsExactly(expected[i]);
                    assertThat(setup.inChunks(prompts[i], 16)).containsExactly(expected[i]);
                }
            }
        }
    }

    /** Several chunks at once, each through some layers at a time, beside decodes; and one that is begun anew. */
    @ParameterizedTest
    @EnumSource(TensorType.class)
    void givesTheSameBitsThroughSomeLayersAtATime(TensorType type) throws IOException {
        GgufFile file = file(new RandomModel(64, 5, 4, 2, 96, VOCABULARY, 256, type, false, 1));
        Random random = new Random(type.name().length());
        try (Setup setup = new Setup(file, 2)) {
            int[] decoding = tokens(33, 7);
            float[] decoded = setup.alone(decoding);
            int[][] prompts = new int[4][];
            float[][] expected = new float[4][];
            for (int i = 0; i < prompts.length; i++) {
                prompts[i] = tokens(20 + 9 * i, 200 + i);
                expected[i] = setup.alone(prompts[i]);
            }
            setup.free.clear();
            int[] decodes = setup.table(33);
            setup.run(new Chunk(decodes, 0, Arrays.copyOf(decoding, 32), false));
            Chunk decode = new Chunk(decodes, 32, new int[] {decoding[32]}, true);
            List<Crossing> crossings = new ArrayList<>();
            for (int i = 0; i < prompts.length; i++) {
                crossings.add(new Crossing(setup.table(prompts[i].length), prompts[i], 3 + i));
            }
            while (crossings.stream().anyMatch(each -> each.logits == null)) {
                List<Crossing> going = crossings.stream()
                        .filter(each -> each.logits == null && random.nextInt(4) > 0)
                        .toList();
                List<Chunk> batch = new ArrayList<>(
                        going.stream().map(each -> each.next(random)).toList());
                int at = random.nextInt(batch.size() + 1);
                batch.add(at, decode);
                float[][] given = setup.model.forward(setup.store, batch);
                assertThat(given[at]).containsExactly(decoded);
                for (int i = 0; i < going.size(); i++) {
                    going.get(i).done(given[i < at ? i : i + 1]);
                }
                if (random.nextInt(10) == 0) {
                    crossings.get(random.nextInt(4)).lose();
                }
            }
            for (int i = 0; i < prompts.length; i++) {
                assertThat(crossings.get(i).logits).containsExactly(expected[i]);
            }
        }
    }

    /** A prompt on its way through tokens and layers. */
    private static final class Crossing {
        final int[] table;
        final int[] prompt;
        final int of;
        final HiddenStates between = new HiddenStates();
        int computed;
        int count;
        int parts;
        Chunk chunk = new Chunk(new int[0], 0, new int[0], false);
        float @Nullable [] logits;

        /** @param of parts of the depth, of five layers */
        Crossing(int[] table, int[] prompt, int of) {
            this.table = table;
            this.prompt = prompt;
            this.of = of;
        }

        Chunk next(Random random) {
            count = 1 + random.nextInt(parts == 0 ? Math.min(19, prompt.length - computed) : count);
            Passage passage = new Passage(parts, parts + 1 + random.nextInt(of - parts), of, between);
            int end = computed + count;
            boolean last = passage.reachesTheEnd() && end == prompt.length;
            Chunk.Output output = last ? Chunk.Output.LOGITS : Chunk.Output.NOTHING;
            chunk = new Chunk(table, computed, Arrays.copyOfRange(prompt, computed, end), output, passage);
            return chunk;
        }

        void done(float[] given) {
            parts = chunk.passage().reachesTheEnd() ? 0 : chunk.passage().to();
            computed += parts == 0 ? count : 0;
            logits = chunk.logits() ? given.clone() : null;
            assertThat(given.length > 0).isEqualTo(chunk.logits());
        }

        void lose() {
            between.clear();
            parts = 0;
            computed = logits == null ? 0 : computed;
        }
    }

    @Test
    void refusesToGoOnWithWhatItHasNotBegun() throws IOException {
        try (Setup setup = new Setup(file(RandomModelTest.small(TensorType.F32)), 1)) {
            int[] table = setup.table(16);
            HiddenStates between = new HiddenStates();
            int layers = setup.model.config().layers();
            Passage first = new Passage(0, 1, layers, between);
            Passage rest = new Passage(1, layers, layers, between);
            Chunk begun = new Chunk(table, 0, tokens(4, 1), Chunk.Output.NOTHING, first);
            Chunk ended = new Chunk(table, 0, tokens(4, 1), Chunk.Output.LOGITS, rest);
            assertThatThrownBy(() -> setup.run(ended)).hasMessageContaining("did not come through");
            assertThatThrownBy(() -> setup.run(new Chunk(table, 0, tokens(4, 1), Chunk.Output.LOGITS, first)))
                    .hasMessageContaining("gives out nothing before");
            setup.run(begun);
            assertThatThrownBy(() -> setup.run(new Chunk(table, 0, tokens(5, 1), Chunk.Output.LOGITS, rest)))
                    .hasMessageContaining("did not come through");
            assertThatThrownBy(() -> setup.run(new Chunk(table, 1, tokens(3, 1), Chunk.Output.LOGITS, rest)))
                    .hasMessageContaining("did not come through");
            between.clear();
            assertThatThrownBy(() -> setup.run(ended)).hasMessageContaining("did not come through");
            setup.run(begun);
            assertThat(setup.run(ended)).containsExactly(setup.alone(tokens(4, 1)));
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void givesTheSameBitsAfterAPrefixHitAndAfterRecomputation(TensorType type) throws IOException {
        GgufFile file = file(RandomModelTest.small(type));
        int[] first = tokens(50, 1);
        int[] second = tokens(61, 2);
        System.arraycopy(first, 0, second, 0, 32);
        try (Setup setup = new Setup(file, 2)) {
            float[] expected = setup.alone(second);
            int[] firstTable = setup.table(first.length);
            setup.run(new Chunk(firstTable, 0, first, false));

            int[] sharing = setup.table(second.length);
            sharing[0] = firstTable[0];
            sharing[1] = firstTable[1];
            int[] rest = Arrays.copyOfRange(second, 32, second.length);
            assertThat(setup.run(new Chunk(sharing, 32, rest, true))).containsExactly(expected);

            // Preempted after a while: everything is written again, elsewhere and cut differently.
            int[] elsewhere = setup.table(second.length);
            setup.run(new Chunk(elsewhere, 0, Arrays.copyOf(second, 45), false));
            assertThat(setup.run(new Chunk(elsewhere, 45, Arrays.copyOfRange(second, 45, 61), true)))
                    .containsExactly(expected);

            // Copy on write: the last, partly filled block goes into one of its own.
            int[] copied = sharing.clone();
            copied[3] = setup.table(1)[0];
            setup.store.copy(sharing[3], copied[3]);
            int[] more = tokens(3, 9);
            assertThat(setup.run(new Chunk(copied, 61, more, true)))
                    .containsExactly(setup.run(new Chunk(sharing, 61, more, true)));
        }
    }

    @Test
    void givesTheSameBitsInInterpretedAndInCompiledCode() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LlamaModelTest.class.getName()));
        List<String> hot = new ArrayList<>();
        for (TensorType type : TensorType.values()) {
            Path path = folder.resolve(type + ".gguf");
            RandomModelTest.small(type).write(path, _ -> {});
            command.add(path.toString());
            for (int i = 0; i < 10; i++) {
                digest(path);
            }
            hot.add(Integer.toString(digest(path)));
        }
        Process cold = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(cold.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(cold.waitFor()).isZero();
        assertThat(said.lines()).endsWith(hot.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void givesTheSameBitsOnceItsKernelsAreWarm(TensorType type) throws IOException {
        GgufFile file = file(RandomModelTest.small(type));
        int[][] prompts = {tokens(1, 1), tokens(5, 2), tokens(40, 3), tokens(7, 4)};
        try (Setup cold = new Setup(file, 2);
                Setup warm = new Setup(file, 2)) {
            // Where there are no fast vectors it stays false, and there is nothing to compare.
            warm.model.warm(Duration.ofSeconds(2));
            assertThat(warm.together(prompts)).isDeepEqualTo(cold.together(prompts));
            for (int[] prompt : prompts) {
                assertThat(warm.inChunks(prompt, 3)).containsExactly(cold.alone(prompt));
            }
        }
    }

    /** Prints a digest of each model's logits: run in a process of its own, with the interpreter alone. */
    public static void main(String[] paths) throws IOException {
        for (String path : paths) {
            System.out.println(digest(Path.of(path)));
        }
    }

    private static int digest(Path path) throws IOException {
        try (Setup setup = new Setup(GgufFile.read(path), 2)) {
            float[] logits = setup.inChunks(tokens(21, 5), 19);
            return Arrays.hashCode(logits);
        }
    }

    @Test
    void computesNoLogitsThatNobodyAskedFor() throws IOException {
        try (Setup setup = new Setup(file(RandomModelTest.small(TensorType.F32)), 2)) {
            int[] tokens = tokens(20, 1);
            float[] expected = setup.alone(tokens);
            float[][] rows = setup.model.forward(
                    setup.store,
                    List.of(
                            new Chunk(setup.table(20), 0, tokens, false),
                            new Chunk(setup.table(20), 0, tokens, true),
                            new Chunk(setup.table(20), 0, tokens, false)));
            assertThat(rows[0]).isEmpty();
            assertThat(rows[1]).containsExactly(expected);
            assertThat(rows[2]).isEmpty();
        }
    }

    @Test
    void givesTheSameStatesAloneInCompanyAndInChunks() throws IOException {
        int[] tokens = tokens(40, 3);
        try (Setup setup = new Setup(file(RandomModelTest.small(TensorType.Q4_0)), 2)) {
            float[] logits = setup.alone(tokens);
            float[] states = setup.run(new Chunk(setup.table(40), 0, tokens, Chunk.Output.STATES));
            assertThat(states.length % 40).isZero();
            int width = states.length / 40;
            float[][] mixed = setup.model.forward(
                    setup.store,
                    List.of(
                            new Chunk(setup.table(40), 0, tokens(40, 5), Chunk.Output.STATES),
                            new Chunk(setup.table(40), 0, tokens, Chunk.Output.LOGITS),
                            new Chunk(setup.table(40), 0, tokens(40, 6), Chunk.Output.NOTHING),
                            new Chunk(setup.table(40), 0, tokens, Chunk.Output.STATES)));
            assertThat(mixed[1]).isEqualTo(logits);
            assertThat(mixed[2]).isEmpty();
            assertThat(mixed[3]).isEqualTo(states);
            int[] table = setup.table(40);
            float[] first = setup.run(new Chunk(table, 0, Arrays.copyOf(tokens, 17), Chunk.Output.STATES));
            float[] rest = setup.run(new Chunk(table, 17, Arrays.copyOfRange(tokens, 17, 40), Chunk.Output.STATES));
            assertThat(first).isEqualTo(Arrays.copyOf(states, 17 * width));
            assertThat(rest).isEqualTo(Arrays.copyOfRange(states, 17 * width, states.length));
        }
    }

    @Test
    void refusesWhatItCannotCompute() throws IOException {
        try (Setup setup = new Setup(file(RandomModelTest.small(TensorType.F32)), 1)) {
            int[] table = setup.table(16);
            assertThatThrownBy(() -> setup.run(new Chunk(table, 0, new int[] {VOCABULARY}, true)))
                    .hasMessageContaining("outside the vocabulary");
            assertThatThrownBy(() -> setup.run(new Chunk(table, 0, new int[0], true)))
                    .hasMessageContaining("context");
            assertThatThrownBy(() -> setup.run(new Chunk(table, 256, new int[] {1}, true)))
                    .hasMessageContaining("context of 256");
            assertThatThrownBy(() -> setup.run(new Chunk(table, 32, new int[] {1}, true)))
                    .hasMessageContaining("does not reach");
            assertThatThrownBy(() -> setup.run(new Chunk(new int[] {BLOCKS}, 0, new int[] {1}, true)))
                    .isInstanceOf(RuntimeException.class);
            assertThat(setup.alone(tokens(4, 1))).hasSize(VOCABULARY);
        }
    }

    @Test
    void tellsWhenItsFileIsCutWhileItLoads() throws IOException {
        GgufFile file = file(RandomModelTest.small(TensorType.Q8_0));
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE);
                Workers workers = new Workers(2)) {
            channel.truncate(file.size() / 2);
            assertThatThrownBy(() -> LlamaModel.load(file, workers))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("changed while it was being loaded");
        }
    }

    @Test
    void namesTheTensorWhoseScalesAreNoNumbers() throws IOException {
        GgufFile file = file(RandomModelTest.small(TensorType.Q4_0));
        TensorInfo tensor = file.tensor("blk.1.ffn_up.weight").orElseThrow();
        byte[] bytes = Files.readAllBytes(file.path());
        MemorySegment.ofArray(bytes)
                .set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), tensor.offset(), (short)
                        0x7c00);
        Files.write(file.path(), bytes);
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> LlamaModel.load(file, workers))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("blk.1.ffn_up.weight");
        }
    }

    private GgufFile file(RandomModel model) throws IOException {
        Path path = folder.resolve("model.gguf");
        model.write(path, _ -> {});
        return GgufFile.read(path);
    }

    private static double tolerance(TensorType type) {
        return switch (type) {
            case F32, F16, BF16, Q8_0 -> 1e-3;
            // Activations are rounded to a byte before they meet four-bit weights.
            case Q4_0 -> 5e-2;
        };
    }

    private static int[] tokens(int length, long seed) {
        return new SplittableRandom(seed).ints(length, 0, VOCABULARY).toArray();
    }

    /** Within a part of the largest logit. */
    private static void assertClose(float[] actual, double[] expected, double relative) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(largest * relative));
        }
    }

    /** A model, its workers and a KV store whose blocks are handed out in scattered order and never taken back. */
    private static final class Setup implements AutoCloseable {
        final Workers workers;
        final LlamaModel model;
        final Arena arena = new Arena();
        final KvStore store;
        private final List<Integer> free = new ArrayList<>();

        Setup(GgufFile file, int threads) throws IOException {
            workers = new Workers(threads);
            model = LlamaModel.load(file, workers);
            store = model.kvStore(arena, BLOCKS);
        }

        int[] table(int tokens) {
            int[] table = new int[tokens / KvStore.BLOCK_TOKENS + 1];
            for (int i = 0; i < table.length; i++) {
                if (free.isEmpty()) {
                    IntStream.range(0, BLOCKS).forEach(free::add);
                    Collections.shuffle(free, new Random(4));
                }
                table[i] = free.removeLast();
            }
            return table;
        }

        float[] run(Chunk chunk) {
            return model.forward(store, List.of(chunk))[0].clone();
        }

        float[] alone(int[] tokens) {
            return run(new Chunk(table(tokens.length), 0, tokens, true));
        }

        float[][] together(int[][] prompts) {
            free.clear();
            List<Chunk> batch = new ArrayList<>();
            for (int[] prompt : prompts) {
                batch.add(new Chunk(table(prompt.length), 0, prompt, true));
            }
            return model.forward(store, batch);
        }

        float[] oneByOne(int[] tokens) {
            return inChunks(tokens, 1);
        }

        float[] inChunks(int[] tokens, int size) {
            int[] table = table(tokens.length);
            float[] logits = {};
            for (int start = 0; start < tokens.length; start += size) {
                int end = Math.min(tokens.length, start + size);
                logits = run(new Chunk(table, start, Arrays.copyOfRange(tokens, start, end), end == tokens.length));
            }
            return logits;
        }

        @Override
        public void close() {
            model.close();
            arena.close();
            workers.close();
        }
    }
}
