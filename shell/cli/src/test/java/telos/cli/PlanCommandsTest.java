package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandsTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": 7,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("world.json"), WORLD);
    }

    private Cli.Ran plan(String command, String text, String... more) throws IOException {
        Files.writeString(folder.resolve("plan.py"), text);
        String[] words = new String[5 + more.length];
        System.arraycopy(new String[] {"plan", command, "plan.py", "--world", "world.json"}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        return Cli.in(folder).run(words);
    }

    @Test
    void carriesOutWhatMayBeKnownAndTellsIt() throws IOException {
        assertThat(plan("run", "send(1 + 1)\nprint('sent')", "--json"))
                .isEqualTo(
                        new Cli.Ran(0, "{\"effect\":\"send\",\"args\":{\"x\":2}}\n{\"outcome\":\"ok\"}\n", "sent\n"));
        assertThat(plan("check", "send(1 + 1)")).isEqualTo(new Cli.Ran(0, "", ""));
    }

    @Test
    void deniesWhatMayNotBeKnownAndShowsNothingOfIt() throws IOException {
        Cli.Ran run = plan("run", "send(read_secret())", "--json");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out().lines())
                .hasSize(2)
                .satisfiesExactly(
                        denied -> assertThat(denied).startsWith("{\"denied\":\"send\",\"reason\":"),
                        outcome -> assertThat(outcome)
                                .startsWith("{\"outcome\":\"denied\",\"tool\":\"send\",")
                                .endsWith("\"line\":1,\"column\":1}"));
        assertThat(run.out()).doesNotContain("7");
        Cli.Ran check = plan("check", "if read_secret() > 3:\n  send(1)", "--json");
        assertThat(check.status()).isEqualTo(3);
        assertThat(check.out()).startsWith("{\"findings\":[{\"line\":2,\"column\":3,\"tool\":\"send\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 // 0|4|{\"outcome\":\"error\",\"reason\":\"ZeroDivisionError:",
                "while True: pass|5|{\"outcome\":\"budget\",\"reason\":",
                "x = [0] * 10 ** 12|5|{\"outcome\":\"budget\",\"reason\":"
            })
    void endsWithAStatusForEachOutcome(String text, int status, String record) throws IOException {
        Cli.Ran ran = plan("run", text, "--json", "--steps", "100000");
        assertThat(ran.status()).isEqualTo(status);
        assertThat(ran.out()).startsWith(record);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void saysWhereAPlanCannotBeRead() throws IOException {
        Cli.Ran ran = plan("run", "x = (1,\nimport os");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("telos: plan.py:").contains("line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|world.json",
                "{\"tools\": {\"t\": {\"params\": [], \"efect\": true}}}|efect",
                "{\"tools\": {\"t\": {\"params\": [], \"effect\": true, \"requires\": {\"y\": {}}}}}|y"
            })
    void refusesAFaultyWorld(String world, String named) throws IOException {
        Files.writeString(folder.resolve("world.json"), world);
        Cli.Ran ran = plan("run", "x = 1");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).startsWith("telos: ").contains(named).doesNotContain("Exception");
    }

    @Test
    void refusesFilesThatItCannotTake() throws IOException {
        assertThat(Cli.in(folder).run("plan", "run", "none.py", "--world", "world.json"))
                .satisfies(ran -> assertThat(ran.status()).isEqualTo(2))
                .satisfies(ran -> assertThat(ran.err()).contains("none.py"));
        assertThat(Cli.in(folder)
                        .run("plan", "run", "a\0b", "--world", "world.json")
                        .err())
                .startsWith("telos: not a file name:");
        assertThat(plan("run", "x = 1", "--steps", "0").status()).isEqualTo(2);
        Files.write(folder.resolve("world.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertThat(plan("run", "x = 1")).isEqualTo(new Cli.Ran(2, "", "telos: world.json is not UTF-8 text\n"));
    }
}
