package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;
import telos.inference.model.ModelConfig;

final class RandomTwinTest {
    @TempDir
    private Path folder;

    @Test
    void hasTheMetadataAndTheShapesOfItsModel() throws Exception {
        GgufFile model = GgufFile.read(TinyOperator.write(folder.resolve("model.gguf")));
        GgufFile twin = GgufFile.read(twin(1));
        assertThat(twin.metadata().keys())
                .containsExactlyElementsOf(model.metadata().keys());
        for (String key : model.metadata().keys()) {
            assertThat(twin.metadata().text(key))
                    .as(key)
                    .isEqualTo(model.metadata().text(key));
        }
        assertThat(twin.metadata().strings("tokenizer.ggml.tokens"))
                .isEqualTo(model.metadata().strings("tokenizer.ggml.tokens"));
        assertThat(twin.metadata().integers("tokenizer.ggml.token_type"))
                .isEqualTo(model.metadata().integers("tokenizer.ggml.token_type"));
        assertThat(ModelConfig.of(twin)).isEqualTo(ModelConfig.of(model));
        assertThat(twin.tensors())
                .extracting(TensorInfo::name, TensorInfo::type, (Function<TensorInfo, Object>) TensorInfo::dimensions)
                .isEqualTo(model.tensors().stream()
                        .map(tensor ->
                                org.assertj.core.groups.Tuple.tuple(tensor.name(), tensor.type(), tensor.dimensions()))
                        .toList());
    }

    @Test
    void hasWeightsThatItsSeedAloneDecides() throws Exception {
        Path model = TinyOperator.write(folder.resolve("model.gguf"));
        assertThat(Files.mismatch(twin(1), model)).isNotNegative();
        assertThat(Files.mismatch(twin(1), twin(2))).isNotNegative();
        byte[] first = Files.readAllBytes(twin(1));
        assertThat(Files.readAllBytes(twin(1))).isEqualTo(first);
    }

    private Path twin(long seed) throws Exception {
        Path twin = folder.resolve("twin" + seed + ".gguf");
        RandomTwin.write(folder.resolve("model.gguf"), twin, seed);
        return twin;
    }
}
