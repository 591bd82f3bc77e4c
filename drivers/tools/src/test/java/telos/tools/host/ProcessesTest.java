package telos.tools.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessRow;
import telos.tools.report.Unavailable;

final class ProcessesTest {
    @TempDir
    Path root;

    @Test
    void measuresCpuBetweenTwoSamplesAndMemoryAsResident() throws Exception {
        FakeProc proc = FakeProc.in(root).process(42, "java", 1000, 2048).process(7, "cron", 3, 64);
        LinuxHost host = proc.host(() -> proc.stat(42, "java", 1010, 500));
        assertThat(host.processes())
                .containsExactlyInAnyOrder(
                        new ProcessRow(42, "java", 2048 * 1024, 50), new ProcessRow(7, "cron", 64 * 1024, 0));
    }

    @Test
    void countsAllTimeOfAProcessThatStartedBetweenTheSamples() throws Exception {
        FakeProc proc = FakeProc.in(root);
        assertThat(proc.host(() -> proc.process(50, "new", 20, 1)).processes())
                .containsExactly(new ProcessRow(50, "new", 1024, 100));
    }

    @Test
    void doesNotMixTwoProcessesThatHadTheSameNumber() throws Exception {
        FakeProc proc = FakeProc.in(root).process(42, "old", 100_000, 1);
        assertThat(proc.host(() -> proc.stat(42, "young", 2, 999)).processes())
                .containsExactly(new ProcessRow(42, "young", 1024, 10));
    }

    @Test
    void leavesOutAProcessThatEndsMeanwhile() throws Exception {
        FakeProc proc = FakeProc.in(root).process(42, "gone", 1, 1).process(43, "stays", 1, 1);
        LinuxHost host = proc.host(() -> Files.delete(root.resolve("proc/42/stat")));
        assertThat(host.processes()).extracting(ProcessRow::name).containsExactly("stays");
    }

    @Test
    void readsNamesThatHoldParenthesesBlanksAndLineBreaks() throws Exception {
        FakeProc proc = FakeProc.in(root).process(42, "a) R 9 (b\n\u001b[1m", 1, 1);
        assertThat(proc.host().processes()).extracting(ProcessRow::name).containsExactly("a) R 9 (b\n\u001b[1m");
    }

    @Test
    void leavesOutWhatIsNotAProcess() throws Exception {
        FakeProc proc = FakeProc.in(root)
                .file("proc/12/stat", "")
                .file("proc/13/stat", "13 (x) S 1")
                .file("proc/14/stat", "14 (x) S a b c d e f g h i j k l m n o p q r s t u")
                .file("proc/99999999999999999999/stat", "1 (x) S 1");
        assertThat(proc.host().processes()).isEmpty();
    }

    @Test
    void completesANameThatTheKernelCut() throws Exception {
        FakeProc proc = FakeProc.in(root)
                .process(42, "gnome-terminal-", 1, 1)
                .file("proc/42/cmdline", "/usr/libexec/gnome-terminal-server\0")
                .process(43, "another-name-15", 1, 1);
        assertThat(proc.host().processes())
                .extracting(ProcessRow::name)
                .containsExactlyInAnyOrder("gnome-terminal-server", "another-name-15");
    }

    @Test
    void tellsAllAboutOneProcess() throws Exception {
        ProcessDetail detail =
                FakeProc.in(root).process(42, "java", 1, 2048).host().process(42);
        assertThat(detail)
                .isEqualTo(new ProcessDetail(
                        42,
                        "java",
                        "sleeping",
                        1,
                        "ann",
                        2048 * 1024,
                        0,
                        7,
                        LocalDateTime.ofInstant(Instant.ofEpochSecond(1767225605), ZoneId.systemDefault()),
                        "/usr/bin/java --flag"));
    }

    @Test
    void showsTheNumberOfAUserWithoutAName() throws Exception {
        FakeProc proc = FakeProc.in(root).process(42, "java", 1, 1).file("proc/42/status", "Uid:\t4711\n");
        assertThat(proc.host().process(42).user()).isEqualTo("4711");
        Files.delete(root.resolve("etc/passwd"));
        assertThat(proc.host().process(42).user()).isEqualTo("4711");
        Files.delete(root.resolve("proc/42/status"));
        assertThat(proc.host().process(42).user()).isEqualTo("unknown");
    }

    @Test
    void showsKernelThreadsWithoutMemoryOrCommand() throws Exception {
        ProcessDetail thread =
                FakeProc.in(root).stat(2, "kthreadd", 0, 0).host().process(2);
        assertThat(thread.memoryBytes()).isZero();
        assertThat(thread.render()).contains("memory: 0 B").endsWith("command: none");
    }

    @Test
    void refusesANumberThatNoProcessHas() throws Exception {
        LinuxHost host = FakeProc.in(root).host();
        assertThatThrownBy(() -> host.process(99))
                .isInstanceOf(Unavailable.class)
                .hasMessage("no process has the number 99");
    }

    @Test
    void saysWhenThereIsNoProcfs() {
        LinuxHost host = new FakeProc(root).host();
        assertThatThrownBy(host::processes).isInstanceOf(Unavailable.class).hasMessageContaining("has no");
    }
}
