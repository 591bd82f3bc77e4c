package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;

class PolicyCommandTest {
    private static final String POLICY = """
            permit send
              when body may be read by whom to names
                and to is trusted

            ask pay
              when amount > 100

            permit pay
              when amount <= 100

            test "tells nobody else"
              expect deny send with to = "bob", body = "x" (trusted, for "alice")
            """;
    private static final String WORLD = """
            {"policy": "p.policy", "tools": {
              "send": {"params": ["to", "body"], "effect": true, "result": null},
              "pay": {"params": ["amount"], "effect": true, "result": null}}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("p.policy"), POLICY);
        Files.writeString(folder.resolve("w.json"), WORLD);
    }

    private Cli.Ran run(String... arguments) {
        return Cli.in(folder).run(arguments);
    }

    private void policy(String text) throws IOException {
        Files.writeString(folder.resolve("p.policy"), text);
    }

    @Test
    void checkPassesWhatMayBeMeantAndNamesTheRestWithItsPlace() throws IOException, ProtocolException {
        assertThat(run("policy", "check", "p.policy", "--world", "w.json")).isEqualTo(new Cli.Ran(0, "", ""));
        policy("permit send, pai");
        Cli.Ran ran = run("policy", "check", "p.policy", "--world", "w.json");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.out())
                .contains("line 1, column 1: unknown-tool: there is no tool 'pai'; did you mean 'pay'?")
                .contains("'pay' has effects and no rule permits it");
        Json json = Json.parse(run("policy", "check", "p.policy", "--world", "w.json", "--json")
                .out());
        assertThat(json.at("remarks").items()).hasSize(2);
    }

    @Test
    void aPolicyThatCannotBeReadIsToldWithItsPlace() throws IOException {
        policy("permit send when body == 1");
        Cli.Ran ran = run("policy", "test", "p.policy");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("p.policy: line 1, column 23: values are compared with 'is'");
        assertThat(run("policy", "check", "p.policy").status()).isEqualTo(1);
        Cli.Ran plan = run("plan", "check", "p.policy", "--world", "w.json");
        assertThat(plan.status()).isEqualTo(2);
        assertThat(plan.err()).contains("w.json: policy: p.policy: line 1, column 23");
    }

    @Test
    void testTellsWhatFailed() throws IOException {
        assertThat(run("policy", "test", "p.policy").out()).isEqualTo("1 test, 0 failed\n");
        Files.writeString(folder.resolve("more.policy"), "test \"no\" expect permit pay with amount = 101");
        Cli.Ran ran = run("policy", "test", "p.policy", "more.policy");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.out())
                .contains("more.policy: line 1, column 11: no: expected permit, found ask")
                .contains("2 tests, 1 failed");
    }

    @Test
    void fmtChangesOnlyWhatIsNotInItsForm() throws IOException {
        assertThat(run("policy", "fmt", "p.policy", "--check")).isEqualTo(new Cli.Ran(0, "", ""));
        policy(POLICY.replace("\n    and", " and"));
        assertThat(run("policy", "fmt", "p.policy", "--check")).isEqualTo(new Cli.Ran(3, "p.policy\n", ""));
        assertThat(run("policy", "fmt", "p.policy").status()).isZero();
        assertThat(folder.resolve("p.policy")).hasContent(POLICY);
    }

    @Test
    void explainShowsAValueOnlyToWhoMayReadIt() {
        String[] call = {
            "policy",
            "explain",
            "p.policy",
            "--world",
            "w.json",
            "--tool",
            "send",
            "--args",
            "{\"to\": \"bob\", \"body\": \"the key is 4711\"}",
            "--labels",
            "{\"body\": {\"integrity\": \"trusted\", \"readers\": [\"alice\"]}}"
        };
        Cli.Ran ran = run(call);
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.out())
                .contains("send: deny")
                .contains("body may be read by whom to names, and only alice may")
                .doesNotContain("4711");
        String[] asAlice = java.util.Arrays.copyOf(call, call.length + 2);
        asAlice[call.length] = "--reader";
        asAlice[call.length + 1] = "alice";
        assertThat(run(asAlice).out()).contains("4711");
    }

    @Test
    void explainDoesNotTellAnOutcomeThatASecretDecides() throws ProtocolException {
        for (int amount : new int[] {50, 500}) {
            Cli.Ran ran = run(
                    "policy",
                    "explain",
                    "p.policy",
                    "--tool",
                    "pay",
                    "--args",
                    "{\"amount\": " + amount + "}",
                    "--labels",
                    "{\"amount\": {\"integrity\": \"user\", \"readers\": [\"alice\"]}}",
                    "--json");
            assertThat(ran.status()).isEqualTo(3);
            assertThat(Json.parse(ran.out()).at("outcome").present()).isFalse();
            assertThat(ran.out()).contains("\"depends_on\":[\"amount\"]").doesNotContain("50");
        }
        assertThat(run("policy", "explain", "p.policy", "--tool", "pay", "--args", "{\"amount\": 50}")
                        .status())
                .isZero();
    }

    @Test
    void whatIsFaultyInACommandIsStatusTwo() {
        assertThat(run("policy").status()).isEqualTo(2);
        assertThat(run("policy", "check", "p.policy").status()).isEqualTo(2);
        assertThat(run("policy", "explain", "p.policy", "--tool", "pay", "--args", "[1]")
                        .status())
                .isEqualTo(2);
        assertThat(run("policy", "test", "telos:none").err()).contains("there are telos:host");
        assertThat(run("policy", "test", "telos:mcp-mail").status()).isZero();
    }

    @Test
    void aPlanObeysThePolicyBesideItsWorld() throws IOException {
        Files.writeString(folder.resolve("p.py"), "pay(100)\npay(101)\n");
        Cli.Ran ran = run("plan", "run", "p.py", "--world", "w.json", "--json");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.out())
                .contains("{\"effect\":\"pay\",\"args\":{\"amount\":100}}")
                .contains("the policy asks a person, and nobody agreed");
        assertThat(run("plan", "check", "p.py", "--world", "w.json").status()).isEqualTo(3);
    }
}
