package telos.server.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    @TempDir
    Path home;

    private Path file() {
        return home.resolve("access.log");
    }

    @Test
    void addsToWhatIsThereForItsOwnerAlone() throws Exception {
        try (AccessLog log = new AccessLog(file(), 1000, 2)) {
            log.write("one");
        }
        try (AccessLog log = new AccessLog(file(), 1000, 2)) {
            log.write("two");
        }
        assertThat(file()).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsSoManyFilesOfSoManyBytes() throws Exception {
        try (AccessLog log = new AccessLog(file(), 100, 2)) {
            for (int i = 0; i < 100; i++) {
                log.write("line number %03d, padded".formatted(i));
            }
        }
        try (var files = Files.list(home)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(each -> assertThat(Files.size(each)).isBetween(1L, 100L));
        }
        assertThat(Files.readAllLines(file()).getLast()).startsWith("line number 099");
        List<String> lines = new ArrayList<>(Files.readAllLines(home.resolve("access.log.2")));
        lines.addAll(Files.readAllLines(home.resolve("access.log.1")));
        lines.addAll(Files.readAllLines(file()));
        assertThat(lines).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void takesALineThatIsLargerThanAFile() throws Exception {
        try (AccessLog log = new AccessLog(file(), 100, 1)) {
            log.write("a");
            log.write("x".repeat(500));
            log.write("b");
        }
        assertThat(file()).hasContent("b\n");
        assertThat(Files.size(home.resolve("access.log.1"))).isEqualTo(501);
    }

    @Test
    void goesOnWhenItsFolderComesBack() throws Exception {
        Path folder = home.resolve("gone");
        try (AccessLog log = new AccessLog(folder.resolve("access.log"), 100, 1)) {
            log.write("lost");
            Files.createDirectory(folder);
            log.write("kept");
            assertThat(folder.resolve("access.log")).hasContent("kept\n");
        }
    }

    @Test
    void writesNothingAfterItsEnd() {
        AccessLog log = new AccessLog(file(), 100, 1);
        log.close();
        log.write("late");
        log.close();
        assertThat(file()).doesNotExist();
    }
}
