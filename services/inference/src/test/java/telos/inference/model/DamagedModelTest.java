package telos.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import telos.devices.cpu.Arena;
import telos.devices.cpu.Workers;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorType;

final class DamagedModelTest {
    private static final int[] ODD_NUMBERS = {
        0, 1, 2, 3, 5, 16, 31, 64, 255, 4096, 4097, 65536, 1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x7fc00000
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(TensorType.class)
    @Timeout(60)
    void isLoadedAndRunsOrIsRefusedAndNothingElse(TensorType type) throws IOException {
        byte[] whole = whole(type);
        SplittableRandom random = new SplittableRandom(type.code());
        Path path = folder.resolve("damaged.gguf");
        int refused = 0;
        try (Workers workers = new Workers(1)) {
            for (int i = 0; i < 80; i++) {
                byte[] bytes = whole.clone();
                ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                for (int j = random.nextInt(1, 3); j > 0; j--) {
                    int at = random.nextInt(random.nextInt(3) == 0 ? bytes.length - 4 : 1500);
                    if (random.nextBoolean()) {
                        bytes[at] = (byte) random.nextInt();
                    } else {
                        buffer.putInt(at, ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)]);
                    }
                }
                Files.write(path, bytes);
                try {
                    loadAndRun(path, workers);
                } catch (GgufException e) {
                    refused++;
                    assertThat(e).hasMessageContaining("damaged.gguf");
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("mutation " + i, e);
                }
            }
        }
        assertThat(refused).isBetween(10, 79);
    }

    private static void loadAndRun(Path path, Workers workers) throws GgufException {
        GgufFile file = GgufFile.read(path);
        ModelSummary.of(file);
        try (LlamaModel model = LlamaModel.load(file, workers);
                Arena arena = new Arena()) {
            Chunk chunk = new Chunk(new int[] {1}, 0, new int[] {0, 1}, true);
            float[][] logits = model.forward(model.kvStore(arena, 2), List.of(chunk));
            assertThat(logits[0]).hasSize(model.config().vocabulary());
        }
    }

    private byte[] whole(TensorType type) throws IOException {
        ModelConfig config = new ModelConfig("small", 24, 128, 1, 32, 2, 1, 16, 64, 1e-6f, 16, 10000, 0.5);
        GgufWriter writer = new GgufWriter();
        config.writeTo(writer);
        SplittableRandom random = new SplittableRandom(1);
        for (TensorShape shape : config.tensors(false)) {
            float[] weights = new float[(int) shape.elements()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextGaussian();
            }
            writer.tensor(shape.name(), shape.isNorm() ? TensorType.F32 : type, shape.dimensions(), weights);
        }
        Path path = folder.resolve("whole.gguf");
        writer.write(path);
        return Files.readAllBytes(path);
    }
}
