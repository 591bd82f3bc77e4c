package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.agents.Agents;
import telos.inference.chat.ChatOutcome;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Policy;
import telos.server.api.Doors;
import telos.server.api.http.Bounds;
import telos.server.clock.Clocks;
import telos.server.records.Records;
import telos.server.sight.AccessLog;
import telos.server.sight.Ledger;
import telos.server.sight.PrometheusText;
import telos.server.tenants.Admission;
import telos.server.tenants.KeyDesk;
import telos.server.tenants.KeyRing;
import telos.server.tenants.Quota;
import telos.server.tenants.Rank;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys, quotas, metrics and the access log, through the door. */
class TenancyTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"a secret\"}],\"max_tokens\":9}";

    @TempDir
    Path home;

    private final ScriptedModel model = new ScriptedModel("mini");
    private final AtomicLong nanos = new AtomicLong();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private KeyRing keys;
    private Records records;
    private Ledger ledger;
    private Doors doors;
    private int port;

    @BeforeEach
    void open() throws Exception {
        keys = KeyRing.open(home, new SecureRandom(), () -> 1_800_000_000L);
        records = new Records(home, () -> 1_800_000_000L);
        ledger = Ledger.open(new AccessLog(home.resolve("access.log"), 1 << 20, 1), Optional.empty(), false);
        Admission admission = new Admission(keys, nanos::get);
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        models.standard(new AccountedModel(model, ledger, admission));
        Agents agents = new Agents(System::nanoTime);
        Toolbox toolbox = new Toolbox(new LinuxHost(), new SelfView(models, agents));
        doors = Doors.open(
                home.resolve("telos.sock"),
                new DaemonStatus(System::nanoTime),
                models,
                new Runs(agents, new Syscalls(models, toolbox, Mediation.usual()), toolbox.specs()),
                () -> 1_800_000_000L,
                new Doors.Rules(
                        Bounds.USUAL,
                        new TenantGate(admission),
                        records.responses(),
                        records.requests(),
                        ledger,
                        Optional.of(new KeyDesk(keys, () -> 1_800_000_000L)),
                        Set.of("telos.example"),
                        new Clocks(Policy.fair()),
                        Optional.empty()));
        port = doors.listen(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        doors.close();
        ledger.close();
        records.close();
        keys.close();
        client.shutdownNow();
    }

    private String key(String name, Quota quota) throws Exception {
        return ((KeyRing.Made) keys.make(name, quota, OptionalLong.empty())).secret();
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> chat(String key) throws Exception {
        return post("/v1/chat/completions", BODY, "Authorization", "Bearer " + key);
    }

    private String get(String path, String key) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("x-api-key", key)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aRequestIsItsKeysAndItsAgentsAndAsUrgentAsItsKeyMaySay() throws Exception {
        Rank rank = new Rank(300, true);
        String urgent = ((KeyRing.Made) keys.make("urgent", Quota.NONE, rank, OptionalLong.empty())).secret();
        model.then(ScriptedModel.says("ok"));
        String body = BODY.replace("{\"mess", "{\"priority\":-7,\"deadline_ms\":1500,\"mess");
        post("/v1/chat/completions", body, "x-api-key", urgent, "X-Telos-Agent", "night-shift");
        Claim claim = model.requests.getLast().claim();
        assertThat(claim)
                .isEqualTo(new Claim(
                        "urgent",
                        300,
                        "=night-shift",
                        "night-shift",
                        OptionalInt.of(7),
                        OptionalLong.of(1_500_000_000L)));
        HttpResponse<String> refused = post("/v1/chat/completions", body, "x-api-key", key("plain", Quota.NONE));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("priority_not_allowed", "--may-set-priority");
        for (String wrong : List.of("", "a b", "-a", "ä", "x".repeat(65))) {
            assertThat(post("/v1/chat/completions", BODY, "x-api-key", urgent, "X-Telos-Agent", wrong)
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aConversationGoesOnAsTheSameAgent() throws Exception {
        for (String rest :
                List.of("", ",{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}")) {
            model.then(ScriptedModel.says("ok"));
            post(
                    "/v1/chat/completions",
                    "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"}"
                            + rest + "]}");
        }
        model.then(ScriptedModel.says("ok"));
        post("/v1/chat/completions", BODY);
        List<String> agents =
                model.requests.stream().map(request -> request.claim().agent()).toList();
        assertThat(agents.get(0)).isEqualTo(agents.get(1)).isNotEqualTo(agents.get(2));
    }

    @Test
    void servesEverybodyUntilThereIsAKeyAndNobodyWithoutOneAfter() throws Exception {
        model.then(ScriptedModel.says("ok"));
        assertThat(post("/v1/chat/completions", BODY).statusCode()).isEqualTo(200);
        assertThat(model.requests.getLast().tenant()).isEqualTo("local");
        String alice = key("alice", Quota.NONE);
        HttpResponse<String> refused = post("/v1/chat/completions", BODY);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(refused.body()).at("/error/code").stringValue())
                .isEqualTo("invalid_api_key");
        model.then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        assertThat(model.requests.getLast().tenant())
                .as("whose blocks these are")
                .isEqualTo("alice");
        assertThat(chat(alice + "x").statusCode()).isEqualTo(401);
        assertThat(chat("").statusCode()).isEqualTo(401);
    }

    @Test
    void refusesInTheShapeThatAnthropicsClientsRead() throws Exception {
        key("alice", Quota.NONE);
        HttpResponse<String> refused = post("/v1/messages", BODY, "x-api-key", "tk-wrong");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(refused.body()).at("/error/type").stringValue())
                .isEqualTo("authentication_error");
    }

    @Test
    void shutsAKeyOutAtTheMomentItIsRevoked() throws Exception {
        String alice = key("alice", Quota.NONE);
        model.then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        keys.revoke("alice");
        HttpResponse<String> refused = chat(alice);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("revoked").doesNotContain(alice);
    }

    @Test
    void tellsAKeyThatIsSpentWhenToComeBack() throws Exception {
        String alice = key("alice", new Quota(2, 0, 0, 0));
        model.then(ScriptedModel.says("ok")).then(ScriptedModel.says("ok")).then(ScriptedModel.says("ok"));
        HttpResponse<String> first = chat(alice);
        assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("1");
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        HttpResponse<String> spent = chat(alice);
        assertThat(spent.statusCode()).isEqualTo(429);
        assertThat(spent.headers().firstValue("retry-after")).hasValue("30");
        assertThat(spent.headers().firstValue("x-ratelimit-limit-requests")).hasValue("2");
        nanos.addAndGet(30_000_000_000L);
        assertThat(chat(alice).statusCode()).isEqualTo(200);
    }

    @Test
    void writesDownWhoseRequestWasOneTooMany() throws Exception {
        String alice = key("alice", new Quota(1, 0, 0, 0));
        model.then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        assertThat(chat(alice).statusCode()).isEqualTo(429);
        doors.close();
        assertThat(Files.readAllLines(home.resolve("access.log")))
                .filteredOn(line -> line.contains("\"status\":429"))
                .singleElement()
                .asString()
                .contains("\"tenant\":\"alice\"");
    }

    @Test
    void takesNothingOfARateForHealthAndMetrics() throws Exception {
        String alice = key("alice", new Quota(1, 0, 0, 0));
        for (int i = 0; i < 3; i++) {
            assertThat(get("/health", alice)).contains("status");
            assertThat(get("/metrics", alice)).contains("telos_uptime_seconds");
        }
        model.then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        assertThat(get("/health", alice)).as("of a key that is spent").contains("status");
        assertThat(get("/health", "tk-wrong")).contains("invalid_api_key");
    }

    @Test
    void chargesTokensAndLetsThemBeOwed() throws Exception {
        String alice = key("alice", new Quota(0, 5, 0, 0));
        model.then(ScriptedModel.says("nine tokens in all")).then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        HttpResponse<String> owing = chat(alice);
        assertThat(owing.statusCode()).isEqualTo(429);
        assertThat(owing.headers().firstValue("retry-after")).hasValue("60");
        nanos.addAndGet(60_000_000_000L);
        assertThat(chat(alice).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesARequestThatMayNeedMoreBlocksThanItsKeyMayHold() throws Exception {
        String alice = key("alice", new Quota(0, 0, 0, 1));
        HttpResponse<String> refused = post(
                "/v1/chat/completions",
                BODY.replace("\"max_tokens\":9", "\"max_tokens\":17"),
                "Authorization",
                "Bearer " + alice);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("2 blocks", "max_tokens");
        assertThat(model.requests).isEmpty();
        model.then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(200);
        model.then(new ChatOutcome.Failed("it broke")).then(ScriptedModel.says("ok"));
        assertThat(chat(alice).statusCode()).isEqualTo(500);
        assertThat(chat(alice).statusCode())
                .as("what was reserved is given back")
                .isEqualTo(200);
    }

    @Test
    void showsATenantItsOwnFigures() throws Exception {
        String alice = key("alice", Quota.NONE);
        String bob = key("bob", Quota.NONE);
        model.then(ScriptedModel.says("a b"));
        chat(alice);
        PrometheusText seen = PrometheusText.read(get("/metrics", alice));
        assertThat(seen.value("vllm:time_to_first_token_seconds_count", "model_name", "mini", "tenant", "alice"))
                .isEqualTo(1);
        assertThat(seen.value("vllm:inter_token_latency_seconds_count", "model_name", "mini", "tenant", "alice"))
                .isEqualTo(1);
        assertThat(seen.value("telos_tenant_generation_tokens_total", "model_name", "mini", "tenant", "alice"))
                .isEqualTo(2);
        assertThat(seen.value("vllm:kv_cache_usage_perc", "model_name", "mini")).isEqualTo(0.25);
        assertThat(get("/metrics", bob)).doesNotContain("alice");
    }

    @Test
    void logsRequestsWithoutWordsAndKeys() throws Exception {
        String alice = key("alice", Quota.NONE);
        model.then(ScriptedModel.says("a secret answer"));
        HttpResponse<String> answer = chat(alice);
        post("/v1/chat/completions?key=" + alice, BODY);
        get("/v1/models/none", alice);
        doors.close();
        List<String> lines = Files.readAllLines(home.resolve("access.log"));
        assertThat(lines).hasSize(3).noneMatch(line -> line.contains("secret") || line.contains(alice));
        JsonNode line = JSON.readTree(lines.getFirst());
        assertThat(line.path("id").stringValue())
                .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(line.path("tenant").stringValue()).isEqualTo("alice");
        assertThat(line.path("model").stringValue()).isEqualTo("mini");
        assertThat(line.path("status").intValue()).isEqualTo(200);
        assertThat(line.path("completion_tokens").intValue()).isEqualTo(2);
        assertThat(JSON.readTree(lines.get(1)).path("status").intValue()).isEqualTo(401);
        JsonNode last = JSON.readTree(lines.getLast());
        assertThat(last.path("route").stringValue()).as("as a pattern").isEqualTo("/v1/models/{id}");
        assertThat(last.path("status").intValue()).isEqualTo(404);
    }

    @Test
    void keepsTheKeysRouteOffTheNetwork() throws Exception {
        String alice = key("alice", Quota.NONE);
        assertThat(post("/keys", "{\"name\":\"mallory\"}", "x-api-key", alice).statusCode())
                .isEqualTo(404);
        assertThat(keys.list()).hasSize(1);
    }
}
