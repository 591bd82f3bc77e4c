package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;

/** The commands that ask a daemon something, or read what it left. */
class DaemonCommandsTest {
    private static final String MEMORY = """
            {"blocks":{"total":100,"used":10,"cached":20,"free":70,"size_tokens":16},"useful_share":0.93,\
            "sequences":[{"id":4,"tokens":150,"blocks":10,"state":"RUNNING"}]}""";

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
    void memPrintsTheDaemonsObject() throws IOException {
        try (FakeDaemon _ = daemon().on("GET /memory", FakeDaemon.json(200, MEMORY))) {
            assertThat(cli.run("mem", "--json")).isEqualTo(new Ran(0, MEMORY + "\n", ""));
        }
    }

    @Test
    void memShowsBlocksAndSequences() throws IOException {
        try (FakeDaemon _ = daemon().on("GET /memory", FakeDaemon.json(200, MEMORY))) {
            assertThat(cli.run("mem").out()).isEqualTo("""
                    BLOCKS  COUNT  TOKENS
                    total   100    1600
                    used    10     160
                    cached  20     320
                    free    70     1120
                    useful share of used blocks: 93%

                    SEQUENCE  TOKENS  BLOCKS  STATE
                    4         150     10      RUNNING
                    """);
        }
    }

    @Test
    void psListsAgents() throws IOException {
        try (FakeDaemon _ = daemon().on("GET /agents", FakeDaemon.json(200, """
                {"agents":[{"id":1,"name":"operator","state":"WAITING_FOR_MODEL","request":"a\\u001bb","age_seconds":0.4}]}"""))) {
            assertThat(cli.run("ps").out()).isEqualTo("""
                    ID  NAME      STATE              AGE    REQUEST
                    1   operator  waiting for model  0.4 s  a\ufffdb
                    """);
            assertThat(cli.run("ps", "--json").out()).startsWith("{\"agents\":[{\"id\":1,");
        }
    }

    @Test
    void killStopsAnAgentOrSaysThatThereIsNone() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("DELETE /agents/3", (_, out) -> FakeDaemon.write(out, "HTTP/1.1 204 No Content\r\n\r\n"));
            assertThat(cli.run("kill", "3")).isEqualTo(new Ran(0, "agent 3 is told to stop\n", ""));
            Ran none = cli.run("kill", "4");
            assertThat(none.status()).isEqualTo(1);
            assertThat(none.err()).contains("no agent 4 is running").contains("telos ps");
        }
    }

    @Test
    void psAndKillKnowPrograms() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            daemon.on("GET /agents", FakeDaemon.json(200, "{\"agents\":[]}"));
            daemon.on("GET /programs", FakeDaemon.json(200, """
                    {"policy":"fair","programs":[{"id":2,"name":"ma\\u001bke","pgid":77,"processes":5,"state":"running",\
                    "by":"stop","cpus":"0-1","weight":300,"priority":0,"cpu_seconds":12.5,"age_seconds":61}]}"""));
            assertThat(cli.run("ps").out()).isEqualTo("""
                    ID  NAME  STATE  AGE  REQUEST

                    PROGRAM  NAME   STATE    BY    CPUS  WEIGHT  PRIO  PROCESSES  CPU TIME  AGE
                    p2       ma\ufffdke  running  stop  0-1   300     0     5          12.5s     61.0s
                    """);
            assertThat(cli.run("ps", "--json").out()).startsWith("{\"agents\":[],\"programs\":[{\"id\":2,");
            FakeDaemon.Script done = (_, out) -> FakeDaemon.write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            daemon.on("DELETE /programs/2", done).on("POST /programs/2/signal", done);
            assertThat(cli.run("kill", "p2")).isEqualTo(new Ran(0, "program p2 is told to stop\n", ""));
            assertThat(cli.run("kill", "-s", "kill", "p2")).isEqualTo(new Ran(0, "program p2 is sent KILL\n", ""));
            assertThat(daemon.heard()).last().isEqualTo("POST /programs/2/signal {\"signal\":\"KILL\"}");
            daemon.on("POST /sched/cancel", FakeDaemon.json(200, "{\"cancelled\": 1}"));
            assertThat(cli.run("kill", "mini#7")).isEqualTo(new Ran(0, "entity mini#7 is told to stop\n", ""));
            assertThat(cli.run("kill", "p3", "p2").err()).contains("no program p3 is running");
            assertThat(cli.run("kill", "-s", "HUP", "3").err()).contains("agent 3 takes no signals");
            assertThat(cli.run("kill", "p").status()).isEqualTo(2);
            assertThat(cli.run("kill", "99999999999999999999").status()).isEqualTo(2);
        }
    }

    @Test
    void failClearlyWithoutADaemon() {
        for (String command : new String[] {"mem", "ps"}) {
            Ran ran = cli.run(command);
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("no daemon is running")
                    .contains("telos up --detach")
                    .hasLineCount(1);
        }
    }

    @Test
    void logsShowTheLastLines() throws IOException {
        Files.createDirectories(Cli.home(folder));
        String all = IntStream.rangeClosed(1, 20_000)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
        Files.writeString(Cli.home(folder).resolve("telos.log"), all);
        assertThat(cli.run("logs", "-n", "2").out()).isEqualTo("line 19999\nline 20000\n");
        assertThat(cli.run("logs").out()).startsWith("line 19951\n").hasLineCount(50);
        assertThat(cli.run("logs", "-n", "0").out()).isEmpty();
        assertThat(cli.run("logs", "-n", "20000").out()).isEqualTo(all);
        assertThat(cli.run("logs", "-n", "999999").out()).isEqualTo(all);
    }

    @Test
    void logsAskTheDaemonAndReadTheFileWhereItDoesNotAnswer() throws IOException {
        try (FakeDaemon daemon = daemon()) {
            Files.writeString(Cli.home(folder).resolve("telos.log"), "from the file\n");
            daemon.on("GET /logs?lines=50", FakeDaemon.json(200, "{\"lines\":[\"a\",\"b\\u001bc\"]}"));
            assertThat(cli.run("logs")).isEqualTo(new Ran(0, "a\nb\ufffdc\n", ""));
            assertThat(cli.run("logs", "-n", "7")).isEqualTo(new Ran(0, "from the file\n", ""));
            daemon.on("GET /health", (_, out) -> FakeDaemon.write(out, "garbage"));
            assertThat(cli.run("logs")).isEqualTo(new Ran(0, "from the file\n", ""));
        }
    }

    @Test
    void logsSaySoWhenThereAreNone() {
        Ran ran = cli.run("logs");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("no daemon has logged anything yet");
    }
}
