package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;
import telos.kernel.security.Label;
import telos.plans.Datum;
import telos.plans.Result;
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

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
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

    /** Standard error of a plan that runs beside the test, which hears of each question when it is told there. */
    private final class Told extends ByteArrayOutputStream {
        private static final Pattern QUESTION = Pattern.compile("question ([0-9]+) waits for you");
        private int heard;

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            Matcher question = QUESTION.matcher(toString(StandardCharsets.UTF_8));
            while (question.find(heard)) {
                heard = question.end();
                asked.add(question.group(1));
            }
        }
    }

    private CompletableFuture<Ran> begun(String plan, String... more) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Path file = Files.createTempFile(folder, "plan", ".py");
                Files.writeString(file, plan);
                List<String> words = new ArrayList<>(List.of("plan", "run", file.toString()));
                words.addAll(List.of(more));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Told err = new Told();
                int status = new Invocation(Cli.in(folder).session(out, err)).run(words.toArray(String[]::new));
                return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Ran ended(CompletableFuture<Ran> run) throws Exception {
        return run.get(60, TimeUnit.SECONDS);
    }

    private List<Json> questions() {
        try {
            return Json.parse(cli("approvals", "--json").out()).at("approvals").items();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The next one that a plan beside the test was told of; it waits by then. */
    private Json question() throws Exception {
        String id = asked.poll(30, TimeUnit.SECONDS);
        assertThat(id).as("a question within half a minute").isNotNull();
        return questions().stream()
                .filter(each -> each.at("id").text("").equals(id))
                .findFirst()
                .orElseThrow();
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
            Json second = question();
            assertThat(cli("approve", first.at("id").text("")).status()).isEqualTo(1);
            assertThat(cli("deny", second.at("id").text("")).status()).isZero();
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
            Json question = question();
            assertThat(plan(thrice).status()).isZero();
            Ran more = plan(thrice + "head('notes.txt')\n");
            assertThat(more.status()).isEqualTo(3);
            assertThat(more.out()).contains("limit of 3 calls per run");
            cli("approve", question.at("id").text(""));
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
                    client,
                    Json.object("name", "killed", "cwd", folder.toString(), "policy", policy),
                    question -> asked.add(question.at("id").text("")));
            Json tail = Json.object("tool", "tail", "arguments", Json.object("path", "notes.txt"));
            CompletableFuture<Json> call = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.call(lease.id(), tail);
                } catch (CommandException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(question().at("name").text("")).isEqualTo("killed");
            lease.close();
            assertThat(call.get(60, TimeUnit.SECONDS).at("error").toString()).contains("\"begun\":false");
            assertThat(questions()).isEmpty();
            assertThat(client.call(lease.id(), tail).at("error").toString())
                    .contains("no plan plan-1 is running", "\"begun\":false");
            assertThat(audit("--tool", "tail").stream()
                            .map(each -> each.at("verdict").text("")))
                    .doesNotContain("allowed");
        }
    }

    @Test
    void psListsThePlansThatRun() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            assertThat(cli("ps").out()).doesNotContain("PLAN");
            CompletableFuture<Ran> run = begun("memory()\ntail('notes.txt')\n");
            String id = question().at("id").text("");
            assertThat(cli("ps").out())
                    .containsPattern("PLAN +NAME +STATE +CALLS +AGE\nplan-1 .+ waiting for person +2 ");
            Json plan =
                    Json.parse(cli("ps", "--json").out()).at("plans").items().getFirst();
            assertThat(plan.toString())
                    .contains("\"id\":\"plan-1\"", "\"state\":\"WAITING_FOR_PERSON\"", "\"calls\":2,\"age_seconds\":");
            cli("approve", id);
            assertThat(ended(run).status()).isZero();
        }
    }

    @Test
    void killEndsAPlanThatWaits() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            CompletableFuture<Ran> run = begun("try:\n    tail('notes.txt')\nexcept Exception:\n    memory()\n");
            question();
            assertThat(cli("kill", "plan-1")).isEqualTo(new Ran(0, "plan-1 is told to stop\n", ""));
            Ran ran = ended(run);
            assertThat(ran.status()).isEqualTo(4);
            assertThat(ran.out()).contains("lost at line 2", "tail was not carried out: no plan plan-1 is running");
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
            run = begun("try:\n    tail('notes.txt')\nexcept Exception:\n    print('caught')\n", "--json");
            question();
        }
        Ran ran = ended(run);
        assertThat(ran.status()).isEqualTo(4);
        assertThat(ran.out())
                .contains("{\"outcome\":\"error\",\"lost\":\"daemon\",\"reason\":\"", "\"line\":2,\"column\":5}");
        assertThat(ran.err())
                .contains("telos: the plan lost the daemon at line 2, column 5: ")
                .doesNotContain("caught");
    }

    @Test
    void anExceptionOfThePlanIsNotTakenForALostDaemon() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            Ran ran = plan("memory()\nraise ValueError('the daemon was lost')\n", "--json");
            assertThat(ran.status()).isEqualTo(4);
            assertThat(ran.out()).contains("\"outcome\":\"error\"").doesNotContain("\"lost\"");
            assertThat(ran.err()).isEmpty();
        }
    }

    @Test
    void aQuestionThatCannotBePutDeniesThatCallAlone() throws Exception {
        InputStream broken = new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8)) {
            private boolean asked;

            @Override
            public synchronized int available() {
                if (!asked) {
                    asked = true;
                    throw new IllegalStateException("the terminal is gone");
                }
                return 0;
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = Cli.in(folder).session(new ByteArrayOutputStream(), err);
        Prompt prompt = new Prompt(broken, session.err(), new Paint(false));
        try (Daemon _ = daemon(POLICY);
                DaemonWorld world = DaemonWorld.of(session, Optional.of(prompt))) {
            world.begin("mine");
            SequencedMap<String, Datum> arguments = new LinkedHashMap<>();
            arguments.put("path", new Datum.Text("notes.txt"));
            telos.plans.Invocation tail = new telos.plans.Invocation(
                    Objects.requireNonNull(world.tools().get("tail")),
                    arguments,
                    Label.BOTTOM,
                    Map.of("path", Label.BOTTOM));
            assertThat(world.call(tail))
                    .isInstanceOfSatisfying(
                            Result.Denied.class,
                            denied -> assertThat(denied.reason()).contains("said no"));
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("could not be put to you", "terminal is gone");
            assertThat(world.call(tail)).isInstanceOf(Result.Value.class);
        }
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
    void theAuditNamesARequestWithoutTellingIt() throws Exception {
        try (Daemon _ = daemon(POLICY)) {
            assertThat(cli("plan", "do", "is the password hunter2 in use?").status())
                    .isZero();
            assertThat(audit("--agent", "plan-1").getFirst().at("name").text(""))
                    .matches("request [0-9a-f]{12}");
            try (Stream<Path> files = Files.walk(Cli.home(folder).resolve("audit"))) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    assertThat(each).content().doesNotContain("hunter2");
                }
            }
        }
    }

    @Test
    void plansForOneRequestHaveTheLimitsOfOneRun() throws Exception {
        says = "head('notes.txt')\nhead('notes.txt')\n1 // 0\n";
        try (Daemon _ = daemon(POLICY)) {
            Ran ran = cli("plan", "do", "read it", "--replans", "2", "--json");
            assertThat(ran.status()).isEqualTo(3);
            assertThat(ran.out()).contains("limit of 3 calls per run", "\"outcome\":\"denied\"", "\"replans\":2");
            assertThat(audit("--tool", "head").stream()
                            .map(each -> each.at("verdict").text("")))
                    .containsExactly("allowed", "allowed", "allowed", "denied", "denied");
            assertThat(audit("--tool", "head").stream()
                            .map(each -> each.at("agent").text(""))
                            .distinct())
                    .containsExactly("plan-1");
            assertThat(cli("plan", "do", "read it again", "--replans", "0").status())
                    .as("another request has limits of its own")
                    .isEqualTo(4);
        }
    }

    @Test
    void withoutADaemonItSaysHowToStartOne() throws Exception {
        Ran ran = plan("memory()\n");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("telos");
    }
}
