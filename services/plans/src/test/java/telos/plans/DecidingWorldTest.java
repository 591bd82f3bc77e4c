package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Tally;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Position;

/** Plans in a world that decides about calls itself, as the daemon does. */
class DecidingWorldTest {
    private static final String WORLD = """
            {"policy": "rules.policy", "tools": {
              "secret": {"params": [], "effect": false, "result": SECRET,
                         "label": {"integrity": "trusted", "readers": ["alice"]}},
              "page": {"params": [], "effect": false, "result": "p",
                       "label": {"integrity": "untrusted", "readers": ["*"]}},
              "look": {"params": ["x"], "effect": false, "result": 1, "label": {"integrity": "user", "readers": ["*"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "label": {"integrity": "user", "readers": ["*"]}}}}
            """;
    private static final String POLICY = """
            permit secret, page
            permit look, send when everything may be read by everyone
            limit send to 2 calls per run
            """;

    /** Judges by the policy with what it is given, and does what is permitted. */
    private static final class Deciding extends Overlay {
        private final Policy policy;
        private final Tally tally;
        private final List<Invocation> judged = new ArrayList<>();
        private final List<String> done = new ArrayList<>();

        Deciding(World below) {
            super(below);
            policy = below.policy().orElseThrow();
            tally = policy.tally();
        }

        @Override
        public boolean decides(Tool tool) {
            return tools().containsKey(tool.name());
        }

        @Override
        public Result call(Invocation call) {
            judged.add(call);
            SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
            call.arguments()
                    .forEach((name, value) ->
                            given.put(name, new KnownCall.Argument(PolicyGate.term(value), call.label(name))));
            KnownCall known = new KnownCall(call.tool().name(), call.context(), given);
            Decision decision = policy.decide(known, tally);
            if (decision instanceof Decision.Deny deny) {
                return new Result.Denied("by the world: " + deny.reason());
            }
            policy.count(known, tally, decision.label());
            done.add(call.tool().name() + call.arguments());
            return super.call(call);
        }
    }

    private static Deciding world(int secret) {
        try {
            return new Deciding(WorldFile.parse(
                    "world",
                    WORLD.replace("SECRET", Integer.toString(secret)),
                    _ -> POLICY.getBytes(StandardCharsets.UTF_8)));
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    private static Outcome run(String plan, World world) {
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan.replace("\\n", "\n"));
        return Plans.run(parsed.plan(), world, new OnEffect((_, _) -> {}), Limits.USUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try:\\n    look(secret())\\nexcept Exception:\\n    pass\\nsend(1)",
                "try:\\n    look(secret())\\nexcept:\\n    pass\\nsend(1)",
                "try:\\n    look(secret())\\nfinally:\\n    send(1)",
                "for x in [1]:\\n    try:\\n        look([{'k': secret()}])\\n    except Exception:\\n        continue\\nsend(1)",
            })
    void whatTheWorldDeniesEndsThePlanAndCannotBeCaught(String plan) {
        Deciding world = world(7);
        assertThat(run(plan, world)).isInstanceOfSatisfying(Outcome.Denied.class, denied -> {
            assertThat(denied.tool()).isEqualTo("look");
            assertThat(denied.reason()).startsWith("by the world: ");
        });
        assertThat(world.done).containsExactly("secret{}");
    }

    @Test
    void aWorldThatDeniesWhatItDoesNotDecideIsFaulty() {
        World faulty = new Overlay(world(7)) {
            @Override
            public boolean decides(Tool tool) {
                return false;
            }

            @Override
            public Result call(Invocation call) {
                return new Result.Denied("as it likes");
            }
        };
        assertThatThrownBy(() -> run("try:\\n    look(1)\\nexcept:\\n    pass", faulty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a world denies look");
    }

    @Test
    void isToldTheLabelOfEveryArgumentAndOfWhatDecided() {
        Deciding world = world(7);
        run("x = [1, [page()]]\nif page() == 'p':\n    look(x)\n", world);
        Invocation last = world.judged.getLast();
        assertThat(last.label("x").toString()).isEqualTo("untrusted, for everyone");
        assertThat(last.label("x").sources().toString()).isEqualTo("tool page");
        assertThat(last.context().toString()).isEqualTo("untrusted, for everyone");
        assertThat(last.label("nothing of that name")).isEqualTo(Label.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if secret() > 3:\\n    look(1)\\nsend(1)",
                "if secret() > 3:\\n    look(secret())\\nsend(1)",
                "for i in range(secret()):\\n    send(i)",
                "x = 0\\nif secret() > 3:\\n    x = 1\\nsend(x)",
                "def f(n):\\n    look(n)\\nif secret() > 3:\\n    f(1)\\nsend(1)",
            })
    void noDenialOfTheWorldTellsASecret(String plan) {
        List<List<String>> seen = new ArrayList<>();
        for (int secret : new int[] {1, 7}) {
            Deciding world = world(secret);
            assertThat(run(plan, world)).isInstanceOf(Outcome.Denied.class);
            seen.add(world.done.stream()
                    .filter(each -> !each.startsWith("secret"))
                    .toList());
        }
        assertThat(seen.getFirst()).isEqualTo(seen.getLast()).isEmpty();
    }

    @Test
    void aCheckForeseesWhatTheWorldMayDeny() {
        Parsed.Accepted leaking = (Parsed.Accepted) PlanParser.parse("look(secret())\n");
        Parsed.Accepted often = (Parsed.Accepted) PlanParser.parse("send(1)\nsend(2)\nsend(3)\n");
        Parsed.Accepted clean = (Parsed.Accepted) PlanParser.parse("x = secret()\nsend(1)\nsend(2)\n");
        assertThat(Plans.check(leaking.plan(), world(7), Limits.USUAL).findings())
                .hasSize(1);
        assertThat(Plans.check(often.plan(), world(7), Limits.USUAL).findings()).hasSize(1);
        assertThat(Plans.check(clean.plan(), world(7), Limits.USUAL).findings()).isEmpty();
        assertThat(run("x = secret()\nsend(1)\nsend(2)\n", world(7))).isEqualTo(new Outcome.Ok());
    }

    @Test
    void limitsAreCountedByTheWorldToo() {
        assertThat(run("for i in range(3):\n    send(i)\n", world(7)))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.reason()).contains("limit of 2 calls"));
    }

    @Test
    void aWorldThatIsGoneEndsThePlanAndCannotBeCaught() {
        World gone = new Overlay(world(7)) {
            @Override
            public Result call(Invocation call) {
                return new Result.Lost("the daemon is gone");
            }
        };
        assertThat(run("try:\n    send(1)\nexcept Exception:\n    pass\n", gone))
                .isEqualTo(new Outcome.Lost(new Position(2, 5), "the daemon is gone"));
    }
}
