package telos.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.gguf.GgufFile;
import telos.training.transformer.Dimensions;
import telos.training.transformer.Snapshot;
import telos.training.transformer.Transformer;

class ModelFileTest {
    @TempDir
    Path folder;

    @Test
    void turnsColumnsToRows() {
        float[] matrix = {1, 2, 3, 4, 5, 6}; // [2][3]
        assertThat(ModelFile.outputs(matrix, 2, 3, 1, 3)).containsExactly(2, 5, 3, 6);
    }

    @Test
    void putsRotaryPairsSideBySide() {
        Dimensions d = new Dimensions(1, 1, 1, 2, 1, 4, 1);
        assertThat(ModelFile.paired(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, d)).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
    }

    @Test
    @Tag("slow")
    void saysTheSameInTheEngineAsInTraining() throws Exception {
        Dimensions d = new Dimensions(Protocol.VOCABULARY, 64, 2, 4, 2, 16, 96);
        Snapshot weights = Transformer.fresh(d, 3);
        weights.arrays().forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] *= name.endsWith("norm") ? 1 : 4;
            }
        });
        Path file = folder.resolve("model.gguf");
        ModelFile.write(file, "test", d, weights, BatchesTest.TOKENIZER.vocabulary());
        Random random = new Random(1);
        try (NDManager manager = Engine.getInstance().newBaseManager();
                Transformer model = new Transformer(d, manager, Plan.CONTEXT, weights);
                EngineModel engine = EngineModel.load(GgufFile.read(file))) {
            double worst = 0;
            for (int length : List.of(1, 5, 40, 100)) {
                int[] tokens = random.ints(length, 0, d.vocabulary()).toArray();
                worst = Math.max(
                        worst, Comparison.of(model, manager, engine, tokens).distance());
            }
            assertThat(worst).isLessThan(0.1); // eight bits against thirty-two
        }
    }
}
