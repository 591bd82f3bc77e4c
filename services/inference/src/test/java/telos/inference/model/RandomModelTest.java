package telos.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorReader;
import telos.inference.gguf.TensorType;

final class RandomModelTest {
    @TempDir
    private Path folder;

    static RandomModel small(TensorType type) {
        return new RandomModel(64, 2, 4, 2, 96, 600, 256, type, false, 1);
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void makesAFileThatIsAWholeModel(TensorType type) throws IOException {
        Path path = folder.resolve("random.gguf");
        AtomicLong written = new AtomicLong();
        small(type).write(path, written::set);

        GgufFile file = GgufFile.read(path);
        assertThat(ModelConfig.of(file)).isEqualTo(small(type).config());
        assertThat(written).hasValue(small(type).parameters());
        assertThat(file.metadata().strings("tokenizer.ggml.tokens"))
                .hasSize(600)
                .doesNotHaveDuplicates()
                .contains("<0x0A>", "▁e", "th");
        ModelSummary summary = ModelSummary.of(file);
        assertThat(summary.parameters()).isEqualTo(small(type).parameters());
        assertThat(summary.mainType()).contains(type);
        assertThat(summary.unsupported()).isEmpty();
    }

    @Test
    void drawsWeightsWithTheVarianceThatItPromises() throws IOException {
        Path path = folder.resolve("random.gguf");
        small(TensorType.F32).write(path, _ -> {});
        GgufFile file = GgufFile.read(path);
        try (TensorReader reader = file.open()) {
            float[] weights = reader.floats(file.tensor("token_embd.weight").orElseThrow());
            double sum = 0;
            double squares = 0;
            for (float weight : weights) {
                sum += weight;
                squares += weight * weight;
            }
            assertThat(sum / weights.length).isCloseTo(0, within(0.01));
            assertThat(squares / weights.length).isCloseTo(1.0 / 64, within(0.001));
        }
    }

    @Test
    void givesTheSameFileForTheSameSeedOnly() throws IOException {
        Path first = folder.resolve("first.gguf");
        Path second = folder.resolve("second.gguf");
        small(TensorType.Q4_0).write(first, _ -> {});
        small(TensorType.Q4_0).write(second, _ -> {});
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        new RandomModel(64, 2, 4, 2, 96, 600, 256, TensorType.Q4_0, false, 2).write(second, _ -> {});
        assertThat(Files.mismatch(first, second)).isPositive();
    }

    @Test
    void refusesShapesThatNoModelCanHave() {
        assertThatThrownBy(() -> new RandomModel(64, 2, 5, 1, 96, 600, 256, TensorType.F16, false, 1))
                .hasMessage("--heads must divide --dim 64, not 5");
        assertThatThrownBy(() -> new RandomModel(80, 2, 4, 2, 96, 600, 256, TensorType.Q4_0, false, 1))
                .hasMessageContaining("multiples of 32");
        assertThatThrownBy(() -> new RandomModel(64, 2, 4, 3, 96, 600, 256, TensorType.F16, false, 1))
                .hasMessageContaining("--kv-heads");
        assertThatThrownBy(() -> new RandomModel(64, 2, 4, 2, 96, 3, 256, TensorType.F16, false, 1))
                .hasMessageContaining("--vocab");
    }
}
