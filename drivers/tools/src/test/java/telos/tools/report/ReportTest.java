package telos.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The texts that the built-in model was trained on, word for word. */
final class ReportTest {
    private static final long GB = 1L << 30;

    @Test
    void listsProcessesAndSaysHowManyThereAre() {
        var java = new ProcessRow(4242, "java", 1288490189L, 12.5);
        assertThat(new ProcessList(List.of(java), 143).render())
                .isEqualTo("PID NAME MEMORY CPU\n4242 java 1.2 GB 12.5%\n(1 of 143)");
        assertThat(new ProcessList(List.of(java), 1).render()).isEqualTo("PID NAME MEMORY CPU\n4242 java 1.2 GB 12.5%");
        assertThat(new ProcessList(List.of(), 0).render()).isEqualTo("nothing found");
    }

    @Test
    void showsAProcessLineByLine() {
        var detail = new ProcessDetail(
                7,
                "nginx",
                "sleeping",
                1,
                "www-data",
                5 << 20,
                0,
                4,
                LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                "nginx -g x");
        assertThat(detail.render())
                .isEqualTo("pid: 7\nname: nginx\nstate: sleeping\nparent: 1\nuser: www-data\nmemory: 5 MB\ncpu: 0.0%\n"
                        + "threads: 4\nstarted: 2026-01-02 03:04:05\ncommand: nginx -g x");
    }

    @Test
    void showsMemoryWithAndWithoutSwap() {
        assertThat(new MemoryUse(8 * GB, 2 * GB, 0, 0).render())
                .isEqualTo("total: 8 GB\nused: 6 GB\navailable: 2 GB\nswap: none");
        assertThat(new MemoryUse(8 * GB, 2 * GB, GB, 0).render()).endsWith("\nswap: 0 B of 1 GB");
    }

    @Test
    void showsLoadAndSaysWherePressureIsUnknown() {
        var told = OptionalDouble.of(1.2);
        var load = new LoadAverages(0.52, 0.61, 0.7, 2, told, OptionalDouble.empty(), told, Duration.ofHours(76));
        assertThat(load.render())
                .isEqualTo("load: 0.52 0.61 0.70\ncpus: 2\ncpu pressure: 1.2%\nmemory pressure: not told by this "
                        + "kernel\nio pressure: 1.2%\nuptime: 3 days 4 hours");
    }

    @Test
    void showsDiskFullnessAsDfDoes() {
        assertThat(new DiskUsage("/var", "/", 252 * GB, 172 * GB, 80 * GB).render())
                .isEqualTo("path: /var\nmount: /\nsize: 252 GB\nused: 172 GB\nfree: 80 GB\nfull: 69%");
        assertThat(new DiskUsage("/proc", "/proc", 0, 0, 0).full()).isZero();
        assertThat(new DiskUsage("/", "/", Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).full())
                .isEqualTo(50);
    }

    @Test
    void listsFilesAndSaysWhenTheSearchWasCut() {
        var row = new LargestFiles.Row(1288490189L, "./a/b.bin");
        assertThat(new LargestFiles(List.of(row), ".", Optional.of("stopped after 3 s")).render())
                .isEqualTo("1.2 GB ./a/b.bin\n(cut: stopped after 3 s)");
        assertThat(new FoundFiles(List.of("./pom.xml", "./a/pom.xml"), ".", Optional.empty()).render())
                .isEqualTo("./pom.xml\n./a/pom.xml");
        assertThat(new FoundFiles(List.of(), "/var", Optional.empty()).render()).isEqualTo("nothing found under /var");
    }

    @Test
    void showsMatchesWithPathAndLine() {
        var row = new TextMatches.Row("src/A.java", 12, "  return x;\t");
        assertThat(new TextMatches(List.of(row), "src", Optional.empty()).render())
                .isEqualTo("src/A.java:12: return x;");
    }

    @Test
    void showsSocketsAgentsAndBlocks() {
        var socket = new SocketRow("tcp", "127.0.0.1:7717", "*", "listening", "java/42");
        assertThat(new SocketList(List.of(socket), Optional.empty()).render())
                .isEqualTo("PROTO LOCAL REMOTE STATE PROCESS\ntcp 127.0.0.1:7717 * listening java/42");
        assertThat(socket.port()).isEqualTo(7717);
        assertThat(new AgentList(List.of(new AgentRow(3, "run", "waiting", 1, 412))).render())
                .isEqualTo("ID NAME STATE STEPS TOKENS\n3 run waiting 1 412");
        assertThat(new BlockCounts(100, 10, 20, 70, 16, 0.833).render())
                .isEqualTo("blocks: 100\nused: 10\ncached: 20\nfree: 70\ntokens per block: 16\nuseful share: 83.3%");
    }

    @Test
    void neverLetsTextDriveTheTerminal() {
        String hostile = "a\u001b[2J\r\nb\u202e\u009b\ud800\u2028";
        for (Report report : List.of(
                new FileLines(List.of(hostile), Optional.empty()),
                new FoundFiles(List.of(hostile), "", Optional.empty()),
                new FoundFiles(List.of(), hostile, Optional.empty()),
                new KernelLog(List.of(hostile)),
                new ProcessList(List.of(new ProcessRow(1, hostile, 1, 1)), 1),
                new DiskUsage(hostile, hostile, 1, 1, 1),
                new TextMatches(List.of(new TextMatches.Row(hostile, 1, hostile)), "", Optional.empty()))) {
            assertThat(report.render())
                    .doesNotContain("\u001b", "\r", "\u202e", "\u009b", "\ud800", "\u2028")
                    .contains("\\x1b[2J\\x0d\\x0ab\\u202e\\x9b\\ud800\\u2028");
        }
    }
}
