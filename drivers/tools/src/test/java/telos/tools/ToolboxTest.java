package telos.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.kernel.ToolSpec;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.Term;
import telos.tools.files.Guard;
import telos.tools.host.Host;
import telos.tools.host.LinuxHost;
import telos.tools.host.SimulatedHost;
import telos.tools.report.AgentRow;
import telos.tools.report.BlockCounts;
import telos.tools.report.DiskUsage;
import telos.tools.report.KernelLog;
import telos.tools.report.LoadAverages;
import telos.tools.report.MemoryUse;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessRow;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

@Timeout(20)
final class ToolboxTest {
    private static final TelosView TELOS = new TelosView() {
        @Override
        public List<AgentRow> agents() {
            return List.of(new AgentRow(1, "run", "running", 2, 300));
        }

        @Override
        public BlockCounts blocks() {
            return new BlockCounts(10, 4, 3, 3, 16, 0.5);
        }
    };

    @TempDir
    Path here;

    private final Toolbox toolbox = new Toolbox(SimulatedHost.seeded(1), TELOS);

    @Test
    void runsEveryToolOnTheRealMachine() throws Exception {
        Files.writeString(here.resolve("notes.txt"), "one\ntwo\n");
        Toolbox real = new Toolbox(new LinuxHost(), TELOS);
        for (ToolSpec spec : real.specs()) {
            String arguments = switch (spec.name()) {
                case "process" -> "{\"pid\":" + ProcessHandle.current().pid() + "}";
                case "find" -> "{\"name\":\"*.txt\"}";
                case "head", "tail" -> "{\"path\":\"notes.txt\"}";
                case "search" -> "{\"text\":\"two\"}";
                default -> "{}";
            };
            ToolResult result = real.call(spec.name(), arguments, here);
            if (!spec.name().equals("kernel_log")) {
                assertThat(result).as(spec.name()).isInstanceOf(ToolResult.Output.class);
            }
        }
    }

    @Test
    void sortsAndFiltersProcesses() throws Exception {
        Host host = new Described(List.of(
                new ProcessRow(3, "java", 100, 1),
                new ProcessRow(2, "JavaScript", 300, 2),
                new ProcessRow(1, "cron", 300, 9)));
        Toolbox box = new Toolbox(host, TELOS);
        assertThat(text(box, "processes", "{\"limit\":2}"))
                .isEqualTo("PID NAME MEMORY CPU\n1 cron 300 B 9.0%\n2 JavaScript 300 B 2.0%\n(2 of 3)");
        assertThat(text(box, "processes", "{\"sort\":\"cpu\",\"limit\":1}")).contains("\n1 cron");
        assertThat(text(box, "processes", "{\"name\":\"JAVA\"}"))
                .isEqualTo("PID NAME MEMORY CPU\n2 JavaScript 300 B 2.0%\n3 java 100 B 1.0%");
        assertThat(text(box, "processes", "{\"name\":\"nginx\"}")).isEqualTo("nothing found");
    }

    @Test
    void filtersSocketsByStateAndPort() throws Exception {
        Host host = new Described(List.of());
        Toolbox box = new Toolbox(host, TELOS);
        assertThat(text(box, "sockets", "{}")).contains(":80 *").doesNotContain("connected");
        assertThat(text(box, "sockets", "{\"state\":\"connected\",\"port\":443}"))
                .endsWith("\ntcp 10.0.0.1:5000 10.0.0.2:443 connected curl/9");
        assertThat(text(box, "sockets", "{\"port\":44}")).isEqualTo("nothing found");
        assertThat(text(box, "sockets", "{\"state\":\"all\"}").lines()).hasSize(4);
    }

    @Test
    void showsTelosItself() throws Exception {
        assertThat(text(toolbox, "agents", "{}")).isEqualTo("ID NAME STATE STEPS TOKENS\n1 run running 2 300");
        assertThat(text(toolbox, "blocks", "")).startsWith("blocks: 10\nused: 4");
    }

