package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Position;

/** Plans in worlds with a policy: runs obey it, tell nothing by it, and the walk foresees what it may say. */
class PolicyWorldTest {
    private static final String WORLD = """
            {"policy": "rules.policy", "tools": {
              "secret": {"params": [], "effect": false, "result": SECRET,
                         "label": {"integrity": "trusted", "readers": ["alice"]}},
              "page": {"params": [], "effect": false, "result": SECRET,
                       "label": {"integrity": "untrusted", "readers": ["*"]}},
              "send": {"params": ["x"], "effect": true, "result": null},
              "tell": {"params": ["to", "x"], "effect": true, "result": null},
              "give": {"params": ["to", "amount"], "effect": true, "result": null},
              "pay": {"params": ["to", "amount"], "effect": true, "result": null}}}
            """;
    private static final String POLICY = """
            permit send when x may be read by everyone
            permit tell when x may be read by whom to names and to is trusted
            permit give when to is trusted and amount <= 100 even if amount is untrusted
            permit pay when to is trusted and amount <= 100 even if amount is untrusted
            ask pay when amount > 100
            limit send to 3 calls per run
            limit pay to 150 of amount per run
            """;

    private record Ran(List<String> effects, Outcome outcome) {
        String ended() {
            return outcome instanceof Outcome.Denied(Position _, String tool, String why)
                    ? "denied " + tool + ": " + why
                    : outcome.toString();
        }
    }

    private static WorldFile world(int secret) {
        try {
            return WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret)), path -> {
                assertThat(path).isEqualTo("rules.policy");
                return POLICY.getBytes(StandardCharsets.UTF_8);
            });
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    private static Ran run(String plan, int secret) {
        List<String> effects = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan.replace("\\n", "\n"));
        Listener listener = new OnEffect((tool, arguments) -> effects.add(tool.name() + arguments));
        return new Ran(effects, Plans.run(parsed.plan(), world(secret), listener, Limits.USUAL));
    }

    private static Checked check(String plan) {
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan.replace("\\n", "\n"));
        return Plans.check(parsed.plan(), world(7), Limits.USUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send(1)\\nsend(2)\\nsend(3)",
                "for i in range(3):\\n    send(i)",
                "tell('alice', secret())",
                "tell('alice', secret())\\nsend(1)",
                "pay('bob', 100)\\npay('bob', 50)",
                "[send(i) for i in [1, 2]]",
                "if secret() > 3:\\n    tell('alice', 1)",
            })
    void whatACheckFindsCleanRuns(String plan) {
        assertThat(check(plan).findings()).isEmpty();
        for (int secret = 0; secret < 9; secret++) {
            assertThat(run(plan, secret).outcome()).isEqualTo(new Outcome.Ok());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '|',
            value = {
                "send(secret())#x may be read by everyone, and only alice may (from tool secret)",
                "if secret() > 3:\\n    send(1)#x may be read by everyone, and only alice may",
                "tell('bob', secret())#x may be read by whom to names, and only alice may",
                "tell(page(), 1)#to is trusted, and untrusted it is (from tool page)",
                "send(1)\\nsend(2)\\nsend(3)\\nsend(4)#limit of 3 calls per run",
                "for i in range(4):\\n    send(i)#limit of 3 calls per run",
                "i = 0\\nwhile i < page():\\n    i = i + 1\\n    send(i)#limit of 3 calls per run",
                "pay('bob', 90)\\npay('bob', 90)#limit of 150 of amount per run",
                "pay('bob', page() * 1000)#a person is asked when amount > 100",
                "pay('bob', -5)#limit of 150 of amount per run",
                "pay('bob', 'much')#limit of 150 of amount per run",
            })
    void whatIsDeniedWasForeseen(String plan, String why) {
        assertThat(check(plan).findings())
                .anySatisfy(each -> assertThat(each.why()).contains(why));
        assertThat(run(plan, 9).outcome()).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void aQuestionIsADenialWhereNobodyIsThere() {
        assertThat(run("pay('bob', 101)", 0).ended())
                .isEqualTo(
                        "denied pay: the policy asks a person, and nobody agreed: a person is asked when amount > 100");
    }

    @Test
    void anUntrustedAmountDoesNotDecideWhoElseIsPaid() {
        assertThat(run("give('bob', page())", 5).outcome()).isEqualTo(new Outcome.Ok());
        assertThat(run("if page() > 3:\\n    give('bob', 5)", 5).ended())
                .contains("to is trusted, and untrusted it is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pay('bob', secret())\\nsend(1)",
                "tell('alice', 1) if secret() > 3 else 0\\nsend(1)\\nsend(2)\\nsend(3)",
                "for i in range(secret()):\\n    tell('alice', i)\\nsend(1)",
                "if secret() > 3:\\n    pay('bob', 60)\\npay('bob', 100)\\nsend(1)",
                "tell(['alice', 'bob'][secret() % 2], 1)\\nsend(1)",
                "tell('alice', secret())\\npay('bob', secret())\\nsend(1)",
                "x = 60 if secret() > 3 else 50\\npay('bob', x)\\npay('bob', 100)\\nsend(1)",
            })
    void noOneLearnsASecretFromADecision(String plan) {
        List<String> first = seen(run(plan, 0));
        for (int secret = 1; secret < 9; secret++) {
            assertThat(seen(run(plan, secret))).isEqualTo(first);
        }
    }

    /** What everyone sees: only {@code send} tells everyone. */
    private static List<String> seen(Ran ran) {
        return ran.effects().stream().filter(each -> each.startsWith("send")).toList();
    }

    @Test
    void aFaultyPolicyIsAFaultyWorld() {
        assertThatThrownBy(() ->
                        WorldFile.parse("w", "{\"policy\": \"p\"}", path -> "permit".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining(
                        "w: policy: p: line 1, column 7: found the end of the text; expected the name of a tool");
        assertThatThrownBy(() -> WorldFile.parse("w", "{\"policy\": \"p\"}", path -> {
                    throw new IOException("no such file");
                }))
                .hasMessageContaining("cannot read p: no such file");
        assertThatThrownBy(() -> WorldFile.parse("w", "{\"policy\": \"telos:nothing\"}"))
                .hasMessageContaining("there is no policy 'telos:nothing'; there are telos:host");
    }

    @Test
    void aPolicyThatShipsIsNamedWithoutAFile() throws WorldException {
        assertThat(WorldFile.parse("w", "{\"policy\": \"telos:mcp-mail\"}").policy())
                .isPresent();
    }
}
