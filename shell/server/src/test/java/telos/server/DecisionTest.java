package telos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.agents.Agents;
import telos.inference.chat.ChatRequest;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.server.api.Doors;
import telos.server.monitor.Mediator;
import telos.server.monitor.Rules;
import telos.tools.Catalogue;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;

/** What agents of a daemon may do, and how a person is asked, through the owner's door. */
@Timeout(30)
class DecisionTest {
    @TempDir
    Path home;

    private final ScriptedModel model = new ScriptedModel("mini");
    private final Mediation.Noted audit = Mediation.noted();
    private Doors doors;

    @BeforeEach
    void open() throws IOException {
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        models.standard(model);
        Agents agents = new Agents(System::nanoTime);
        Toolbox toolbox = new Toolbox(new LinuxHost(), new SelfView(models, agents));
        Mediator mediator = Mediation.by(
                Rules.shipped(Rules.USUAL, DaemonRules.tools(Catalogue.specs())), audit, Duration.ofSeconds(20));
        DaemonStatus status = new DaemonStatus(System::nanoTime);
        Runs runs = new Runs(agents, new Syscalls(models, toolbox, mediator), toolbox.specs());
        doors = Doors.open(home.resolve("telos.sock"), status, models, runs, () -> 0L);
        status.ready("mini");
    }

    @AfterEach
    void close() {
        doors.close();
    }

