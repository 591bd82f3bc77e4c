package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Position;

/** Plans that would take for ever, or all memory, end soon and say why. */
class BoundsOfRunsTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "tell": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["alice"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static final Limits SMALL = new Limits(1_000_000, 64L << 20, 100, Duration.ofSeconds(20));

    private final List<String> sent = new ArrayList<>();

    private final Listener listener = new OnEffect((tool, _) -> sent.add(tool.name()));

    private static World world(int secret) throws WorldException {
        return WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret)));
    }

    private static Plan plan(String source) {
        return ((Parsed.Accepted) PlanParser.parse(source)).plan();
    }

    private Outcome run(String source, int secret, Limits limits) throws WorldException {
        return Plans.run(plan(source), world(secret), listener, limits);
    }

    private static String loops() {
        StringBuilder plan = new StringBuilder("n = 0\n");
        for (int depth = 0; depth < 5; depth++) {
            plan.append("    ".repeat(depth)).append("while True:\n");
        }
        return plan.append("    ".repeat(5)).append("n += read_secret()\n").toString();
    }

    private static String calls() {
        StringBuilder plan = new StringBuilder("def f0():\n    return read_secret()\n");
        for (int depth = 1; depth < 30; depth++) {
            plan.append("def f%d():\n    return f%d() + f%d()\n".formatted(depth, depth - 1, depth - 1));
        }
        return plan.append("x = f29()\n").toString();
    }

    private static String cleanups() {
        StringBuilder plan = new StringBuilder();
        for (int depth = 0; depth < 24; depth++) {
            String indent = "    ".repeat(depth);
            plan.append(indent).append("try:\n").append(indent).append("    tell(1 // read_secret())\n");
            plan.append(indent).append("finally:\n");
        }
        return plan.append("    ".repeat(24)).append("tell(read_secret())\n").toString();
    }

    @Test
    void plansOfTooManyWaysAreNotChecked() throws WorldException {
        for (String source : List.of(loops(), calls(), cleanups())) {
            Checked checked = Plans.check(plan(source), world(1), SMALL);
            assertThat(checked.findings())
                    .singleElement()
                    .satisfies(each -> assertThat(each.why()).contains("too many ways"));
        }
    }

    @Test
    void regionsOfTooManyWaysEndTheRun() throws WorldException {
        for (String source : List.of(loops(), calls(), cleanups())) {
            String inside = "if read_secret():\n    " + source.strip().replace("\n", "\n    ") + "\n";
            assertThat(run(inside, 0, SMALL))
                    .isInstanceOfSatisfying(
                            Outcome.Spent.class,
                            spent -> assertThat(spent.message()).contains("too many ways"));
        }
    }

    @Test
    @Timeout(30)
    void aPowerOfLargeNumbersEndsTheRunBeforeItIsComputed() throws WorldException {
        assertThat(run("x = pow(7, 10 ** 12000, 10 ** 12000 + 1)\n", 0, Limits.USUAL))
                .isInstanceOf(Outcome.Spent.class);
    }

    @Test
    void whoeverWaitsForARunMayBeInterrupted() throws Exception {
        Thread thread = new Thread(() -> {
            try {
                run("while True:\n    pass\n", 0, new Limits(Long.MAX_VALUE / 4, 1L << 40, 100, Duration.ofHours(1)));
            } catch (WorldException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"print(t)", "send(t)", "tell([t])"})
    void whatIsSharedIsBoundedWhereItLeavesThePlan(String use) throws WorldException {
        String tower = "t = (1,)\nfor i in range(60):\n    t = (t, t)\n" + use + "\n";
        assertThat(run(tower, 0, SMALL)).isInstanceOf(Outcome.Spent.class);
    }

    @Test
    void whatIsSharedAndSecretIsCutWhereItLeavesThePlan() throws WorldException {
        String tower = "t = (read_secret(),)\nfor i in range(60):\n    t = (t, t)\ntell(t)\nprint(t)\n";
        assertThat(run(tower, 0, SMALL)).isEqualTo(new Outcome.Ok());
        assertThat(sent).containsExactly("tell");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try:\n    print(10 ** 5000)\nexcept ValueError:\n    send(1)",
                "xs = []\nfor i in range(400):\n    xs = [xs]\ntry:\n    print(xs)\nexcept RecursionError:\n    send(1)",
                "tell({10 ** 5000: 1})\nsend(1)",
                "class Color(Enum):\n    RED = 1\ntry:\n    Color(10 ** 5000)\nexcept ValueError:\n    send(1)",
            })
    void whatCannotBeWrittenIsAnErrorOfThePlan(String source) throws WorldException {
        assertThat(run(source, 0, SMALL)).isEqualTo(new Outcome.Ok());
        assertThat(sent).contains("send");
    }

    @Test
    void functionsThatReachOneAnotherAreLookedAtOnce() throws WorldException {
        String plan = """
                def make():
                    c = []
                    def add(v):
                        c.append(v)
                    def size():
                        return len(c)
                    return add, size
                p, q, r, t = make(), make(), make(), make()
                if read_secret():
                    p[0](1)
                tell(p[1]())
                send(1)
                """;
        assertThat(run(plan, 1, SMALL)).isEqualTo(new Outcome.Ok());
    }

    @Test
    void aSecretMayNotSayHowDeepCallsGo() throws WorldException {
        StringBuilder plan = new StringBuilder("def f0():\n    return 1\n");
        for (int depth = 1; depth <= 101; depth++) {
            plan.append("def f%d():\n    return f%d()\n".formatted(depth, depth - 1));
        }
        plan.append("if read_secret():\n    f101()\nsend(1)\n");
        assertThat(run(plan.toString(), 0, SMALL)).isInstanceOf(Outcome.Denied.class);
        assertThat(run(plan.toString(), 1, SMALL)).isInstanceOf(Outcome.Spent.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void findingsTellWhereTheLabelCameFrom() throws WorldException {
        Checked checked = Plans.check(plan("s = read_secret()\nx = 1\nsend(s)\n"), world(0), SMALL);
        assertThat(checked.findings())
                .singleElement()
                .satisfies(each -> assertThat(each.chain())
                        .containsExactly(
                                new Finding.Link(new Position(3, 1), "calls send"),
                                new Finding.Link(new Position(1, 1), "reads read_secret")));
    }

    @Test
    void limitsHoldForEachStepsCount() throws WorldException {
        assertThat(run("x = 'a' * 10 ** 12\n", 0, Limits.USUAL.with(OptionalLong.empty(), OptionalLong.of(1 << 20))))
                .isInstanceOf(Outcome.Spent.class);
    }

    @ParameterizedTest
    @Timeout(120)
    @ValueSource(strings = {"sum(range(10 ** 12))", "dict([range(10 ** 12)])", "max(range(10 ** 12))"})
    void anOperationThatWouldTakeForEverEndsByItsStepsAndNotByTheClock(String operation) throws WorldException {
        Limits untimed = new Limits(1_000_000, 64L << 20, 100, Duration.ofDays(1));
        assertThat(run("x = " + operation + "\n", 0, untimed)).isInstanceOf(Outcome.Spent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "filter"})
    void aListMayHoldAnIteratorThatCallsAMethodOfIt(String adapter) throws WorldException {
        String plan =
                "l = [1]\nl.append(%s(l.append, [2]))\nif read_secret() > 1:\n    x = len(l)\n".formatted(adapter);
        assertThat(run(plan, 5, Limits.USUAL)).isEqualTo(new Outcome.Ok());
    }

    @Test
    void howMuchIsKeptForWhatComesInTellsNothingOfIt() throws WorldException {
        Plan plan = plan("for i in range(200):\n    read_secret()\nsend(1)\n");
        for (String secret : List.of("[]", "[1]", "[1, 2]", "[[1]]")) {
            sent.clear();
            World world = WorldFile.parse("world", WORLD.replace("SECRET", secret));
            Plans.run(plan, world, listener, Limits.USUAL);
            assertThat(sent).as(secret).isEmpty();
        }
    }
}
