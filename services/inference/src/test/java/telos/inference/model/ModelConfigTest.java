package telos.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorType;

final class ModelConfigTest {
    @TempDir
    private Path folder;

    private static final ModelConfig SMALL =
            new ModelConfig("small", 8, 128, 1, 32, 2, 1, 16, 32, 1e-6f, 16, 500000, 0.25);

    @Test
    void readsWhatAModelOfItsOwnWrites() throws IOException {
        assertThat(read(SMALL, SMALL, _ -> {}, "")).isEqualTo(SMALL);
    }

    @Test
    void acceptsRotationFactorsAndATiedOutput() throws IOException {
        Path path = folder.resolve("tied.gguf");
        GgufWriter writer = writer(SMALL);
        addTensors(writer, SMALL, LlamaTensors.OUTPUT);
        writer.tensor("rope_freqs.weight", TensorType.F32, List.of(8L), new float[8]);
        writer.write(path);
        assertThat(ModelConfig.of(GgufFile.read(path))).isEqualTo(SMALL);
    }

    @Test
    void namesATensorThatIsMissing() {
        for (String name : List.of("token_embd.weight", "blk.0.attn_k.weight", "output_norm.weight")) {
            assertThatThrownBy(() -> read(SMALL, SMALL, _ -> {}, name))
                    .hasMessageContaining("the tensor " + name + " is missing");
        }
    }

    @Test
    void namesATensorOfTheWrongShape() {
        ModelConfig wider = new ModelConfig("small", 8, 128, 1, 32, 2, 1, 16, 64, 1e-6f, 16, 500000, 0.25);
        assertThatThrownBy(() -> read(SMALL, wider, _ -> {}, ""))
                .hasMessageContaining("blk.0.ffn_gate.weight has the shape [32, 64]")
                .hasMessageContaining("[32, 32]");
    }

    @Test
    void refusesATensorThatItWouldIgnore() {
        assertThatThrownBy(() -> read(
                        SMALL,
                        SMALL,
                        writer -> writer.tensor("blk.0.attn_q.bias", TensorType.F32, List.of(32L), new float[32]),
                        ""))
                .hasMessageContaining("blk.0.attn_q.bias");
    }

    @Test
    void refusesWhatTelosCannotRun() {
        assertThatThrownBy(() -> readKeys(writer -> writer.string("general.architecture", "mamba")))
                .hasMessageContaining("the architecture mamba is not known");
        assertThatThrownBy(() -> readKeys(writer -> writer.integer("x", 1)))
                .hasMessageContaining("general.architecture");
        assertThatThrownBy(() -> read(SMALL, SMALL, writer -> writer.integer("llama.expert_count", 8), ""))
                .hasMessageContaining("mixture of experts");
        ModelConfig plain = new ModelConfig("small", 8, 128, 1, 32, 2, 1, 16, 32, 1e-6f, 16, 500000, 1);
        assertThatThrownBy(() -> read(plain, plain, writer -> writer.string("llama.rope.scaling.type", "yarn"), ""))
                .hasMessageContaining("yarn");
    }

    @Test
    void refusesAVocabularyLargerThanTheEmbedding() {
        List<String> tokens = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThatThrownBy(() -> read(SMALL, SMALL, writer -> writer.strings("tokenizer.ggml.tokens", tokens), ""))
                .hasMessageContaining("9 tokens");
    }

    @Test
    void saysWhatWouldFit() throws IOException {
        Path path = folder.resolve("model.gguf");
        GgufWriter writer = writer(SMALL);
        addTensors(writer, SMALL, "");
        writer.write(path);
        GgufFile file = GgufFile.read(path);
        MemoryNeed need = MemoryNeed.of(file, ModelConfig.of(file), 100_000);
        assertThat(need.kv()).isEqualTo(100_000 * 64L);
        assertThat(need.in(1L << 30)).isInstanceOf(Fit.Fits.class);
        assertThat(need.in(need.total() - 1_000_000))
                .isInstanceOfSatisfying(
                        Fit.TooLarge.class, fit -> assertThat(fit.why()).contains("It would fit with a context of 84"));
        MemoryNeed huge = new MemoryNeed(40L << 30, 1 << 30, 1 << 30, 4096, 256 << 20);
        assertThat(huge.in(8L << 30))
                .isInstanceOfSatisfying(
                        Fit.TooLarge.class,
                        fit -> assertThat(fit.why())
                                .contains("needs 44.3 GB")
                                .contains("parameters in Q4_0 would fit"));
    }

    private ModelConfig read(ModelConfig keys, ModelConfig tensors, Consumer<GgufWriter> more, String without)
            throws IOException {
        GgufWriter writer = writer(keys);
        addTensors(writer, tensors, without);
        more.accept(writer);
        Path path = folder.resolve("model.gguf");
        writer.write(path);
        return ModelConfig.of(GgufFile.read(path));
    }

    private void readKeys(Consumer<GgufWriter> keys) throws IOException {
        GgufWriter writer = new GgufWriter();
        keys.accept(writer);
        Path path = folder.resolve("keys.gguf");
        writer.write(path);
        ModelConfig.of(GgufFile.read(path));
    }

    private static GgufWriter writer(ModelConfig config) {
        GgufWriter writer = new GgufWriter();
        config.writeTo(writer);
        return writer;
    }

    private static void addTensors(GgufWriter writer, ModelConfig config, String without) {
        for (TensorShape shape : config.tensors(false)) {
            if (!shape.name().equals(without)) {
                writer.tensor(shape.name(), TensorType.F32, shape.dimensions(), new float[(int) shape.elements()]);
            }
        }
    }
}