    private SocketChannel send(String method, String path, String body) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(home.resolve("telos.sock")));
        String request = method + " " + path + " HTTP/1.1\r\nHost: telos\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    private String ask(String method, String path, String body) throws IOException {
        try (SocketChannel channel = send(method, path, body)) {
            return reader(channel).lines().collect(Collectors.joining("\n"));
        }
    }

    private String run() throws IOException {
        return ask("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"" + home + "\"}");
    }

    private static String id(String line) {
        return line.replaceFirst(".*\"id\":\"(\\d+)\".*", "$1");
    }

    /** Reads a run until somebody is asked. */
    private static String question(BufferedReader run) throws IOException {
        for (String line = run.readLine(); line != null; line = run.readLine()) {
            if (line.startsWith("data: ") && line.contains("\"covers\"")) {
                return line;
            }
        }
        throw new IOException("nobody was asked");
    }

    @Test
    void keepsOffSecretsWhateverPathLeadsThere() throws Exception {
        Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/id"), "the key");
        Files.createSymbolicLink(home.resolve("notes.txt"), home.resolve(".ssh/id"));
        for (String path : List.of(".ssh/id", "notes.txt", "./x/../.ssh/../.ssh/id", home + "/notes.txt")) {
            model.then(ScriptedModel.calls("head", "{\"path\":\"" + path + "\"}"))
                    .then(ScriptedModel.says("no"));
            assertThat(run())
                    .as(path)
                    .contains("\"failed\":true", "secrets of this machine are not for agents")
                    .doesNotContain("the key");
        }
        assertThat(audit.records()).hasSize(4).allMatch(each -> each.contains("\"verdict\":\"denied\""));
    }

    @Test
    void noWalkGoesAroundTheRulesAboutSecrets() throws Exception {
        Files.createDirectory(home.resolve(".ssh"));
        Files.createDirectory(home.resolve("app"));
        Files.writeString(home.resolve(".ssh/id"), "the key");
        Files.writeString(home.resolve("app/.env"), "the key");
        Files.writeString(home.resolve("app/keys.txt"), "not the key");
        for (String call : List.of("{\"text\":\"the key\"}", "{\"name\":\"*\"}", "{\"limit\":50}")) {
            String tool = call.contains("text") ? "search" : call.contains("name") ? "find" : "largest";
            model.then(ScriptedModel.calls(tool, call)).then(ScriptedModel.says("done"));
            assertThat(run())
                    .as(tool)
                    .contains("./app/keys.txt", "2 files or folders that agents may not read left out")
                    .doesNotContain(".ssh", ".env");
        }
    }

    @Test
    void recordsWhatAnAgentDid() throws Exception {
        Files.writeString(home.resolve("notes.txt"), "words");
        model.then(ScriptedModel.calls("head", "{\"path\":\"notes.txt\"}"))
                .then(ScriptedModel.calls("memory", "{}"))
                .then(ScriptedModel.says("done"));
        assertThat(run()).contains("words", "event: done");
        assertThat(audit.records()).hasSize(2);
        assertThat(audit.records().getFirst())
                .contains(
                        "\"agent\":\"agent-1\",\"name\":\"operator\",\"tool\":\"head\"",
                        "{\"name\":\"path\",\"label\":{\"integrity\":\"trusted\",\"readers\":[\"*\"]")
                .doesNotContain("notes.txt", "words");
        assertThat(audit.records().getLast())
                .contains(
                        "\"call\":{\"integrity\":\"untrusted\",\"readers\":[\"owner\"],\"sources\":[\"tool head\"]}",
                        "\"after\":[1]");
    }

    @Test
    void aRunWaitsForAPersonsAnswer() throws Exception {
        assertThat(ask("POST", "/policy", "{\"name\":\"mine\",\"text\":\"ask memory\\n  because \\\"I said so\\\"\"}"))
                .contains("HTTP/1.1 200", "\"policy\":\"mine\"");
        for (String answer : List.of("yes", "no")) {
            model.then(ScriptedModel.calls("memory", "{}")).then(ScriptedModel.says("done"));
            try (SocketChannel channel = send("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"/\"}")) {
                BufferedReader run = reader(channel);
                String question = question(run);
                assertThat(question).contains("\"tool\":\"memory\"", "\"why\":\"I said so\"");
                String id = id(question);
                assertThat(ask("GET", "/approvals", "")).contains("\"id\":\"" + id + "\"", "\"expires_ms\":");
                assertThat(ask("POST", "/approvals/" + id, "{\"answer\":\"maybe\"}"))
                        .contains("HTTP/1.1 400", "must be yes or no");
                assertThat(ask("POST", "/approvals/" + id, "{\"answer\":\"" + answer + "\"}"))
                        .contains("HTTP/1.1 200");
                String rest = run.lines().collect(Collectors.joining("\n"));
                assertThat(rest).contains(answer.equals("yes") ? "\"failed\":false" : "said no", "event: done");
                assertThat(ask("POST", "/approvals/" + id, "{\"answer\":\"yes\"}"))
                        .as("a second time")
                        .contains("HTTP/1.1 404", "no question " + id + " waits");
            }
        }
        assertThat(ask("GET", "/approvals", "")).contains("{\"approvals\":[]}");
    }

    @Test
    void refusesAPolicyThatCannotBeReadAndKeepsTheOld() throws Exception {
        assertThat(ask("POST", "/policy", "{\"name\":\"mine\",\"text\":\"permit\\n\"}"))
                .contains("HTTP/1.1 400", "mine: line 2");
        assertThat(ask("POST", "/policy", "{\"name\":\"telos:none\"}")).contains("HTTP/1.1 400", "telos:host");
        model.then(ScriptedModel.calls("memory", "{}")).then(ScriptedModel.says("done"));
        assertThat(run()).contains("\"failed\":false");
    }

    @Test
    void anAgentsBlocksAreTheOwnersAndNoClients() throws Exception {
        model.then(ScriptedModel.calls("memory", "{}"))
                .then(ScriptedModel.says("done"))
                .then(ScriptedModel.says("hello"));
        run();
        ask("POST", "/v1/chat/completions", "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        assertThat(model.requests)
                .extracting(request -> request.claim().audience())
                .containsExactly("owner", "owner", "");
    }

    @Test
    void whatWasNotEvenJudgedIsWrittenDown() throws Exception {
        model.then(ScriptedModel.calls("head", "{\"hunter2\":1}")).then(ScriptedModel.says("done"));
        run();
        assertThat(audit.records()).hasSize(1).allMatch(each -> each.contains("\"verdict\":\"refused\""));
        assertThat(audit.records().getLast()).contains("\"tool\":\"head\"");
        assertThat(audit.records()).noneMatch(each -> each.contains("hunter2"));
    }

    @Test
    void theLabelOfAFileIsInAllThatItsReaderDoes() throws Exception {
        Path file = Files.writeString(home.resolve("alices.txt"), "words");
        try {
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write("telos.label", StandardCharsets.UTF_8.encode("{\"readers\":[\"alice\"]}"));
        } catch (IOException unsupported) {
            abort("no extended attributes here: " + unsupported.getMessage());
        }
        model.then(ScriptedModel.calls("head", "{\"path\":\"alices.txt\"}"))
                .then(ScriptedModel.calls("memory", "{}"))
                .then(ScriptedModel.says("done"));
        run();
        assertThat(audit.records().getLast())
                .contains("\"call\":{\"integrity\":\"untrusted\",\"readers\":[]", "file with a label of its own");
        assertThat(model.requests.getLast().claim().audience()).isEqualTo("agent 0");
    }

    @Test
    void aClientSaysWhatItsRequestIsMadeOf() throws Exception {
        model.then(ScriptedModel.says("a")).then(ScriptedModel.says("b"));
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"telos_label\":";
        assertThat(ask("POST", "/v1/chat/completions", body + "{\"integrity\":\"mine\"}}"))
                .contains("HTTP/1.1 400", "telos_label.integrity");
        ask("POST", "/v1/chat/completions", body + "{\"integrity\":\"trusted\",\"readers\":[\"alice\",\"bob\"]}}");
        ask("POST", "/v1/chat/completions", body + "{}}");
        assertThat(model.requests)
                .extracting(ChatRequest::label)
                .containsExactly(Label.of(Integrity.TRUSTED, Readers.of("alice", "bob")), Label.MISSING);
        assertThat(model.requests)
                .extracting(request -> request.claim().audience())
                .as("whose cached blocks are whose")
                .containsExactly("client 2 5:alice 3:bob", "client 0");
    }

    @Test
    void metricsAndLogsHoldNothingOfWhatFlowed() throws Exception {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage() + Arrays.toString(record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("telos");
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        ours.setLevel(Level.ALL);
        try {
            leakNothing();
        } finally {
            root.removeHandler(handler);
            ours.setLevel(null);
        }
        assertThat(logged).noneMatch(each -> each.contains("hunter2"));
    }

    private void leakNothing() throws Exception {
        Files.writeString(home.resolve("notes.txt"), "hunter2");
        model.then(ScriptedModel.calls("search", "{\"text\":\"hunter2\",\"path\":\"notes.txt\"}"))
                .then(ScriptedModel.says("the password is hunter2"));
        assertThat(run()).contains("hunter2");
        assertThat(ask("GET", "/metrics", "")).contains("telos_").doesNotContain("hunter2", "notes.txt");
        assertThat(audit.records()).noneMatch(each -> each.contains("hunter2"));
    }
}
