package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.agents.Agents;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;
import telos.server.api.Doors;
import telos.server.api.http.Bounds;
import telos.server.clock.Clock;
import telos.server.clock.Clocks;
import telos.server.clock.Span;
import telos.server.records.RecentRequests;
import telos.server.records.RecentResponses;
import telos.server.sight.Ledger;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The owner's view of how work is divided, through the door. */
class SchedTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path home;

    private final Clocks clocks = new Clocks(Policy.fair());
    private final TreeClock engine = new TreeClock("mini");
    private Doors doors;

    /** A tree that nobody serves. */
    private static final class TreeClock implements Clock {
        private final String name;
        private final EntityTree tree = new EntityTree(Policy.fair());
        private final List<String> cancelled = new ArrayList<>();

        TreeClock(String name) {
            this.name = name;
        }

        EntityId add(EntityId parent, Level level, String entity) {
            return tree.add(parent, level, entity, Shares.USUAL, 0).orThrow();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String unit() {
            return "tokens";
        }

        @Override
        public long perUnit() {
            return 1000;
        }

        @Override
        public Policy policy() {
            return tree.policy();
        }

        @Override
        public void policy(Policy policy) {
            tree.policy(policy, 0);
        }

        @Override
        public List<EntityStatus> status(boolean idle) {
            return idle ? tree.status(0) : tree.active(0);
        }

        @Override
        public Optional<Change> set(EntityId entity, UnaryOperator<Shares> change) {
            return tree.contains(entity)
                    ? Optional.of(tree.set(entity, change.apply(tree.shares(entity)), 0))
                    : Optional.empty();
        }

        @Override
        public boolean cancel(EntityStatus leaf) {
            if (leaf.level() == Level.REQUEST) {
                cancelled.add(leaf.name());
                return true;
            }
            return false;
        }

        @Override
        public List<Span> trace() {
            return List.of(
                    new Span("t/a", "decode 1", 2_000, 1_500, Map.of("tokens", 1L)),
                    new Span("preemptions", "preempted 1", 3_500, 0, Map.of()));
        }
    }

    @BeforeEach
    void open() throws IOException {
        EntityId tenant = engine.add(engine.tree.root(), Level.TENANT, "local");
        EntityId agent = engine.add(tenant, Level.AGENT, "curl");
        EntityId request = engine.add(agent, Level.REQUEST, "1");
        engine.add(tenant, Level.AGENT, "twin");
        engine.add(tenant, Level.AGENT, "twin");
        engine.tree.dispatch(request, 0);
        engine.tree.charge(request, 5000, 0);
        clocks.add(() -> List.of(engine));
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        models.standard(new ScriptedModel("mini"));
        Agents agents = new Agents(System::nanoTime);
        Toolbox toolbox = new Toolbox(new LinuxHost(), new SelfView(models, agents));
        doors = Doors.open(
                home.resolve("telos.sock"),
                new DaemonStatus(System::nanoTime),
                models,
                new Runs(agents, new Syscalls(models, toolbox, Mediation.usual()), toolbox.specs()),
                () -> 0,
                new Doors.Rules(
                        Bounds.USUAL,
                        Gate.OPEN,
                        new RecentResponses(1 << 20),
                        new RecentRequests(1 << 20),
                        Ledger.counting(),
                        Optional.empty(),
                        Set.of(),
                        clocks,
                        Optional.empty()));
    }

    @AfterEach
    void close() {
        doors.close();
    }

    private record Answer(int status, JsonNode body) {}

    private Answer admin(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: telos\r\nConnection: close\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(home.resolve("telos.sock")));
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.write(ByteBuffer.wrap(bytes));
            StringBuilder answer = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            while (channel.read(buffer) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                buffer.clear();
            }
            int status = Integer.parseInt(answer.substring(9, 12));
            return new Answer(status, JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4)));
        }
    }

    @Test
    void showsEveryEntityOfEveryClock() throws IOException {
        clocks.add(() -> List.of(new TreeClock("programs")));
        JsonNode shown = admin("GET", "/sched", "").body();
        assertThat(shown.at("/clocks").size()).isEqualTo(2);
        assertThat(shown.at("/entities/1/path").stringValue()).isEqualTo("mini/local/curl");
        assertThat(shown.at("/entities/1/level").stringValue()).isEqualTo("agent");
        assertThat(shown.at("/entities/1/phase").stringValue()).isEqualTo("served");
        assertThat(shown.at("/entities/1/attained").doubleValue()).isEqualTo(5);
        assertThat(shown.at("/entities/2/path").stringValue()).isEqualTo("mini/local/curl/1");
        assertThat(shown.at("/entities").findValuesAsString("name")).contains("twin");
        JsonNode active = admin("GET", "/sched?active=true", "").body();
        assertThat(active.at("/entities").findValuesAsString("name")).containsExactly("local", "curl", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mini/local/curl", "local/curl", "mini#2"})
    void changesTheSharesOfAnEntityByAnyOfItsNames(String named) throws IOException {
        Answer answer = admin("POST", "/sched/entity", "{\"entity\":\"" + named + "\",\"weight\":300}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/weight").intValue()).isEqualTo(300);
        assertThat(answer.body().at("/priority").intValue()).isZero();
    }

    @Test
    void givesADeadlineAndTakesItAway() throws IOException {
        Answer given = admin(
                "POST", "/sched/entity", "{\"entity\":\"local/curl\",\"deadline\":{\"budget\":20,\"period_ms\":500}}");
        assertThat(given.body().at("/deadline/budget").doubleValue()).isEqualTo(20);
        assertThat(given.body().at("/deadline/period_ms").doubleValue()).isEqualTo(500);
        Answer taken = admin("POST", "/sched/entity", "{\"entity\":\"local/curl\",\"deadline\":null}");
        assertThat(taken.body().at("/deadline").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entity\":\"nobody\",\"weight\":1} 404",
                "{\"entity\":\"local/twin\",\"weight\":1} 404",
                "{\"entity\":\"local/curl\",\"weight\":0} 400",
                "{\"entity\":\"local/curl\",\"weight\":-5} 400",
                "{\"entity\":\"local/curl\",\"weight\":10001} 400",
                "{\"entity\":\"local/curl\",\"weight\":1e99} 400",
                "{\"entity\":\"local/curl\",\"priority\":101} 400",
                "{\"entity\":\"local/curl\",\"deadline\":{\"budget\":1}} 400",
                "{\"entity\":\"local/curl\",\"deadline\":{\"budget\":1,\"period_ms\":1e300}} 400",
                "{\"entity\":\"local/curl\",\"deadline\":{\"budget\":1e300,\"period_ms\":1}} 409",
                "{\"entity\":\"local/curl\"} 400",
                "{\"weight\":5} 400"
            })
    void refusesWhatMakesNoSense(String wishAndStatus) throws IOException {
        int space = wishAndStatus.lastIndexOf(' ');
        Answer answer = admin("POST", "/sched/entity", wishAndStatus.substring(0, space));
        assertThat(answer.status()).isEqualTo(Integer.parseInt(wishAndStatus.substring(space + 1)));
        assertThat(answer.body().at("/error/message").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "mini/local/curl", "mini#3"})
    void cancelsTheRequestsOfWhomeverItIsTold(String named) throws IOException {
        Answer answer = admin("POST", "/sched/cancel", "{\"entity\":\"" + named + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/cancelled").intValue()).isEqualTo(1);
        assertThat(engine.cancelled).containsExactly("1");
    }

    @Test
    void cancelsNobodyWhereItIsNotClearWhoIsMeant() throws IOException {
        assertThat(admin("POST", "/sched/cancel", "{\"entity\":\"local/twin\"}").status())
                .isEqualTo(404);
        assertThat(admin("POST", "/sched/cancel", "{\"entity\":\"nobody\"}").status())
                .isEqualTo(404);
        assertThat(admin("POST", "/sched/cancel", "{}").status()).isEqualTo(400);
        assertThat(engine.cancelled).isEmpty();
    }

    @Test
    void changesThePolicyOfAllClocksAndOfThoseToCome() throws IOException {
        assertThat(admin("POST", "/sched/policy", "{\"policy\":\"priority\"}")
                        .body()
                        .at("/clocks/0/policy")
                        .stringValue())
                .isEqualTo("priority");
        assertThat(clocks.policy().name()).isEqualTo("priority");
        assertThat(admin("POST", "/sched/policy", "{\"policy\":\"fair\",\"clock\":\"mini\"}")
                        .status())
                .isEqualTo(200);
        assertThat(engine.policy().name()).isEqualTo("fair");
        assertThat(clocks.policy().name()).isEqualTo("priority");
        assertThat(admin("POST", "/sched/policy", "{\"policy\":\"best\"}")
                        .body()
                        .at("/error/message")
                        .stringValue())
                .contains("best", "fair", "priority");
        assertThat(admin("POST", "/sched/policy", "{\"policy\":\"fair\",\"clock\":\"none\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void writesTheTraceInTheFormThatPerfettoOpens() throws IOException {
        JsonNode events = admin("GET", "/sched/trace", "").body().at("/traceEvents");
        assertThat(events.findValuesAsString("ph")).containsExactly("M", "M", "X", "M", "i");
        assertThat(events.at("/2/ts").doubleValue()).isEqualTo(2);
        assertThat(events.at("/2/dur").doubleValue()).isEqualTo(1.5);
        assertThat(events.at("/2/args/tokens").intValue()).isEqualTo(1);
    }
}
