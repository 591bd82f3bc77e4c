package telos.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufMutationTest {
    private static final long[] ODD_NUMBERS = {
        0,
        1,
        -1,
        31,
        33,
        255,
        256,
        65535,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 2,
        Long.MAX_VALUE - 31
    };

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @Timeout(60)
    void aDamagedFileIsReadOrRefusedAndNothingElse(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = whole();
        Path path = folder.resolve("damaged.gguf");
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            Files.write(path, mutate(whole, random));
            try {
                readAll(path);
            } catch (GgufException e) {
                refused++;
                assertThat(e).hasMessageContaining("damaged.gguf");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", mutation " + i, e);
            }
        }
        assertThat(refused).isBetween(100, 999);
    }

    private static void readAll(Path path) throws GgufException {
        GgufFile file = GgufFile.read(path);
        file.metadata().keys().forEach(file.metadata()::text);
        try (TensorReader reader = file.open()) {
            for (TensorInfo tensor : file.tensors()) {
                assertThat(reader.floats(tensor)).hasSize((int) tensor.elements());
            }
        }
    }

    private static byte[] mutate(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        // Most of the header is near the start, so small positions are drawn more often.
        int header = 700;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(random.nextInt(8) == 0 ? bytes.length - 8 : header);
            long odd = ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> buffer.putInt(at, (int) odd);
                case 3 -> buffer.putLong(at, odd);
                case 4 -> buffer.putLong(at, random.nextLong());
                default -> {
                    int length = Math.min(random.nextInt(1, 64), bytes.length - at);
                    System.arraycopy(whole, random.nextInt(whole.length - length), bytes, at, length);
                }
            }
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length * 2)) : bytes;
    }

    private byte[] whole() throws IOException {
        Path path = folder.resolve("whole.gguf");
        new GgufWriter()
                .string("general.architecture", "llama")
                .integer("general.alignment", 32)
                .integer("llama.block_count", 2)
                .flag("tokenizer.ggml.add_bos_token", true)
                .strings("tokenizer.ggml.tokens", List.of("a", "bc", "d"))
                .numbers("tokenizer.ggml.scores", new float[] {0, -1, -2})
                .integers("tokenizer.ggml.token_type", new int[] {1, 1, 1})
                .tensor("a.weight", TensorType.F32, List.of(32L, 2L), new float[64])
                .tensor("b.weight", TensorType.Q4_0, List.of(32L, 2L, 2L), new float[128])
                .tensor("c.weight", TensorType.BF16, List.of(8L), new float[8])
                .write(path);
        return Files.readAllBytes(path);
    }
}