    @Test
    void resolvesPathsFromTheCallersFolder() throws Exception {
        Files.writeString(here.resolve("README.md"), "hello\n");
        assertThat(text(toolbox, "head", "{\"path\":\"README.md\"}")).isEqualTo("hello");
        assertThat(toolbox.call("head", "{\"path\":\"other.md\"}", here))
                .isEqualTo(new ToolResult.Failed("no such file: other.md"));
        assertThatThrownBy(() -> toolbox.call("head", "{\"path\":\"x\"}", Path.of("relative")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesCallsThatAreNotValid() throws Exception {
        assertThat(toolbox.call("delete", "{}", here)).isInstanceOf(ToolResult.Failed.class);
        assertThat(toolbox.call("head", "{\"path\":5}", here))
                .isEqualTo(new ToolResult.Failed("\"path\" of head must be a text, not a number"));
    }

    @Test
    void boundsTheOutputInLinesAndCharacters() throws Exception {
        Files.writeString(here.resolve("wide"), ("x".repeat(900) + "\n").repeat(200));
        ToolResult.Output wide = (ToolResult.Output) toolbox.call("head", "{\"path\":\"wide\",\"lines\":200}", here);
        assertThat(wide.cut()).isTrue();
        assertThat(wide.text())
                .hasSizeLessThanOrEqualTo(65_536)
                .endsWith("\n(cut: more than 200 lines or 65536 characters)");
        Files.writeString(here.resolve("tall"), "x\n".repeat(500));
        ToolResult.Output tall = (ToolResult.Output) toolbox.call("head", "{\"path\":\"tall\",\"lines\":200}", here);
        assertThat(tall).isEqualTo(new ToolResult.Output("x\n".repeat(199) + "x", false));
    }

    @Test
    void givesUpOnACallThatHangsEvenIfItIgnoresInterrupts() throws Exception {
        Stubborn host = new Stubborn();
        Toolbox box = box(host, Duration.ofMillis(20));
        assertThat(box.call("memory", "{}", here))
                .isEqualTo(new ToolResult.Failed("memory took longer than 0 seconds and was given up"));
        host.release.countDown();
    }

    @Test
    void letsOnlySoManyCallsHangAndRecovers() throws Exception {
        Stubborn host = new Stubborn();
        Toolbox box = box(host, Duration.ofMillis(1));
        while (host.entered.get() < Toolbox.MOST_AT_ONCE) {
            box.call("memory", "{}", here);
        }
        assertThat(box.call("blocks", "{}", here))
                .isEqualTo(new ToolResult.Failed("too many tool calls are running; try again later"));
        host.release.countDown();
        ToolResult result;
        do {
            Thread.onSpinWait();
            result = box.call("blocks", "{}", here);
        } while (result instanceof ToolResult.Failed);
        assertThat(result).isInstanceOf(ToolResult.Output.class);
    }

    @Test
    void endsWhenTheCallerIsInterrupted() throws Exception {
        Stubborn host = new Stubborn();
        Toolbox box = box(host, Duration.ofSeconds(10));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> box.call("memory", "{}", here)).isInstanceOf(InterruptedException.class);
        host.release.countDown();
    }

    @Test
    void survivesAToolThatBreaks() throws Exception {
        Host broken = new Described(List.of()) {
            @Override
            public MemoryUse memory() {
                throw new IllegalStateException("bug\u001b 7");
            }
        };
        Logger log = Logger.getLogger(Toolbox.class.getName());
        log.setLevel(Level.OFF);
        assertThat(box(broken, Duration.ofSeconds(5)).call("memory", "{}", here))
                .isEqualTo(new ToolResult.Failed(
                        "memory failed inside Telos: java.lang.IllegalStateException: bug\\x1b 7"));
        log.setLevel(Level.INFO);
    }

    private Toolbox box(Host host, Duration mostTime) {
        return new Toolbox(new Tools(host, TELOS, here), mostTime);
    }

    private String text(Toolbox box, String tool, String arguments) throws InterruptedException {
        return ((ToolResult.Output) box.call(tool, arguments, here)).text();
    }

    /** Does not answer before it is released, whatever happens to its thread. */
    private static final class Stubborn extends Described {
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicInteger entered = new AtomicInteger();

        Stubborn() {
            super(List.of());
        }

        @Override
        public MemoryUse memory() throws Unavailable {
            entered.incrementAndGet();
            while (true) {
                try {
                    release.await();
                    throw new Unavailable("released");
                } catch (InterruptedException ignored) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static class Described implements Host {
        private final SimulatedHost rest = SimulatedHost.seeded(1);
        private final List<ProcessRow> processes;

        Described(List<ProcessRow> processes) {
            this.processes = processes;
        }

        @Override
        public List<ProcessRow> processes() {
            return processes;
        }

        @Override
        public ProcessDetail process(long pid) throws Unavailable {
            return rest.process(pid);
        }

        @Override
        public MemoryUse memory() throws Unavailable {
            return rest.memory();
        }

        @Override
        public LoadAverages load() {
            return rest.load();
        }

        @Override
        public DiskUsage disk(Path path, String asked) {
            return rest.disk(path, asked);
        }

        @Override
        public List<SocketRow> sockets() {
            return List.of(
                    new SocketRow("tcp", "0.0.0.0:80", "*", "listening", "nginx/7"),
                    new SocketRow("tcp", "10.0.0.1:5000", "10.0.0.2:443", "connected", "curl/9"),
                    new SocketRow("tcp", "10.0.0.1:5001", "10.0.0.2:443", "time-wait", "none"));
        }

        @Override
        public KernelLog kernelLog(int lines) {
            return rest.kernelLog(lines);
        }
    }

    private Toolbox.Prepared.Ready prepared(String tool, String arguments) throws InterruptedException {
        return (Toolbox.Prepared.Ready) toolbox.prepare(tool, arguments, here);
    }

    @Test
    void tellsWhereAPathLeadsBeforeItGoesThere() throws Exception {
        Path real = here.toRealPath();
        Files.createDirectory(here.resolve("secret"));
        Files.writeString(here.resolve("secret/key"), "k");
        Files.createSymbolicLink(here.resolve("link"), here.resolve("secret"));
        for (String asked : List.of("secret/key", "./secret/../link/key", "link/key", "nothing/../secret/key")) {
            assertThat(prepared("head", "{\"path\":\"" + asked + "\"}").values())
                    .as(asked)
                    .containsEntry("path", new Term.Text(real + "/secret/key"))
                    .containsEntry("lines", Term.Quantity.of(10));
        }
        assertThat(prepared("head", "{\"path\":\"link/not there\"}").values())
                .containsEntry("path", new Term.Text(real + "/secret/not there"));
    }

    @Test
    void goesWhereThePathLedWhenItWasDecided() throws Exception {
        Files.writeString(here.resolve("open.txt"), "open");
        Files.writeString(here.resolve("secret.txt"), "secret");
        Path link = Files.createSymbolicLink(here.resolve("link"), here.resolve("open.txt"));
        Toolbox.Prepared.Ready ready = prepared("head", "{\"path\":\"link\"}");
        Files.delete(link);
        Files.createSymbolicLink(link, here.resolve("secret.txt"));
        assertThat(toolbox.run(ready, Guard.NONE))
                .isInstanceOfSatisfying(
                        ToolResult.Output.class,
                        output -> assertThat(output.text()).contains("open").doesNotContain("secret"));
    }

    @Test
    void doesNotGoThereIfSomethingElseIsThereThanWhenItWasDecided() throws Exception {
        Files.writeString(here.resolve("secret.txt"), "secret");
        Files.createDirectory(here.resolve("folder"));
        Path file = Files.writeString(here.resolve("folder/a.txt"), "open");
        Toolbox.Prepared.Ready link = prepared("head", "{\"path\":\"folder/a.txt\"}");
        Files.delete(file);
        Files.createSymbolicLink(file, here.resolve("secret.txt"));
        changed(link);
        Files.delete(file);
        Files.writeString(file, "open");
        Toolbox.Prepared.Ready replaced = prepared("tail", "{\"path\":\"folder/a.txt\"}");
        Files.move(here.resolve("secret.txt"), file, StandardCopyOption.REPLACE_EXISTING);
        changed(replaced);
        for (String walk : List.of("search", "find", "largest")) {
            String more = walk.equals("search") ? ",\"text\":\"secret\"" : walk.equals("find") ? ",\"name\":\"*\"" : "";
            Path folder = Files.createDirectory(here.resolve(walk));
            Toolbox.Prepared.Ready below = prepared(walk, "{\"path\":\"" + walk + "\"" + more + "}");
            Files.delete(folder);
            Files.createSymbolicLink(folder, here.resolve("folder"));
            changed(below);
        }
    }

    private void changed(Toolbox.Prepared.Ready ready) throws InterruptedException {
        assertThat(toolbox.run(ready, Guard.NONE))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.message()).contains("not what was there when that was decided"));
    }

    @Test
    void leavesOutBelowAPathWhatMayNotBeOpened() throws Exception {
        Files.createDirectory(here.resolve(".ssh"));
        Files.writeString(here.resolve(".ssh/id"), "the KEY");
        Files.writeString(here.resolve("notes"), "a KEY");
        for (String call : List.of("search {\"text\":\"KEY\"}", "find {\"name\":\"*\"}", "largest {}")) {
            Toolbox.Prepared.Ready ready =
                    prepared(call.substring(0, call.indexOf(' ')), call.substring(call.indexOf(' ') + 1));
            assertThat(toolbox.run(ready, guard(path -> !path.contains("/.ssh"), new ArrayList<>())))
                    .isInstanceOfSatisfying(
                            ToolResult.Output.class,
                            output -> assertThat(output.text())
                                    .contains("notes", "1 file or folder that agents may not read left out")
                                    .doesNotContain("ssh", "the KEY", "./id"));
        }
    }

    private static Guard guard(Predicate<String> open, List<Label> heard) {
        return new Guard() {
            @Override
            public boolean mayOpen(Path entry) {
                return open.test(entry.toString());
            }

            @Override
            public void read(Label stored) {
                heard.add(stored);
            }
        };
    }

    @Test
    void tellsOfTheLabelThatAFileCarries() throws Exception {
        Path plain = Files.writeString(here.resolve("plain"), "a word");
        Path labelled = Files.writeString(here.resolve("labelled"), "a word");
        Path broken = Files.writeString(here.resolve("broken"), "a word");
        assumeTrue(labels(labelled, "{\"integrity\": \"trusted\", \"readers\": [\"alice\", \"owner\"]}"));
        assertThat(labels(broken, "for alice")).isTrue();
        Label alices = Label.of(Integrity.TRUSTED, Readers.of("alice", "owner"));
        for (String tool : List.of("head", "tail", "search")) {
            String more = tool.equals("search") ? ",\"text\":\"word\"" : "";
            assertThat(heard(tool, plain, more)).as(tool).isEmpty();
            assertThat(heard(tool, labelled, more)).as(tool).containsExactly(alices);
            assertThat(heard(tool, broken, more)).as(tool).containsExactly(Label.MISSING);
        }
        assertThat(heard("search", here, ",\"text\":\"nowhere\""))
                .as("what is not found tells something too")
                .containsExactlyInAnyOrder(alices, Label.MISSING);
    }

    private List<Label> heard(String tool, Path path, String more) throws InterruptedException {
        List<Label> heard = new ArrayList<>();
        toolbox.run(prepared(tool, "{\"path\":\"" + path + "\"" + more + "}"), guard(_ -> true, heard));
        return heard;
    }

    private static boolean labels(Path file, String label) {
        try {
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write("telos.label", ByteBuffer.wrap(label.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (IOException unsupported) {
            return false;
        }
    }

    @Test
    void whatOthersWroteIsNotTrustedAndNothingIsForEveryone() throws Exception {
        for (ToolSpec spec : toolbox.specs()) {
            assertThat(Trust.of(spec.name()).readers()).isEqualTo(Readers.of("owner"));
        }
        for (String tool : List.of("head", "tail", "search", "find", "processes", "process", "kernel_log", "sockets")) {
            assertThat(Trust.of(tool).integrity()).as(tool).isEqualTo(Integrity.UNTRUSTED);
        }
    }
}
