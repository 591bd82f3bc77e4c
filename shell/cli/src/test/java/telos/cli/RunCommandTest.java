package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;

class RunCommandTest {
    private static final String[] RUN = {
        "call {\"tool\":\"disk\",\"arguments\":{\"path\":\"/var\"}}",
        "result {\"tool\":\"disk\",\"arguments\":{\"path\":\"/var\"},\"result\":\"mount: /\\nfull: 69%\",\"failed\":false}",
        "text {\"delta\":\"69% – \"}",
        "text {\"delta\":\"full.\"}",
        "done {\"request\":\"how full?\",\"model\":\"telos-mini\",\"steps\":[{\"tool\":\"disk\",\"arguments\":"
                + "{\"path\":\"/var\"},\"result\":\"mount: /\\nfull: 69%\"}],\"answer\":\"69% – full.\",\"seconds\":0.25}"
    };

    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));

    @BeforeEach
    void here() {
        cli = Cli.in(folder);
    }

    private FakeDaemon daemon() throws IOException {
        return new FakeDaemon(Cli.home(folder));
    }

    @Test
    void showsCallThenResultThenAnswer() throws IOException {
        try (FakeDaemon daemon = daemon().onRun(RUN)) {
            Ran ran = cli.run("run", "how full?");
            assertThat(ran.out()).isEqualTo("""
                    → disk path="/var"
                      mount: /
                      full: 69%
                    69% – full.
                    """);
            assertThat(ran.status()).isZero();
            assertThat(ran.err()).isEmpty();
            assertThat(daemon.heard().getLast())
                    .isEqualTo("POST /runs {\"request\":\"how full?\",\"cwd\":\"" + folder
                            + "\",\"model\":\"\",\"history\":[]}");
        }
    }

    @Test
    void printsOneJsonObjectWhenAskedTo() throws IOException {
        try (FakeDaemon _ = daemon().onRun(RUN)) {
            Ran ran = cli.run("run", "how full?", "--json");
            assertThat(ran.out()).isEqualTo("""
                    {"request":"how full?","model":"telos-mini","steps":[{"tool":"disk","arguments":{"path":"/var"},\
                    "result":"mount: /\\nfull: 69%"}],"answer":"69% – full.","seconds":0.25}
                    """);
            assertThat(ran.status()).isZero();
        }
    }

    @Test
    void cutsLongResults() throws IOException {
        String lines = IntStream.range(0, 40).mapToObj(i -> "line " + i).collect(Collectors.joining("\\n"));
        try (FakeDaemon _ = daemon().onRun(
                        "result {\"tool\":\"head\",\"arguments\":{},\"result\":\"" + lines + "\"}",
                        "done {\"answer\":\"ok\"}")) {
            assertThat(cli.run("run", "x").out())
                    .contains("  line 11\n  … and 28 more lines\nok\n")
                    .doesNotContain("line 12");
        }
    }

    @Test
    void showsControlCharactersOfResultsAsSigns() throws IOException {
        try (FakeDaemon _ = daemon().onRun(
                        "result {\"tool\":\"head\",\"arguments\":{},\"result\":\"a\\u001b[2Jb\"}",
                        "text {\"delta\":\"c\\u0007d\"}",
                        "done {\"answer\":\"cd\"}")) {
            assertThat(cli.run("run", "x").out()).isEqualTo("  a\ufffd[2Jb\nc\ufffdd\n");
        }
    }

    @Test
    void failsWithTheDaemonsReason() throws IOException {
        try (FakeDaemon _ =
                daemon().onRun("call {\"tool\":\"disk\",\"arguments\":{}}", "error {\"message\":\"out of steps\"}")) {
            Ran ran = cli.run("run", "x");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).isEqualTo("telos: out of steps\n");
        }
    }

    @Test
    void printsOneJsonObjectWithTheStepsSoFarWhenARunFails() throws IOException {
        try (FakeDaemon _ = daemon().onRun(RUN[0], RUN[1], "error {\"message\":\"out of steps\"}")) {
            Ran ran = cli.run("run", "x", "--model", "m", "--json");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.out()).isEqualTo("""
                    {"request":"x","model":"m","steps":[{"tool":"disk","arguments":{"path":"/var"},\
                    "result":"mount: /\\nfull: 69%"}],"error":"out of steps"}
                    """);
            assertThat(ran.err()).isEqualTo("telos: out of steps\n");
        }
    }

    @Test
    void printsOneJsonObjectWhenTheDaemonIsLostOrDoesNotStart() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /runs", (_, out) -> {
                FakeDaemon.head(out);
                FakeDaemon.event(out, RUN[0]);
                FakeDaemon.event(out, RUN[1]);
            });
            Ran lost = cli.run("run", "x", "--json");
            assertThat(lost.status()).isEqualTo(1);
            assertThat(Json.parse(lost.out()).at("steps").items()).hasSize(1);
            assertThat(Json.parse(lost.out()).at("error").text("")).startsWith("lost the daemon");
        }
        Ran none = cli.run("run", "x", "--json");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.out()).hasLineCount(1);
        assertThat(Json.parse(none.out()).at("error").text("")).contains("the daemon did not start");
    }

    @Test
    void failsWithTheReasonOfARefusal() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on(
                    "POST /runs", FakeDaemon.json(404, "{\"error\":{\"message\":\"no model 'x'; see telos models\"}}"));
            Ran ran = cli.run("run", "y", "--model", "x");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).isEqualTo("telos: no model 'x'; see telos models\n");
        }
    }

    @Test
    void saysSoWhenTheDaemonDiesInTheMiddle() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /runs", (_, out) -> {
                FakeDaemon.head(out);
                FakeDaemon.event(out, RUN[0]);
            });
            Ran ran = cli.run("run", "y");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.out()).isEqualTo("→ disk path=\"/var\"\n");
            assertThat(ran.err())
                    .contains("lost the daemon")
                    .contains("telos logs")
                    .hasLineCount(1);
        }
    }

    @Test
    void saysSoWhenARunEndsWithoutAnOutcome() throws IOException {
        try (FakeDaemon _ = daemon().onRun("text {\"delta\":\"half\"}")) {
            Ran ran = cli.run("run", "y");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.out()).isEqualTo("half\n");
            assertThat(ran.err()).contains("broke off in the middle");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002garbage\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\n\r\nevent: done\ndata: {not json}\n\n",
                "HTTP/1.1 999 OK\r\n\r\n",
                ""
            })
    void survivesGarbageFromTheSocket(String answer) throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /runs", (_, out) -> FakeDaemon.write(out, answer));
            Ran ran = cli.run("run", "y");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).startsWith("telos: lost the daemon").hasLineCount(1);
        }
    }

    @Test
    void survivesALineWithoutEnd() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /health", (_, out) -> FakeDaemon.write(out, "x".repeat(100_000)));
            Ran ran = cli.run("run", "y");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("not HTTP").hasLineCount(1);
        }
    }

    @Test
    void showsTheAnswerAsItComes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        PipedInputStream screen = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(screen), true);
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /runs", (_, stream) -> {
                FakeDaemon.head(stream);
                FakeDaemon.event(stream, "text {\"delta\":\"first\"}");
                await(seen);
                FakeDaemon.event(stream, "done {\"answer\":\"first\"}");
            });
            DaemonClient client = new DaemonClient(new Home(Cli.home(folder)));
            Thread follower = Thread.ofVirtual().start(() -> {
                try {
                    Run.start(client, Json.object("request", "x"))
                            .follow(new RunText(out, new Paint(false), Optional.empty()));
                } catch (CommandException e) {
                    out.print(e.getMessage());
                }
            });
            assertThat(new String(screen.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
            seen.countDown();
            follower.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesAnEmptyRequest() {
        for (String[] arguments : new String[][] {{"run"}, {"run", ""}, {"run", "  "}, {"run", "--json"}}) {
            Ran ran = cli.run(arguments);
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).contains("the request is empty").contains("for example");
        }
    }

    @Test
    void takesTheWordsOfAnUnquotedRequest() throws CommandException {
        assertThat(asked("what", "is", "the", "load?"))
                .isEqualTo(new RunCommand.Asked("what is the load?", Instructions.NONE));
        assertThat(asked("show README.md", "please"))
                .isEqualTo(new RunCommand.Asked("show README.md please", Instructions.NONE));
        assertThat(asked("show the last 5 lines of README.md"))
                .isEqualTo(new RunCommand.Asked("show the last 5 lines of README.md", Instructions.NONE));
    }

    @Test
    void takesAFileOfInstructionsBeforeOrAfterTheRequest() throws Exception {
        String text = "---\nname: watch\n---\nLook after the disk.\n";
        Files.writeString(folder.resolve("watch.md"), text);
        Instructions instructions = new Instructions("watch.md", text);
        RunCommand.Asked expected = new RunCommand.Asked("what fills it?", instructions);
        assertThat(asked("watch.md", "what fills it?")).isEqualTo(expected);
        assertThat(asked("what fills it?", "watch.md")).isEqualTo(expected);
        assertThat(RunCommand.asked(new String[] {"what", "fills", "it?"}, "watch.md", session()))
                .isEqualTo(expected);
        assertThat(asked("watch.md")).isEqualTo(new RunCommand.Asked("Look after the disk.", instructions));
    }

    @Test
    void sendsTheFileOfInstructionsAndItsName() throws IOException {
        Files.writeString(folder.resolve("watch.md"), "---\nname: watch\n---\nLook.\n");
        try (FakeDaemon daemon = daemon().onRun(RUN)) {
            assertThat(cli.run("run", "watch.md", "x").status()).isZero();
            assertThat(daemon.heard().getLast())
                    .contains("\"agent\":\"---\\nname: watch\\n---\\nLook.\\n\",\"agent_name\":\"watch.md\"");
        }
    }

    @Test
    void refusesAFileOfInstructionsThatIsNone() throws IOException {
        Files.createDirectory(folder.resolve("folder.md"));
        Files.write(folder.resolve("binary.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(cli.run("run", "absent.md", "x").err()).contains("no such file of instructions: absent.md");
        assertThat(cli.run("run", "folder.md", "x").err()).contains("folder.md must be a text file");
        assertThat(cli.run("run", "binary.md", "x").err()).contains("binary.md is not UTF-8 text");
        assertThat(cli.run("run", "x", "--agent", "absent.md").status()).isEqualTo(2);
    }

    @Test
    void refusesAModelThatIsNoFile() {
        assertThat(cli.run("run", "x", "--model", "./absent.gguf").err())
                .contains("no such model file: " + folder.resolve("absent.gguf"))
                .contains("telos models");
        assertThat(cli.run("run", "x", "--model", "ftp://h/m").status()).isEqualTo(2);
    }

    private RunCommand.Asked asked(String... words) throws CommandException {
        return RunCommand.asked(words, "", session());
    }

    private Session session() {
        return cli.session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }
}
