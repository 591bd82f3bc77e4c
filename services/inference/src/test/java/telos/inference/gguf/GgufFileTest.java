package telos.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class GgufFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsBackWhatWasWritten() throws IOException {
        float[] weights = new float[64];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i - 31.5f;
        }
        Path path = folder.resolve("model.gguf");
        new GgufWriter()
                .string("general.architecture", "llama")
                .integer("llama.block_count", 2)
                .number("llama.rope.freq_base", 10000f)
                .flag("tokenizer.ggml.add_bos_token", true)
                .strings("tokenizer.ggml.tokens", List.of("a", "", "Ġé"))
                .numbers("tokenizer.ggml.scores", new float[] {0, -1, -2})
                .integers("tokenizer.ggml.token_type", new int[] {1, -3, 6})
                .tensor("a.weight", TensorType.F32, List.of(32L, 2L), weights)
                .tensor("b.weight", TensorType.Q8_0, List.of(32L, 2L), weights)
                .write(path);

        GgufFile file = GgufFile.read(path);

        assertThat(file.version()).isEqualTo(3);
        Metadata metadata = file.metadata();
        assertThat(metadata.requiredString("general.architecture")).isEqualTo("llama");
        assertThat(metadata.requiredInteger("llama.block_count", 1, 9)).isEqualTo(2);
        assertThat(metadata.number("llama.rope.freq_base")).hasValue(10000);
        assertThat(metadata.flag("tokenizer.ggml.add_bos_token", false)).isTrue();
        assertThat(metadata.strings("tokenizer.ggml.tokens")).containsExactly("a", "", "Ġé");
        assertThat(metadata.floats("tokenizer.ggml.scores")).containsExactly(0, -1, -2);
        assertThat(metadata.integers("tokenizer.ggml.token_type")).containsExactly(1, -3, 6);
        assertThat(metadata.strings("absent")).isEmpty();
        TensorInfo a = file.tensor("a.weight").orElseThrow();
        TensorInfo b = file.tensor("b.weight").orElseThrow();
        assertThat(a.dimensions()).containsExactly(32L, 2L);
        try (TensorReader reader = file.open()) {
            assertThat(reader.floats(a)).containsExactly(weights);
            assertThat(reader.floats(b)).hasSize(64);
            assertThat(reader.read(b).byteSize()).isEqualTo(68);
        }
    }

    @Test
    void namesTheKeyWhoseTypeIsNotTheOneAskedFor() throws IOException {
        Metadata metadata = read(writer -> writer.string("llama.block_count", "many"));
        assertThatThrownBy(() -> metadata.integer("llama.block_count"))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("llama.block_count")
                .hasMessageContaining("must be a whole number");
        assertThatThrownBy(() -> metadata.requiredString("general.architecture"))
                .hasMessageContaining("general.architecture is missing");
    }

    @Test
    void refusesNumbersOutOfRange() throws IOException {
        Metadata metadata = read(writer -> writer.integer("llama.block_count", 2_000_000_000));
        assertThatThrownBy(() -> metadata.requiredInteger("llama.block_count", 1, 1000))
                .hasMessageContaining("2000000000")
                .hasMessageContaining("between 1 and 1000");
    }

    @Test
    void refusesWhatIsNoGguf() throws IOException {
        assertRefused(
                "version https://git-lfs.github.com/spec/v1\noid".getBytes(StandardCharsets.UTF_8), "git lfs pull");
        assertRefused(new byte[0], "has 0 bytes");
        assertRefused(new byte[4096], "no GGUF file");
        assertRefused("PK\3\4".repeat(10).getBytes(StandardCharsets.UTF_8), "zip archive");
    }

    @Test
    void refusesOtherVersionsAndByteOrders() throws IOException {
        assertRefused(patched(4, 0x03000000), "big-endian");
        assertRefused(patched(4, 1), "version 1");
        assertRefused(patched(4, 77), "version 77");
    }

    @Test
    void refusesAbsurdCounts() throws IOException {
        assertRefused(patched(12, 0x7fffffff), "tensors");
        assertRefused(patched(20, 0x7fffffff), "metadata keys");
        assertRefused(patched(24 + 4, 1), "a length of");
        assertRefused(patched(16, 60000), "cannot fit");
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        byte[] whole = bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            Path path = Files.write(folder.resolve("cut.gguf"), cut);
            assertThatThrownBy(() -> GgufFile.read(path)).isInstanceOf(GgufException.class);
        }
    }

    @Test
    void namesTheUnknownTypeAndItsTensor() throws IOException {
        byte[] whole = bytes();
        int at = indexOf(whole, "x.weight") + 8 + 4 + 8 + 8;
        assertRefused(patch(whole, at, 12), "x.weight has the type Q4_K; Telos reads F32, F16, Q4_0, Q8_0, BF16");
        assertRefused(patch(whole, at, 999), "number 999");
    }

    @Test
    void refusesOffsetsThatAreUnalignedOrPastTheEnd() throws IOException {
        byte[] whole = bytes();
        int at = indexOf(whole, "x.weight") + 8 + 4 + 8 + 8 + 4;
        assertRefused(patch(whole, at, 7), "no multiple of the alignment");
        assertRefused(patch(whole, at, 1 << 20), "past the end of the file");
        int second = indexOf(whole, "y.weight") + 8 + 4 + 8 + 8 + 4;
        assertRefused(patch(whole, second, 256), "overlap");
    }

    @Test
    void refusesExtentsWhoseProductOverflows() throws IOException {
        byte[] whole = bytes();
        int at = indexOf(whole, "x.weight") + 8 + 4;
        assertRefused(patch(whole, at + 4, 0x7fffffff), "absurd extent");
        assertRefused(patch(whole, at, 0), "absurd extent");
        assertRefused(patch(whole, at - 4, 5), "dimensions");
    }

    @Test
    void refusesAKeyOrTensorGivenTwice() throws IOException {
        byte[] whole = bytes();
        byte[] twice = whole.clone();
        twice[indexOf(whole, "y.weight")] = 'x';
        assertRefused(twice, "x.weight occurs twice");
        byte[] keys = whole.clone();
        keys[indexOf(whole, "second")] = 'f';
        System.arraycopy("firsts".getBytes(StandardCharsets.US_ASCII), 0, keys, indexOf(whole, "second"), 6);
        assertRefused(keys, "firsts occurs twice");
    }

    @Test
    void refusesListsNestedTooDeep() throws IOException {
        ByteBuffer nested = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        nested.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(1);
        nested.putLong(1).put((byte) 'k').putInt(9);
        for (int i = 0; i < 20; i++) {
            nested.putInt(9).putLong(1);
        }
        assertRefused(nested.array(), "nests lists deeper");
    }

    @Test
    void tellsWhenTheFileIsCutWhileItLoads() throws IOException {
        Path path = Files.write(folder.resolve("shrinking.gguf"), bytes());
        GgufFile file = GgufFile.read(path);
        TensorInfo last = file.tensor("y.weight").orElseThrow();
        try (TensorReader reader = file.open();
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(last.offset() + 10);
            assertThatThrownBy(() -> reader.read(last))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("y.weight")
                    .hasMessageContaining("cut while it was loading");
            assertThatThrownBy(file::open).hasMessageContaining("changed while it was being loaded");
        }
    }

    @Test
    @Timeout(10)
    void refusesWhatIsNoOrdinaryFileWithoutOpeningIt() throws Exception {
        assertThatThrownBy(() -> GgufFile.read(folder.resolve("absent"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> GgufFile.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> GgufFile.read(Path.of("/dev/zero"))).hasMessageContaining("not an ordinary file");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> GgufFile.read(pipe)).hasMessageContaining("not an ordinary file");
    }

    private Metadata read(Consumer<GgufWriter> content) throws IOException {
        GgufWriter writer = new GgufWriter();
        content.accept(writer);
        Path path = folder.resolve("small.gguf");
        writer.write(path);
        return GgufFile.read(path).metadata();
    }

    private byte[] bytes() throws IOException {
        Path path = folder.resolve("whole.gguf");
        new GgufWriter()
                .string("firsts", "a")
                .integer("second", 1)
                .tensor("x.weight", TensorType.F32, List.of(32L, 4L), new float[128])
                .tensor("y.weight", TensorType.F16, List.of(32L, 1L), new float[32])
                .write(path);
        return Files.readAllBytes(path);
    }

    private byte[] patched(int at, int value) throws IOException {
        return patch(bytes(), at, value);
    }

    private static byte[] patch(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return copy;
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private void assertRefused(byte[] bytes, String why) throws IOException {
        Path path = Files.write(folder.resolve("bad.gguf"), bytes);
        assertThatThrownBy(() -> GgufFile.read(path))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("bad.gguf");
    }
}
