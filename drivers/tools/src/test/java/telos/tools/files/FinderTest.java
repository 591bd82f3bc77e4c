package telos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.tools.report.FoundFiles;
import telos.tools.report.LargestFiles;
import telos.tools.report.Unavailable;

@Timeout(20)
final class FinderTest {
    @TempDir
    Path folder;

    @Test
    void listsTheLargestFirstAndThenByName() throws Exception {
        file("a/small", 10);
        file("a/b/large", 3000);
        file("same-2", 500);
        file("same-1", 500);
        assertThat(Finder.largest(place("."), 3).render())
                .isEqualTo("2.9 KB ./a/b/large\n500 B ./same-1\n500 B ./same-2");
    }

    @Test
    void showsPathsInTheFormInWhichTheyWereAsked() throws Exception {
        file("src/main/A.java", 1);
        assertThat(find("A.java", "src").paths()).containsExactly("src/main/A.java");
        assertThat(find("A.java", "src/").paths()).containsExactly("src/main/A.java");
        assertThat(find("A.java", "./src/../src").paths()).containsExactly("./src/../src/main/A.java");
        assertThat(find("A.java", "~/src").paths()).containsExactly("~/src/main/A.java");
        assertThat(find("A.java", "~").paths()).containsExactly("~/src/main/A.java");
        String absolute = folder.resolve("src").toString();
        assertThat(find("A.java", absolute).paths()).containsExactly(absolute + "/main/A.java");
    }

    @Test
    void findsFilesFoldersAndLinksNearestFirst() throws Exception {
        file("z/x.md", 1);
        file("a/b/x.md", 1);
        Files.createDirectory(folder.resolve("m.md"));
        Files.createSymbolicLink(folder.resolve("n.md"), Path.of("nowhere"));
        assertThat(find("*.md", ".").paths()).containsExactly("./m.md", "./n.md", "./z/x.md", "./a/b/x.md");
    }

    @Test
    void isNotLedAstrayByLinks() throws Exception {
        file("real/x", 1);
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("real/up"), Path.of(".."));
        assertThat(find("x", ".").paths()).containsExactly("./real/x");
        assertThat(find("x", "loop").paths()).containsExactly("loop/real/x");
        assertThat(Finder.largest(place("."), 9).rows()).hasSize(1);
    }

    @Test
    void showsNamesWithLineBreaksOnOneLine() throws Exception {
        file("a\nb\u001b[2J\tc", 1);
        assertThat(find("a*", ".").render()).isEqualTo("./a\\x0ab\\x1b[2J\\x09c");
    }

    @Test
    void findsANameThatLooksLikeAPattern() throws Exception {
        file("[draft].txt", 1);
        assertThat(find("[draft].txt", ".").paths()).containsExactly("./[draft].txt");
    }

    @Test
    void saysWhenThereAreMoreThanAskedFor() throws Exception {
        for (int i = 0; i < 5; i++) {
            file("f" + i, 1);
        }
        assertThat(Finder.find("f*", place("."), 2).render())
                .isEqualTo("./f0\n./f1\n(cut: the first 2, there are more)");
        assertThat(Finder.find("f*", place("."), 5).cut()).isFalse();
        assertThat(find("g", ".").render()).isEqualTo("nothing found under .");
    }

    @Test
    void stopsWhenItHasSeenEnough() throws Exception {
        for (int i = 0; i < 20; i++) {
            file("f" + i, 1);
        }
        Budget few = new Budget(Duration.ofSeconds(3), 10, 1, () -> 0);
        assertThat(Finder.largest(place("."), 50, few).render())
                .endsWith(
                        "(cut: stopped after 10 files, before all was looked at: name a folder further down to see the rest)");
        long[] now = {0};
        Budget brief = new Budget(Duration.ofSeconds(3), 1000, 1, () -> now[0] += 1_000_000_000);
        FoundFiles found = Finder.find("*", place("."), 50, brief);
        assertThat(found.paths()).hasSizeLessThan(20);
        assertThat(found.render())
                .endsWith(
                        "(cut: stopped after 3 seconds, before all was looked at: name a folder further down to see the rest)");
    }

    @Test
    void endsWhenItIsInterrupted() throws Exception {
        file("f", 1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> find("f", ".")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void countsASparseFileWithTheLengthThatItShows() throws Exception {
        try (var sparse = new RandomAccessFile(folder.resolve("disk.img").toFile(), "rw")) {
            sparse.setLength(100L << 30);
        }
        assertThat(Finder.largest(place("."), 1).rows())
                .containsExactly(new LargestFiles.Row(100L << 30, "./disk.img"));
    }

    @Test
    void refusesWhatIsNotAFolder() throws Exception {
        file("text", 1);
        assertThatThrownBy(() -> Finder.largest(place("text"), 1)).hasMessage("text is not a folder");
        assertThatThrownBy(() -> Finder.largest(place("nowhere"), 1)).hasMessage("no such folder: nowhere");
        assertThatThrownBy(() -> find("x", "/proc/self/fd")).hasMessageContaining("figures of the kernel");
        assertThatThrownBy(() -> find("src/*.java", ".")).hasMessageContaining("give the folder as \"path\"");
        assertThatThrownBy(() -> place("~bob/x")).hasMessageContaining("give the whole path");
        assertThatThrownBy(() -> place("a\0b")).hasMessageContaining("not a path: a\\x00b");
    }

    @Test
    void saysHowManyFoldersMayNotBeRead() throws Exception {
        file("closed/x", 1);
        file("open/x", 1);
        Path closed = folder.resolve("closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(closed), "this user may read everything");
        assertThat(find("x", ".").render()).isEqualTo("./open/x\n(cut: 1 folder may not be read)");
        assertThatThrownBy(() -> find("x", "closed")).hasMessage("closed may not be read: permission denied");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }

    private FoundFiles find(String name, String asked) throws Unavailable, InterruptedException {
        return Finder.find(name, place(asked), 20);
    }

    private Place place(String asked) throws Unavailable {
        return Place.of(asked, folder, folder);
    }

    private void file(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }
}
