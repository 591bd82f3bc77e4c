package telos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.tools.report.TextMatches;
import telos.tools.report.Unavailable;

@Timeout(20)
final class TextSearchTest {
    @TempDir
    Path folder;

    @Test
    void showsPathLineAndText() throws Exception {
        file("src/A.java", "one\n  int x = 1; // TODO\r\nTODO\n");
        file("b.txt", "todo\nTODO");
        assertThat(search("TODO", ".").render())
                .isEqualTo("./b.txt:2: TODO\n./src/A.java:2: int x = 1; // TODO\n./src/A.java:3: TODO");
        assertThat(search("TODO", "b.txt").render()).isEqualTo("b.txt:2: TODO");
        assertThat(search("nowhere", "src").render()).isEqualTo("nothing found under src");
    }

    @Test
    void takesTheTextLiterally() throws Exception {
        file("a", "xayb\nx.*b\n");
        assertThat(search("x.*b", ".").rows()).containsExactly(new TextMatches.Row("./a", 2, "x.*b"));
    }

    @Test
    void passesOverBinaryFilesPipesAndLinks() throws Exception {
        file("binary", "\0\0needle\n");
        file("text", "needle\n");
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("text"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
        assertThat(search("needle", ".").render()).isEqualTo("./text:1: needle");
        assertThat(search("needle", "link").render()).isEqualTo("link:1: needle");
    }

    @Test
    void refusesWhatCannotBeSearched() throws Exception {
        file("binary", "\0\0needle\n");
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        assertThatThrownBy(() -> search("x", "binary")).hasMessageContaining("is a binary file");
        assertThatThrownBy(() -> search("x", "pipe")).hasMessageContaining("is a named pipe");
        assertThatThrownBy(() -> search("x", "nowhere")).hasMessage("no such file or folder: nowhere");
        assertThatThrownBy(() -> search("a\nb", ".")).hasMessageContaining("within one line");
    }

    @Test
    void showsTheMatchWithinALongLine() throws Exception {
        file("long", "x".repeat(5000) + "needle" + "y".repeat(5000) + "\n");
        TextMatches found = search("needle", ".");
        assertThat(found.rows().getFirst().text())
                .hasSizeLessThan(210)
                .contains("xneedley")
                .startsWith("…")
                .endsWith("…");
    }

    @Test
    void saysThatVeryLongLinesWereSearchedInPart() throws Exception {
        file("long", "x".repeat(10 << 20) + "needle\nneedle\n");
        assertThat(search("needle", ".").render())
                .isEqualTo("./long:2: needle\n(cut: very long lines were searched in part)");
    }

    @Test
    void findsAMatchAcrossTheReadersBuffer() throws Exception {
        for (int before = (1 << 16) - 8; before <= (1 << 16) + 1; before++) {
            file("f", "x".repeat(before) + "needle\n");
            assertThat(search("needle", "f").rows()).as("after %d", before).hasSize(1);
        }
    }

    @Test
    void stopsWhenItHasReadEnough() throws Exception {
        try (var huge = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
            huge.write("text\n".repeat(2000).getBytes(StandardCharsets.US_ASCII));
            huge.setLength(100L << 30);
        }
        Budget small = new Budget(Duration.ofSeconds(3), 100, 10 << 20, () -> 0);
        TextMatches found = TextSearch.search("needle", place("."), 5, small);
        assertThat(found.render())
                .isEqualTo(
                        "nothing found under .\n(cut: very long lines were searched in part; stopped after 10 MB, before all was "
                                + "looked at: name a folder further down to see the rest)");
    }

    @Test
    void saysWhenThereAreMoreThanAskedFor() throws Exception {
        file("f", "needle\n".repeat(9));
        assertThat(TextSearch.search("needle", place("."), 2, Budget.usual()).render())
                .isEqualTo("./f:1: needle\n./f:2: needle\n(cut: the first 2, there are more)");
    }

    private TextMatches search(String text, String asked) throws Unavailable, InterruptedException {
        return TextSearch.search(text, place(asked), 20);
    }

    private Place place(String asked) throws Unavailable {
        return Place.of(asked, folder, folder);
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
