package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher hands on, with a Java that writes down how it was started. */
class LauncherTest {
    @TempDir
    Path folder;

    @BeforeEach
    void install() throws IOException {
        Files.copy(launcher(), folder.resolve("telos"));
        program("jdk/bin/javac", "");
        program(
                "jdk/bin/java",
                "cat /proc/$$/environ > '" + folder + "/environ'\nfor n in 0 1 2; do readlink /proc/$$/fd/$n; done > '"
                        + folder + "/streams'");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.createDirectories(folder.resolve(".telos/cli"));
        Files.writeString(folder.resolve(".telos/cli/built"), "");
    }

    private static Path launcher() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("telos"))) {
            at = Objects.requireNonNull(at.getParent(), "no folder above this one holds the launcher");
        }
        return at.resolve("telos");
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** @param script a shell's; "$0" is the launcher */
    private void run(List<String> variables, String script) throws Exception {
        List<String> words = new ArrayList<>(List.of("env", "-i", "JAVA_HOME=" + folder.resolve("jdk"), "HOME=/"));
        words.addAll(variables);
        words.addAll(List.of("/bin/sh", "-c", script, folder.resolve("telos").toString()));
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    private List<String> environment() throws IOException {
        List<byte[]> given = Files.readString(folder.resolve("environ"))
                .lines()
                .flatMap(all -> Arrays.stream(all.split("\0", -1)))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.getBytes(StandardCharsets.UTF_8))
                .toList();
        return Inheritance.environment(given).stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"})
    void aClosedStandardStreamIsAnEmptyOne(String closed) throws Exception {
        run(List.of("PATH=" + System.getenv("PATH")), "\"$0\" exec true " + closed);
        List<String> streams = Files.readAllLines(folder.resolve("streams"));
        if (closed.contains("<&-")) {
            assertThat(streams.get(0)).isEqualTo("/dev/null");
        }
        assertThat(streams).doesNotContain(folder.resolve("telos").toString());
        if (closed.contains("2>&-")) {
            assertThat(streams.get(2)).isEqualTo("/dev/null");
        }
    }

    @Test
    void aProgramGetsTheEnvironmentThatTheLauncherGot() throws Exception {
        String path = "PATH=" + System.getenv("PATH");
        run(List.of(path), "unset PWD OLDPWD; exec \"$0\" exec true");
        assertThat(environment()).containsExactlyInAnyOrder("JAVA_HOME=" + folder.resolve("jdk"), "HOME=/", path);
    }

    @Test
    void needsNoHome() throws Exception {
        run(List.of("PATH=" + System.getenv("PATH")), "unset HOME; exec \"$0\" exec true");
        assertThat(environment()).noneMatch(entry -> entry.startsWith("HOME="));
    }

    @Test
    void whatAShellWouldChangeIsAsItWas() throws Exception {
        run(
                List.of("PATH=" + System.getenv("PATH"), "PWD=/nowhere", "SHLVL=7", "OLDPWD=/before", "LC_ALL=C"),
                "export PWD=/nowhere; exec \"$0\" exec true");
        assertThat(environment()).contains("SHLVL=7", "OLDPWD=/before", "LC_ALL=C");
    }
}
