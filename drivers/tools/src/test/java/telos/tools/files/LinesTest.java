package telos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.tools.report.FileLines;
import telos.tools.report.Unavailable;

@Timeout(20)
final class LinesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "missing.txt, no such file: missing.txt",
        "folder, 'folder is a folder, not a regular file'",
        "pipe, 'pipe is a named pipe, not a regular file'",
        "linked-pipe, 'linked-pipe is a named pipe, not a regular file'",
        "dangling, dangling is a link to a file that does not exist",
        "loop-a, loop-a is a link that leads back to itself",
        "text/under, no such file: text/under (a part of the path is not a folder)",
        "binary, binary is a binary file of 6 B; only text is shown",
        "controls, controls is a binary file of 20 B; only text is shown",
        "/dev/zero, '/dev/zero is a device, not a regular file'",
        "/proc/kmsg, '/proc/kmsg is a stream of the kernel, not a regular file'",
        "/proc/self/mem, /proc/self/mem cannot be read: Input/output error",
        "'', ' is a folder, not a regular file'",
    })
    void refusesWhatIsNotATextFileAndSaysWhy(String asked, String why) throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        Files.createSymbolicLink(folder.resolve("linked-pipe"), Path.of("pipe"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("loop-a"), Path.of("loop-b"));
        Files.createSymbolicLink(folder.resolve("loop-b"), Path.of("loop-a"));
        Files.writeString(folder.resolve("text"), "text\n");
        Files.write(folder.resolve("binary"), new byte[] {'a', 'b', 0, 'c', 'd', '\n'});
        Files.writeString(folder.resolve("controls"), "\u0001\u0002\u0003".repeat(6) + "ab");
        assertThatThrownBy(() -> Lines.head(place(asked), 10))
                .isInstanceOf(Unavailable.class)
                .hasMessage(why);
        assertThatThrownBy(() -> Lines.tail(place(asked), 10))
                .isInstanceOf(Unavailable.class)
                .hasMessage(why);
    }

    @Test
    void refusesAFileThatMayNotBeRead() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertThatThrownBy(() -> Lines.tail(place("secret"), 10))
                .hasMessage("secret may not be read: permission denied");
    }

    @Test
    void readsTheEndOfAHundredGigabytes() throws Exception {
        Path file = folder.resolve("huge.log");
        try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.write("first\nsecond\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
            huge.seek(100L << 30);
            huge.write("a line\n".repeat(20_000).getBytes(StandardCharsets.UTF_8));
            huge.write("last but one\nlast\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Lines.head(place("huge.log"), 2).lines()).containsExactly("first", "second");
        assertThat(Lines.tail(place("huge.log"), 2).lines()).containsExactly("last but one", "last");
    }

    @Test
    void refusesAHundredGigabytesOfNothing() throws Exception {
        try (var huge = new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            huge.setLength(100L << 30);
        }
        assertThatThrownBy(() -> Lines.tail(place("sparse"), 5))
                .hasMessage("sparse is a binary file of 100 GB; only text is shown");
        assertThatThrownBy(() -> Lines.head(place("sparse"), 5)).isInstanceOf(Unavailable.class);
    }

    @Test
    void cutsALineOfTenMegabytes() throws Exception {
        Files.writeString(folder.resolve("long"), "x".repeat(10 << 20) + "END\nnext\n");
        FileLines head = Lines.head(place("long"), 2);
        assertThat(head.lines()).containsExactly("x".repeat(1000) + "…", "next");
        assertThat(head.render()).endsWith("\n(cut: lines longer than 1000 characters)");
        FileLines tail = Lines.tail(place("long"), 2);
        assertThat(tail.lines()).containsExactly("…" + "x".repeat(997) + "END", "next");
        assertThat(tail.cut()).isTrue();
    }

    @Test
    void neverCutsACharacterInTwo() throws Exception {
        Files.writeString(folder.resolve("faces"), "a" + "😀".repeat(3000));
        assertThat(Lines.head(place("faces"), 1).lines().getFirst())
                .endsWith("😀…")
                .doesNotContain("\ufffd");
        assertThat(Width.last("a" + "😀".repeat(10), 5)).isEqualTo("…😀😀");
        assertThat(Width.around("😀".repeat(300), 301, 100))
                .doesNotContain("\\u")
                .startsWith("…😀")
                .endsWith("😀…");
    }

    @Test
    void replacesWhatIsNotUtf8AndShowsEscapes() throws Exception {
        byte[] bytes = "caf\u00e9 \u001b[31mred\u001b[0m\r\n\u009b5m\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("latin"), bytes);
        assertThat(Lines.tail(place("latin"), 5).render()).isEqualTo("caf\ufffd \\x1b[31mred\\x1b[0m\n\ufffd5m");
    }

    @Test
    void readsFilesOfTheKernelWhichHaveNoLength() throws Exception {
        assertThat(Lines.head(place("/proc/meminfo"), 1).lines().getFirst()).startsWith("MemTotal:");
        assertThat(Lines.tail(place("/proc/self/status"), 1).lines().getFirst()).contains("ctxt_switches");
    }

    @Test
    void saysThatAFileIsEmpty() throws Exception {
        Files.createFile(folder.resolve("empty"));
        assertThat(Lines.head(place("empty"), 5).render()).isEqualTo("the file is empty");
        assertThat(Lines.tail(place("empty"), 5).render()).isEqualTo("the file is empty");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void agreesWithAReaderThatKnowsTheWholeFile(int seed) throws Exception {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(400);
        for (int i = 0; i < count; i++) {
            String unit = List.of("a", "é", "語", "😀", "", "\t", " b").get(random.nextInt(7));
            text.append(unit.repeat(random.nextInt(random.nextInt(10) == 0 ? 3000 : 60)));
            text.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
        }
        if (random.nextBoolean()) {
            text.append("no line end");
        }
        Files.writeString(folder.resolve("file"), text);
        List<String> naive = new ArrayList<>();
        for (String line : text.toString().split("(?<=\n)", -1)) {
            if (!line.isEmpty()) {
                naive.add(Width.first(line.replaceAll("\r?\n$", ""), Width.LINE));
            }
        }
        for (int lines : new int[] {1, 2, 10, 50, 200}) {
            int shown = Math.min(lines, naive.size());
            assertThat(Lines.head(place("file"), lines).lines()).isEqualTo(naive.subList(0, shown));
            assertThat(Lines.tail(place("file"), lines).lines())
                    .isEqualTo(naive.subList(naive.size() - shown, naive.size()));
        }
    }

    private Place place(String asked) throws Unavailable {
        return Place.of(asked, folder, folder);
    }
}
