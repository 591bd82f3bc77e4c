package telos.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Test
    void copiesTheMetadataOfAFileButItsAlignment() throws GgufException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "a\nb");
        values.put("flag", true);
        values.put("small", 7L);
        values.put("negative", -7L);
        values.put("large", 1L << 40);
        values.put("single", 0.5);
        values.put("double", 0.1);
        values.put("wholes", new long[] {-1, 2});
        values.put("large wholes", new long[] {1L << 40});
        values.put("numbers", new float[] {0.1f, 2});
        values.put("texts", List.of("x", "y"));
        Map<String, Object> given = new LinkedHashMap<>(values);
        given.put("general.alignment", 64L);
        Path path = folder.resolve("model.gguf");
        new GgufWriter().metadata(new Metadata("here", given)).write(path);
        Metadata copied = GgufFile.read(path).metadata();
        assertThat(copied.keys()).containsExactlyElementsOf(values.keySet());
        values.forEach((key, value) -> assertThat(copied.value(key)).as(key).isEqualTo(value));
    }

    @Test
    void refusesToCopyListsOfLists() {
        Metadata nested = new Metadata("here", Map.of("deep", List.of(List.of("x"))));
        assertThatThrownBy(() -> new GgufWriter().metadata(nested))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deep");
    }
}
