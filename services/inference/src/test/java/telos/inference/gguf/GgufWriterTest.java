package telos.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufWriterTest {
    @TempDir
    private Path folder;

    @Test
    void leavesTheOldFileAndNothingElseWhenItFails() throws IOException {
        Path path = Files.writeString(folder.resolve("model.gguf"), "old");
        GgufWriter writer = new GgufWriter().tensor("x", TensorType.F32, List.of(8L), sink -> {
            throw new IOException("No space left on device");
        });
        assertThatThrownBy(() -> writer.write(path))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("no space is left");
        assertThat(Files.readString(path)).isEqualTo("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void refusesBeforehandWhatTheDiskCannotHold() {
        GgufWriter writer = new GgufWriter()
                .tensor(
                        "x",
                        TensorType.F32,
                        List.of(1L << 30, 1L << 25),
                        sink -> assertThat(sink).isNull());
        assertThatThrownBy(() -> writer.write(folder.resolve("huge.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("free");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> new GgufWriter().write(folder.resolve("absent/model.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void refusesTensorsThatTheirTypeCannotHold() {
        GgufWriter writer = new GgufWriter();
        assertThatThrownBy(() -> writer.tensor("x", TensorType.Q4_0, List.of(33L), new float[33]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not whole Q4_0 blocks");
        assertThatThrownBy(() -> writer.tensor("x", TensorType.F32, List.of(4L), new float[3]))
                .hasMessageContaining("3 values");
    }
}
