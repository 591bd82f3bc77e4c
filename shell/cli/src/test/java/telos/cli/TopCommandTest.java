package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;
import telos.cli.clock.Recorded;
import telos.cli.top.Row;
import telos.cli.wire.Json;

class TopCommandTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));

    @BeforeEach
    void here() {
        cli = Cli.in(folder);
    }

    private FakeDaemon daemon() throws IOException {
        return new FakeDaemon(Cli.home(folder))
                .on("GET /health", FakeDaemon.json(200, """
                        {"status":"ok","version":"0.1.0","pid":1,"port":7717,"model":"mini","uptime_seconds":7200}"""))
                .on("GET /sched", FakeDaemon.json(200, Recorded.SCHED))
                .on("GET /memory", FakeDaemon.json(200, "{\"blocks\":{\"total\":100,\"used\":10}}"))
                .on("GET /agents", FakeDaemon.json(200, """
                        {"agents":[{"id":4,"name":"operator","state":"WAITING_FOR_MODEL","request":"a\\u001bb","tokens":1234,\
                        "age_seconds":2.5}]}"""))
                .on("GET /programs", FakeDaemon.json(200, """
                        {"programs":[{"id":1,"name":"spin","state":"running","weight":900,"priority":0,"cpus":"0","by":"stop",\
                        "share_asked":0.9,"share_got":0.89,"cpu_seconds":1.5,"age_seconds":9}]}"""))
                .on("PATCH /programs/1", FakeDaemon.json(200, "{}"))
                .on("POST /sched/entity", FakeDaemon.json(200, "{}"));
    }

    @Test
    void printsOneTableWhereThereIsNoTerminal() throws IOException {
        try (FakeDaemon _ = daemon()) {
            assertThat(cli.run("top", "--once")).isEqualTo(new Ran(0, """
                    telos 0.1.0, model mini, up 2h, policy fair
                    2 requests run, 2 wait; 2 agents, 1 programs; 10 of 100 KV blocks used
                    KIND     ID  NAME              STATE              WEIGHT  ASKED    GOT  WAITED   USED   AGE  WHAT
                    program  p1  spin              running               900  90.0%  89.0%       0   1.5s  9.0s  CPUs 0 by stop
                    tenant   #1  alice             running               300  75.0%  60.0%   200ms  60.0k     -  mini
                    agent    #3  alice/crawler     running               100  75.0%  60.0%   200ms  60.0k     -  mini
                    tenant   #2  local             waiting               100  25.0%  40.0%    50ms  31.2k     -  mini
                    agent     4  operator          waiting for model     100  25.0%  40.0%    50ms   1.2k  2.5s  a\ufffdb
                    request  #7  alice/crawler/17  running               100  37.5%  30.0%       0   1.2k     -  mini
                    """, ""));
        }
    }

    @Test
    void printsObjectsForPrograms() throws IOException {
        try (FakeDaemon _ = daemon()) {
            Ran ran = cli.run("top", "--once", "--json");
            assertThat(ran.out()).hasLineCount(1);
            Json seen = Json.parse(ran.out());
            assertThat(seen.members()).containsOnlyKeys("health", "memory", "agents", "programs", "sched");
            assertThat(seen.at("programs").items()).hasSize(1);
        }
    }

    @Test
    void goesOnPrintingUntilTheDaemonHasGone() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /health", (body, out) -> {
                FakeDaemon.json(200, "{}").play(body, out);
                daemon.on("GET /health", FakeDaemon.json(500, "{\"error\":{\"message\":\"gone\"}}"));
            });
            Ran ran = cli.run("top");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.out()).contains("KIND").doesNotContain("\u001b");
            assertThat(ran.err()).isEqualTo("telos: gone\n");
        }
    }

    @Test
    void worksWithADaemonThatHasNoClockYet() throws IOException {
        try (FakeDaemon _ = new FakeDaemon(Cli.home(folder))) {
            Ran ran = cli.run("top", "--once");
            assertThat(ran.status()).isZero();
            assertThat(ran.out()).contains("no agents, requests or programs");
        }
    }

    @Test
    void killsAndWeighsByTheSameRequestsAsTheCommands() throws Exception {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("DELETE /agents/4", (_, out) -> FakeDaemon.write(out, "HTTP/1.1 204 No Content\r\n\r\n"));
            daemon.on("POST /sched/cancel", FakeDaemon.json(200, "{\"cancelled\": 1}"));
            Sight sight = new Sight(new DaemonClient(new Home(Cli.home(folder))));
            for (Row row : sight.sample().rows()) {
                String killed = sight.kill(row);
                switch (row.id()) {
                    case "4" -> assertThat(killed).isEqualTo("agent 4 is told to stop");
                    case "p1" -> assertThat(killed).isEqualTo("program p1 has ended already");
                    case "#3" -> assertThat(killed).isEqualTo("agent #3 is told to stop");
                    case "#7" -> assertThat(killed).isEqualTo("request #7 is told to stop");
                    default -> assertThat(killed).startsWith("a tenant is not killed");
                }
                assertThat(sight.weigh(row, 7)).isEqualTo(row.kind().word() + " " + row.id() + " has the weight 7 now");
            }
            daemon.on("GET /sched", FakeDaemon.json(200, "{}"));
            Row alone = sight.sample().rows().getFirst();
            assertThat(sight.weigh(alone, 7)).isEqualTo("agent 4 has no weight of its own");
            assertThat(daemon.heard())
                    .contains("POST /sched/cancel {\"entity\":\"mini#3\"}")
                    .contains("POST /sched/cancel {\"entity\":\"mini#7\"}")
                    .contains("PATCH /programs/1 {\"weight\":7}")
                    .contains("POST /sched/entity {\"entity\":\"mini#3\",\"weight\":7}");
        }
        assertThat(new Sight(new DaemonClient(new Home(Cli.home(folder))))
                        .sample()
                        .trouble())
                .contains("no daemon is running");
    }
}
