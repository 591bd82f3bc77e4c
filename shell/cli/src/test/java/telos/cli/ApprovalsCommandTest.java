package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;

class ApprovalsCommandTest {
    private static final String LOW =
            "{\"integrity\":\"untrusted\",\"readers\":[\"owner\"],\"sources\":[\"tool head\"]}";
    private static final String QUESTION =
            "{\"id\":\"17\",\"agent\":\"agent-3\",\"name\":\"operator\",\"tool\":\"send\","
                    + "\"arguments\":[{\"name\":\"to\",\"label\":" + LOW
                    + ",\"value\":\"\\\"bob\\u001b[2J\\u202e\\\"\",\"hidden_characters\":0},"
                    + "{\"name\":\"body\",\"label\":" + LOW + ",\"value\":null,\"hidden_characters\":0}],\"call\":"
                    + LOW
                    + ",\"why\":\"it leaves\\u0007 the house\",\"rule\":\"mine, line 1, column 1\","
                    + "\"covers\":\"this call by agent-3, once\",\"expires_ms\":1}";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = Cli.in(folder);
    }

    private FakeDaemon daemon() throws Exception {
        return new FakeDaemon(Cli.home(folder));
    }

    @Test
    void listsWhatWaits() throws Exception {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /approvals", FakeDaemon.json(200, "{\"approvals\":[" + QUESTION + "]}"));
            String out = cli.run("approvals").out();
            assertThat(out)
                    .contains(
                            "question 17",
                            "operator, agent-3, wants to call send",
                            "to = \"bob\ufffd[2J\ufffd\"  (untrusted, for owner; from tool head)",
                            "body = (you may not read it)",
                            "asked because it leaves\ufffd the house (mine, line 1, column 1)",
                            "a yes covers this call by agent-3, once")
                    .doesNotContain("\u001b", "\u202e", "\u0007");
            assertThat(cli.run("approvals", "--json").out()).startsWith("{\"approvals\":[{\"id\":\"17\"");
            daemon.on("GET /approvals", FakeDaemon.json(200, "{\"approvals\":[]}"));
            assertThat(cli.run("approvals").out()).isEqualTo("no question waits\n");
        }
    }

    @Test
    void answersAndSaysWhatIsTooLate() throws Exception {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /approvals/17", FakeDaemon.json(200, "{}"));
            assertThat(cli.run("approve", "17")).isEqualTo(new Ran(0, "question 17: allowed, once\n", ""));
            assertThat(cli.run("deny", "17")).isEqualTo(new Ran(0, "question 17: refused\n", ""));
            assertThat(daemon.heard())
                    .contains("POST /approvals/17 {\"answer\":\"yes\"}", "POST /approvals/17 {\"answer\":\"no\"}");
            Ran late = cli.run("approve", "18");
            assertThat(late.status()).isEqualTo(1);
            assertThat(late.err()).contains("no question 18 waits");
        }
        assertThat(cli.run("approve", "../x").status()).isEqualTo(2);
        assertThat(cli.run("approve", "17").err()).contains("no daemon is running");
    }

    /** Who types when asked, not before. */
    private static InputStream person(String typed) {
        return new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int available() {
                return 0;
            }
        };
    }

    @Test
    void whatWasTypedBeforeTheQuestionIsNoAnswer() throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Prompt prompt =
                new Prompt(new ByteArrayInputStream("y\ny\n".getBytes(StandardCharsets.UTF_8)), out, new Paint(false));
        assertThat(prompt.allows(Json.parse(QUESTION))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"y, true", "YES, true", "n, false", "'', false", "yes please, false", "yy, false"})
    void onlyAPlainYesIsAYes(String typed, boolean allowed) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Prompt prompt = new Prompt(
                person(typed + "\ny\n"), new PrintStream(out, true, StandardCharsets.UTF_8), new Paint(false));
        assertThat(prompt.allows(Json.parse(QUESTION))).isEqualTo(allowed);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("wants to call send", "[y/N]")
                .doesNotContain("\u001b");
    }

    @Test
    void noAnswerAtAllIsANo() throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Prompt prompt = new Prompt(new ByteArrayInputStream(new byte[0]), out, new Paint(false));
        assertThat(prompt.allows(Json.parse(QUESTION))).isFalse();
    }

    @Test
    void aRunAsksInPlaceOnATerminal() throws Exception {
        try (FakeDaemon daemon = daemon()) {
            daemon.onRun("question " + QUESTION, "done {\"answer\":\"ok\"}");
            daemon.on("POST /approvals/17", FakeDaemon.json(200, "{}"));
            PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            Prompt prompt = new Prompt(person("y\n"), out, new Paint(false));
            Run.start(new DaemonClient(new Home(Cli.home(folder))), Json.object("request", "x"))
                    .follow(new RunText(out, new Paint(false), Optional.of(prompt)));
            assertThat(daemon.heard()).contains("POST /approvals/17 {\"answer\":\"yes\"}");
        }
    }

    @Test
    void aRunWithoutATerminalSaysHowToAnswer() throws Exception {
        try (FakeDaemon daemon = daemon()) {
            daemon.onRun("question " + QUESTION, "done {\"answer\":\"ok\"}");
            assertThat(cli.run("run", "x").out()).contains("telos approve 17", "telos deny 17");
            assertThat(cli.run("run", "x", "--json").err()).contains("question 17 waits");
            assertThat(daemon.heard()).noneMatch(each -> each.startsWith("POST /approvals"));
        }
    }

    @Test
    void givesTheDaemonAnotherPolicy() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("p.policy"), "permit memory\n");
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /policy", FakeDaemon.json(200, "{\"policy\":\"p.policy\",\"sha256\":\"ab\"}"));
            assertThat(cli.run("policy", "use", "p.policy").out()).isEqualTo("the daemon goes by p.policy (ab)\n");
            assertThat(cli.run("policy", "use", "telos:host").status()).isZero();
            assertThat(daemon.heard())
                    .containsAll(List.of(
                            "POST /policy {\"name\":\"p.policy\",\"text\":\"permit memory\\n\"}",
                            "POST /policy {\"name\":\"telos:host\"}"));
        }
        assertThat(cli.run("policy", "use", "none.policy").status()).isEqualTo(2);
    }
}
