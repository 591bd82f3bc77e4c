package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLogTest {
    @TempDir
    Path home;

    private Path file() {
        return home.resolve(DaemonLog.NAME);
    }

    private static LogRecord record(String message) {
        LogRecord record = new LogRecord(Level.INFO, message);
        record.setLoggerName("telos.server.Daemon");
        record.setInstant(Instant.ofEpochSecond(1_700_000_000));
        return record;
    }

    @Test
    void writesOneLineForEachRecordToAFileOfItsOwner() throws IOException {
        try (DaemonLog log = DaemonLog.open(file(), 1000)) {
            LogRecord record = record("loaded {0} in {1} ms");
            record.setParameters(new Object[] {"mini", 12});
            log.publish(record);
        }
        assertThat(file()).hasContent("2023-11-14T22:13:20Z INFO    Daemon: loaded mini in 12 ms\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsTheTraceOfAFault() throws IOException {
        try (DaemonLog log = DaemonLog.open(file(), 1000)) {
            LogRecord record = record("fault");
            record.setThrown(new IllegalStateException("broken"));
            log.publish(record);
        }
        assertThat(Files.readString(file())).contains("Daemon: fault\njava.lang.IllegalStateException: broken\n\tat ");
    }

    @Test
    void neverTakesMoreThanItMayHoweverMuchIsLogged() throws IOException {
        try (DaemonLog log = DaemonLog.open(file(), 1000)) {
            for (int i = 0; i < 1000; i++) {
                log.publish(record("line " + i));
            }
        }
        try (Stream<Path> files = Files.list(home)) {
            List<Path> all = files.sorted().toList();
            assertThat(all)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("telos.log", "telos.log.1", "telos.log.2", "telos.log.3");
            for (Path each : all) {
                assertThat(Files.size(each)).isLessThan(1100);
            }
        }
        assertThat(DaemonLog.tail(file(), 1).getFirst()).endsWith("line 999");
        String kept = Files.readString(home.resolve("telos.log.1")) + Files.readString(file());
        assertThat(kept.lines().map(line -> line.replaceFirst(".* ", "")).toList())
                .as("nothing is lost between two files")
                .isEqualTo(IntStream.range(1000 - (int) kept.lines().count(), 1000)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    @Test
    void sharesTheFileWithWhatTheProcessPrints() throws IOException {
        try (DaemonLog log = DaemonLog.open(file(), 200);
                var printed = Files.newOutputStream(file(), StandardOpenOption.APPEND)) {
            for (int i = 0; i < 20; i++) {
                log.publish(record("line"));
                printed.write("printed\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(Files.readString(file())).doesNotContain("\0").endsWith("printed\n");
    }

    @Test
    void saysNothingMoreAfterItsEnd() throws IOException {
        DaemonLog log = DaemonLog.open(file(), 1000);
        log.close();
        log.publish(record("late"));
        assertThat(file()).isEmptyFile();
    }

    @Test
    void showsTheLastLines() throws IOException {
        assertThat(DaemonLog.tail(file(), 5)).isEmpty();
        Files.writeString(file(), "");
        assertThat(DaemonLog.tail(file(), 5)).isEmpty();
        Files.writeString(file(), "a\nb\nc");
        assertThat(DaemonLog.tail(file(), 2)).containsExactly("b", "c");
        assertThat(DaemonLog.tail(file(), 9)).containsExactly("a", "b", "c");
        assertThat(DaemonLog.tail(file(), 0)).isEmpty();
    }

    @Test
    void showsNoHalfOfALineOfALargeLog() throws IOException {
        Files.writeString(
                file(),
                IntStream.range(0, 60_000)
                        .mapToObj("a rather long line %05d\n"::formatted)
                        .collect(Collectors.joining()));
        assertThat(DaemonLog.tail(file(), 100_000))
                .hasSizeLessThan(60_000)
                .hasSizeGreaterThan(40_000)
                .allMatch(line -> line.matches("a rather long line \\d{5}"));
    }
}
