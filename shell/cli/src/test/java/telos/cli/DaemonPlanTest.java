package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;
import telos.server.Daemon;
import telos.server.DaemonOptions;

/** Plans that act on this machine: whole commands and a whole daemon, whose policy, approvals and audit they go through. */
@Timeout(120)
class DaemonPlanTest {
    private static final String POLICY = """
            permit memory, load, head, processes
            permit find when name is trusted
            permit disk when path may be read by everyone
            permit search when text may be read by everyone
            ask tail because "it may be long"
            limit head to 3 calls per run
            """;

    @TempDir
    Path folder;

    private HttpServer model;
    private String says = "memory()\n";

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("notes.txt"), "buy milk\n");
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        model.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            Json text = Json.object("content", "```python\n" + says + "```");
            String chunk = Json.object(
                            "choices", List.of(Json.object("index", 0, "delta", text, "finish_reason", "stop")))
                    .toString();
            byte[] bytes = ("data: " + chunk + "\n\ndata: [DONE]\n\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        model.start();
    }

    @AfterEach
    void stop() {
        model.stop(0);
    }

    private Daemon daemon(String policy) throws Exception {
        Path home = Files.createDirectories(Cli.home(folder));
        Files.writeString(home.resolve("daemon.policy"), policy + "permit upstream\n");
        return Daemon.start(DaemonOptions.at(home)
                .withPort(0, true)
                .withModel("http://127.0.0.1:" + model.getAddress().getPort() + "/v1#scripted"));
    }

    private Ran cli(String... words) {
        return Cli.in(folder).run(words);
    }

    private Ran plan(String plan, String... more) throws Exception {
        Path file = Files.createTempFile(folder, "plan", ".py");
        Files.writeString(file, plan);
        List<String> words = new ArrayList<>(List.of("plan", "run", file.toString()));
        words.addAll(List.of(more));
        return cli(words.toArray(String[]::new));
    }

    private CompletableFuture<Ran> begun(String plan) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return plan(plan);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Ran ended(CompletableFuture<Ran> run) throws Exception {
        return run.get(60, TimeUnit.SECONDS);
    }

    /** Each look goes through the daemon. */
    private static void until(BooleanSupplier reached) {
        long start = System.nanoTime();
        while (!reached.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private List<Json> questions() {
        try {
            return Json.parse(cli("approvals", "--json").out()).at("approvals").items();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private Json question() {
        until(() -> !questions().isEmpty());
        return questions().getFirst();
    }

    private List<Json> audit(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("audit", "--json"));
        words.addAll(List.of(more));
        return Json.parse(cli(words.toArray(String[]::new)).out()).at("records").items();
    }

    private DaemonClient client() throws Exception {
        return new DaemonClient(Cli.in(folder)
                .session(new ByteArrayOutputStream(), new ByteArrayOutputStream())
                .home());
    }

    @Test
    void whatAPlanDoesIsInTheAuditWithItsLabels() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            Ran ran = plan("t = head('notes.txt')\nif 'milk' in t:\n    print(memory(), t)\n", "--json");
            assertThat(ran.err()).contains("buy milk", "available: ");
            assertThat(ran).returns(0, Ran::status).returns("{\"outcome\":\"ok\"}\n", Ran::out);
            List<Json> records = audit("--agent", "plan-1");
            assertThat(records).hasSize(2);
            assertThat(records.getFirst().toString())
                    .contains("\"verdict\":\"allowed\"", "\"tool\":\"head\"", "plan", "\"integrity\":\"user\"");
            assertThat(records.getLast().at("call").toString()).contains("\"untrusted\"", "\"owner\"", "tool head");
            assertThat(records.getLast().at("after").items()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try:\n    find(head('notes.txt'))\nexcept Exception:\n    print('caught')\nmemory()\n",
                "try:\n    find(head('notes.txt'))\nfinally:\n    print('caught')\n    memory()\n",
                "name = 'a'\nif 'milk' in head('notes.txt'):\n    name = 'b'\nfind(name)\nmemory()\n",
            })
    void aDenialEndsThePlanCannotBeCaughtAndIsInTheAudit(String plan) throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            Ran ran = plan(plan, "--json");
            assertThat(ran.status()).isEqualTo(3);
            assertThat(ran.err()).isEmpty();
            assertThat(ran.out().lines().toList().getFirst())
                    .startsWith("{\"denied\":\"find\"")
                    .doesNotContain("milk");
            assertThat(ran.out().lines().toList().getLast()).startsWith("{\"outcome\":\"denied\",\"tool\":\"find\"");
            Json denied = audit("--denied").getFirst();
            assertThat(denied.toString()).doesNotContain("milk");
            assertThat(denied.at("arguments").items().getFirst().toString())
                    .contains("\"name\":\"name\"", "untrusted", "owner", "tool head");
            String id = Long.toString(denied.at("id").number(0));
            assertThat(cli("audit", "show", id).out()).contains("plan-1", "name is trusted", "tool head");
            Path svg = folder.resolve("flow.svg");
            assertThat(cli("audit", "show", id, "--svg", svg.toString()).status())
                    .isZero();
            assertThat(svg).content().contains("<svg", "tool head", "find");
            assertThat(audit("--tool", "memory")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk(head('notes.txt').strip())\n", "search(text=[head('notes.txt')][0])\n"})
    void aSecretIsToldToNoToolThatIsForEveryone(String plan) throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            Ran ran = plan(plan);
            assertThat(ran.status()).isEqualTo(3);
            assertThat(ran.out()).contains("may be read by everyone, and only owner may (from tool head)");
        }
    }

    @Test
    void whatAToolCannotDoIsAnErrorThatCanBeCaught() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            String plan =
                    "for each in [1]:\n    try:\n        print(CALL)\n    except Exception as e:\n        print('no:', e)\n";
            assertThat(plan(plan.replace("CALL", "head('missing.txt')")).err()).contains("no: ", "missing.txt");
            assertThat(plan(plan.replace("CALL", "head(7)")).err()).contains("no: ", "must be a text");
            assertThat(plan(plan.replace("CALL", "processes(name='x' * 2000000)"))
                            .err())
                    .contains("no: the arguments of processes come to 2000");
            assertThat(plan(plan.replace("CALL", "processes(name='x' * 5000)")).err())
                    .contains("no: ", "give at most 4096");
            assertThat(plan(plan.replace("CALL", "processes(sort='cpu', limit=None, name=None)"))
                            .err())
                    .doesNotContain("no: ")
                    .contains("CPU");
            assertThat(audit("--agent", "plan-2").getFirst().at("verdict").text(""))
                    .isEqualTo("refused");
        }
    }

    @Test
    void aYesIsForOneCallWithTheseValues() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            CompletableFuture<Ran> run = begun("a = tail('notes.txt')\nb = tail('notes.txt')\n");
            Json first = question();
            assertThat(first.toString()).contains("plan-1", "notes.txt", "it may be long");
            assertThat(cli("approve", first.at("id").text("")).status()).isZero();
            until(() -> questions().stream()
                    .anyMatch(each ->
                            !each.at("id").text("").equals(first.at("id").text(""))));
            assertThat(cli("approve", first.at("id").text("")).status()).isEqualTo(1);
            assertThat(cli("deny", question().at("id").text("")).status()).isZero();
            Ran ran = ended(run);
            assertThat(ran.status()).isEqualTo(3);
            assertThat(ran.out()).contains("denied at line 2", "the person who was asked said no");
            assertThat(ran.err())
                    .contains("waits for you: telos approve " + first.at("id").text(""));
            assertThat(audit("--tool", "tail").stream()
                            .map(each -> each.at("verdict").text("")))
                    .containsExactly("asked", "allowed", "asked", "denied");
        }
    }

    @Test
    void plansAtTheSameTimeAreCountedApart() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            String thrice = "for i in range(3):\n    head('notes.txt')\n";
            CompletableFuture<Ran> one = begun(thrice + "tail('notes.txt')\n");
            question();
            assertThat(plan(thrice).status()).isZero();
            Ran more = plan(thrice + "head('notes.txt')\n");
            assertThat(more.status()).isEqualTo(3);
            assertThat(more.out()).contains("limit of 3 calls per run");
            cli("approve", question().at("id").text(""));
            assertThat(ended(one).status()).isZero();
            assertThat(audit().stream().map(each -> each.at("agent").text("")).distinct())
                    .contains("plan-1", "plan-2", "plan-3");
        }
    }

    @Test
    void aPlanThatIsKilledLeavesNobodyBehind() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            DaemonClient client = client();
            String policy = client.fetch("/tools").at("policy").at("sha256").text("");
            PlanLease lease = PlanLease.begin(
                    client, Json.object("name", "killed", "cwd", folder.toString(), "policy", policy), _ -> {});
            Json tail = Json.object("tool", "tail", "arguments", Json.object("path", "notes.txt"));
            CompletableFuture<Void> call = CompletableFuture.runAsync(() ->
                    assertThatThrownBy(() -> client.call(lease.id(), tail)).isInstanceOf(CommandException.class));
            assertThat(question().at("name").text("")).isEqualTo("killed");
            lease.close();
            until(() -> questions().isEmpty());
            call.get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> client.call(lease.id(), tail)).hasMessageContaining("no plan plan-1 is running");
            assertThat(audit("--tool", "tail").stream()
                            .map(each -> each.at("verdict").text("")))
                    .doesNotContain("allowed");
        }
    }

    @Test
    void killEndsAPlanThatWaits() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            CompletableFuture<Ran> run = begun("try:\n    tail('notes.txt')\nexcept Exception:\n    memory()\n");
            question();
            assertThat(cli("kill", "plan-1")).isEqualTo(new Ran(0, "plan-1 is told to stop\n", ""));
            assertThat(ended(run).status()).isEqualTo(4);
            assertThat(questions()).isEmpty();
            assertThat(audit("--tool", "memory")).isEmpty();
            assertThat(cli("kill", "plan-1").status()).isEqualTo(1);
        }
    }

    @Test
    void whatIsSentWithoutALabelIsTheStrictest() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            DaemonClient client = client();
            String policy = client.fetch("/tools").at("policy").at("sha256").text("");
            Json begin = Json.object("name", "mine", "cwd", folder.toString(), "policy", policy);
            Json context = Json.object("integrity", "user", "readers", List.of("*"));
            try (PlanLease lease = PlanLease.begin(client, begin, _ -> {})) {
                Json find = Json.object("tool", "find", "arguments", Json.object("name", "x"), "context", context);
                assertThat(client.call(lease.id(), find).at("denied").text("")).contains("name is trusted");
                Json none = Json.object("tool", "rm", "arguments", Json.object("path", "/"), "context", context);
                assertThat(client.call(lease.id(), none).at("failed").text("")).contains("no such tool: rm");
            }
        }
    }

    @Test
    void aDaemonThatIsGoneEndsThePlanAndCannotBeCaught() throws Exception {
        CompletableFuture<Ran> run;
        try (Daemon _ = daemon(POLICY)) {
            run = begun("try:\n    tail('notes.txt')\nexcept Exception:\n    print('caught')\n");
            question();
        }
        Ran ran = ended(run);
        assertThat(ran.status()).isEqualTo(4);
        assertThat(ran.out()).contains("error at line 2", "nobody can say whether tail was carried out");
        assertThat(ran.err()).doesNotContain("caught");
    }

    @Test
    void anotherPolicyEndsWhatWasCheckedByTheOneBefore() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            CompletableFuture<Ran> run = begun("tail('notes.txt')\n");
            String id = question().at("id").text("");
            assertThat(cli("policy", "use", "telos:host").status()).isZero();
            cli("approve", id);
            Ran ran = ended(run);
            assertThat(ran.status()).isEqualTo(3);
            assertThat(ran.out()).contains("policy is not the one any more");
            assertThat(plan("tail('notes.txt')\n").status()).isZero();
        }
    }

    @Test
    void aCheckForeseesWhatTheDaemonWouldDeny() throws Exception {
        Files.writeString(folder.resolve("clean.py"), "print(memory(), head('notes.txt'))\n");
        Files.writeString(folder.resolve("leaks.py"), "find(head('notes.txt'))\n");
        Files.writeString(folder.resolve("often.py"), "for i in range(4):\n    head('notes.txt')\n");
        Path home = Cli.home(folder).resolve("telos.log");
        Files.writeString(folder.resolve("home.py"), "head('" + home + "')\n");
        try (Daemon _ = daemon(POLICY)) {
            Files.writeString(home, "x");
            assertThat(cli("plan", "check", "clean.py")).isEqualTo(new Ran(0, "", ""));
            assertThat(cli("plan", "check", "leaks.py").out()).contains("name is trusted");
            assertThat(cli("plan", "check", "often.py").out()).contains("limit of 3 calls");
            assertThat(cli("plan", "check", "home.py").out()).contains("own home");
            assertThat(cli("plan", "run", "home.py").status()).isEqualTo(3);
            assertThat(audit("--agent", "plan-2")).isEmpty();
        }
    }

    @Test
    void aModelWritesPlansForThisMachine() throws Exception {
        says = "print(attached())\nprint(memory())\n";
        Files.writeString(folder.resolve("letter.txt"), "Dear Bob");
        try (Daemon _ = daemon(POLICY)) {
            Ran ran = cli("plan", "do", "how much memory is free?", "--data", "letter.txt", "--json");
            assertThat(ran.err()).contains("Dear Bob", "available: ");
            assertThat(ran.status()).isZero();
            assertThat(ran.out()).contains("\"findings\":[]", "{\"outcome\":\"ok\",\"replans\":0}");
            assertThat(audit("--agent", "plan-1").getFirst().at("tool").text(""))
                    .isEqualTo("memory");
            says = "find(head('notes.txt'))\n";
            Ran denied = cli("plan", "do", "find it", "--replans", "1", "--json");
            assertThat(denied.status()).isEqualTo(3);
            assertThat(denied.out()).contains("\"replans\":0").doesNotContain("milk");
        }
    }

    @Test
    void withoutADaemonItSaysHowToStartOne() throws Exception {
        Ran ran = plan("memory()\n");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("telos");
    }
}
