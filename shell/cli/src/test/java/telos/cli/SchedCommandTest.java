package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.cli.Cli.Ran;
import telos.cli.clock.Recorded;
import telos.cli.wire.Json;

class SchedCommandTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));

    @BeforeEach
    void here() {
        cli = Cli.in(folder);
    }

    private FakeDaemon daemon() throws IOException {
        return new FakeDaemon(Cli.home(folder))
                .on("GET /sched", FakeDaemon.json(200, Recorded.SCHED))
                .on("POST /sched/entity", FakeDaemon.json(200, "{}"))
                .on("POST /sched/policy", FakeDaemon.json(200, "{}"));
    }

    private static List<String> posts(FakeDaemon daemon) {
        return daemon.heard().stream().filter(each -> each.startsWith("POST")).toList();
    }

    @Test
    void showsWhoAsksForHowMuchAndWhoGotIt() throws IOException {
        try (FakeDaemon _ = daemon()) {
            assertThat(cli.run("sched")).isEqualTo(new Ran(0, """
                    mini: policy fair, service in tokens, 1 idle not shown (--all)
                    ENTITY     WEIGHT  PRIO  DEADLINE  ASKED    GOT    LAG  WAITING  RUNNING  WAITED  LONGEST  PREEMPTED
                    alice         300     0  -         75.0%  60.0%   1.5k        1        2   200ms     1.5s          2
                      crawler     100    -5  -         75.0%  60.0%      0        1        2   200ms     1.5s          2
                        17        100     0  500/2.0s  37.5%  30.0%      0        0        1       0    100ms          0
                    local         100     0  -         25.0%  40.0%  -1.5k        1        0    50ms    900ms          1
                      agent-4     100     0  -         25.0%  40.0%      0        1        0    50ms    900ms          1

                    cpu 0: policy priority, service in seconds
                    ENTITY  WEIGHT  PRIO  DEADLINE  ASKED    GOT   LAG  WAITING  RUNNING  WAITED  LONGEST  PREEMPTED
                    spin       900     0  -         90.0%  89.0%  0.25        0        1       0        0          0
                    """, ""));
            assertThat(cli.run("sched", "--all").out()).contains("idler").doesNotContain("not shown");
            assertThat(Json.parse(cli.run("sched", "--json").out()).at("clocks").items())
                    .hasSize(2);
        }
    }

    @Test
    void saysSoWhenNothingIsDivided() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /sched", FakeDaemon.json(200, "{\"policy\":\"fair\\u001b[2J\",\"clocks\":[]}"));
            assertThat(cli.run("sched").out()).isEqualTo("policy fair\ufffd[2J; nothing is being divided yet\n");
            daemon.on("GET /sched", FakeDaemon.json(200, "{\"clocks\":[{\"name\":\"m\",\"policy\":\"fair\"}]}"));
            assertThat(cli.run("sched").out()).isEqualTo("m: policy fair\nnobody wants service now\n");
        }
    }

    @Test
    void watchesUntilTheDaemonHasGone() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /sched?active=true", (body, out) -> {
                FakeDaemon.json(200, "{\"clocks\":[{\"name\":\"m\",\"policy\":\"fair\"}]}")
                        .play(body, out);
                daemon.on(
                        "GET /sched?active=true", FakeDaemon.json(503, "{\"error\":{\"message\":\"it is leaving\"}}"));
            });
            assertThat(cli.run("sched", "--watch", "--every", "1"))
                    .isEqualTo(new Ran(1, "m: policy fair\nnobody wants service now\n", "telos: it is leaving\n"));
        }
        assertThat(cli.run("sched", "--watch", "--every", "0").err()).contains("--every must be 1 to 3600");
    }

    @Test
    void setsWhatWasSaidForWhomItWasSaid() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            assertThat(cli.run("sched", "set", "alice/crawler", "weight=50", "priority=-7"))
                    .isEqualTo(new Ran(0, "alice/crawler in mini: weight=50 priority=-7\n", ""));
            assertThat(cli.run("sched", "set", "mini#8", "deadline=500/2s").status())
                    .isZero();
            assertThat(cli.run("sched", "set", "spin", "deadline=20ms/100ms").status())
                    .isZero();
            assertThat(cli.run("sched", "set", "spin", "deadline=1/1s").err()).contains("divides CPU time");
            assertThat(cli.run("sched", "set", "alice", "deadline=20ms/100ms").err())
                    .contains("mini divides tokens, not CPU time");
            assertThat(posts(daemon))
                    .containsExactly(
                            "POST /sched/entity {\"entity\":\"mini#3\",\"weight\":50,\"priority\":-7}",
                            "POST /sched/entity {\"entity\":\"mini#8\",\"deadline\":{\"budget\":500.0,\"period_ms\":2000.0}}",
                            "POST /sched/entity {\"entity\":\"cpu 0#1\",\"deadline\":{\"budget\":0.02,\"period_ms\":100.0}}");
        }
    }

    @Test
    void refusesEntitiesThatAreNotThere() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            Ran unknown = cli.run("sched", "set", "crawler", "weight=50");
            assertThat(unknown.status()).isEqualTo(1);
            assertThat(unknown.err())
                    .isEqualTo(
                            "telos: there is no entity 'crawler'; is it alice/crawler?; telos sched --all lists them\n");
            assertThat(posts(daemon)).isEmpty();
        }
    }

    @Test
    void onePathInSeveralModelsIsOneTenantButTwinsAreNot() throws IOException {
        String entity = "{\"id\":\"%1$s#%2$d\",\"clock\":\"%1$s\",\"path\":\"%1$s/bob\",\"name\":\"bob\"}";
        String sched = "{\"clocks\":[{\"name\":\"m\"},{\"name\":\"n\"}],\"entities\":[%s,%s]}";
        try (FakeDaemon daemon = daemon()) {
            daemon.on(
                    "GET /sched",
                    FakeDaemon.json(200, sched.formatted(entity.formatted("m", 1), entity.formatted("n", 1))));
            assertThat(cli.run("sched", "set", "bob", "weight=7").out())
                    .isEqualTo("bob in m: weight=7\nbob in n: weight=7\n");
            assertThat(cli.run("sched", "set", "n/bob", "weight=7").out()).isEqualTo("bob in n: weight=7\n");
            daemon.on(
                    "GET /sched",
                    FakeDaemon.json(200, sched.formatted(entity.formatted("m", 1), entity.formatted("m", 2))));
            assertThat(cli.run("sched", "set", "bob", "weight=7").err())
                    .isEqualTo("telos: 2 entities are called 'bob': m#1, m#2; say which by its id\n");
            assertThat(posts(daemon)).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"weight=0", "weight=-1", "weight=1000000", "weight=x", "colour=red", "priority=500", "deadline=1"
            })
    void refusesValuesThatCannotBeBeforeAskingTheDaemon(String setting) throws IOException {
        try (FakeDaemon daemon = daemon()) {
            Ran ran = cli.run("sched", "set", "alice", setting);
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).startsWith("telos: ").hasLineCount(1);
            assertThat(daemon.heard()).isEmpty();
        }
    }

    @Test
    void asksWhoseAWeightIsToBe() {
        assertThat(cli.run("sched", "set", "weight=5").err()).contains("whose?");
        assertThat(cli.run("sched", "set", "alice").err()).contains("nothing to set");
        assertThat(cli.run("sched", "set").status()).isEqualTo(2);
        assertThat(cli.run("sched", "frob").status()).isEqualTo(2);
    }

    @Test
    void showsAndChangesThePolicy() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            assertThat(cli.run("sched", "policy").out())
                    .isEqualTo(
                            "policy: fair\nof cpu 0: priority\nknown:  fair, priority, deadline, attained, attained-request, round-robin, "
                                    + "first-come\n");
            assertThat(cli.run("sched", "policy", "deadline").out()).isEqualTo("policy: deadline\n");
            Ran unknown = cli.run("sched", "policy", "unfair");
            assertThat(unknown.status()).isEqualTo(2);
            assertThat(unknown.err()).contains("there is no policy 'unfair'; known are fair, priority, deadline,");
            assertThat(posts(daemon)).containsExactly("POST /sched/policy {\"policy\":\"deadline\"}");
        }
    }

    @Test
    void passesOnWhatTheDaemonRefuses() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on(
                    "POST /sched/entity",
                    FakeDaemon.json(409, "{\"error\":{\"message\":\"no more can be reserved\"}}"));
            assertThat(cli.run("sched", "set", "alice", "deadline=500/1s"))
                    .isEqualTo(new Ran(1, "", "telos: no more can be reserved\n"));
        }
    }

    @Test
    void writesATraceToAFileOrToAPipe() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /sched/trace", FakeDaemon.json(200, Recorded.TRACE));
            Ran ran = cli.run("sched", "trace", "--out", "t.json");
            assertThat(ran.status()).isZero();
            assertThat(ran.err()).contains("wrote 5 events").contains("ui.perfetto.dev");
            String file = Files.readString(folder.resolve("t.json"));
            assertThat(Json.parse(file).at("traceEvents").items()).hasSizeGreaterThan(10);
            assertThat(cli.run("sched", "trace", "-o", "-")).isEqualTo(new Ran(0, file, ""));
            assertThat(cli.run("sched", "trace", "-o", "new.json", "--seconds", "1")
                            .err())
                    .contains("wrote 0 events");
        }
    }

    @Test
    void refusesTracesThatGoNowhere() throws IOException {
        assertThat(cli.run("sched", "trace").err()).contains("--out trace.json");
        assertThat(cli.run("sched", "trace", "-o", "t", "--seconds", "0").err()).contains("--seconds must be 1 to 600");
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /sched/trace", FakeDaemon.json(200, "{}"));
            Ran ran = cli.run("sched", "trace", "-o", "no/such/t.json");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("cannot write").contains("no such file");
        }
    }

    @Test
    void failsClearlyWithoutADaemon() {
        for (String[] words : new String[][] {
            {"sched"},
            {"sched", "policy"},
            {"sched", "set", "a", "weight=1"},
            {"sched", "trace", "-o", "t"},
            {"top", "--once"}
        }) {
            Ran ran = cli.run(words);
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("no daemon is running").hasLineCount(1);
        }
    }
}
