package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** The programs that the published interpreter of CaMeL lets leak, and harmless ones that look alike. */
class PublishedLeaksTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}},
              "tell": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["alice"]}}}}}
            """;

    /** A secret that a small run cannot count to. */
    private static final int FAR = 1_000_000;

    private static final Limits SMALL = Limits.USUAL.with(OptionalLong.of(100_000), OptionalLong.empty());

    /** What everybody sees of a run, and how it ended for the plan's owner. */
    private record Seen(List<String> sent, Outcome outcome) {}

    private static Seen run(String plan, int secret) {
        try {
            World world = WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret)));
            List<String> sent = new ArrayList<>();
            Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan.replace("\\n", "\n"));
            Outcome outcome = Plans.run(parsed.plan(), world, sending(sent), Limits.USUAL);
            return new Seen(sent, outcome);
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    private static Listener sending(List<String> sent) {
        return new OnEffect((tool, arguments) -> {
            if (tool.name().equals("send")) {
                sent.add(arguments.toString());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 0\\nif s == 1:\\n    x = 1\\nsend(x)",
                "x = 1\\ny = True\\nif s == 1:\\n    y = False\\nz = True\\nif y:\\n    z = False\\nsend(z)",
                "d = {'a': 0}\\nif s == 1:\\n    d['a'] = 1\\nsend(d['a'])",
                "send([i for i in [0, 1] if i == s])",
                "y = 9\\n[y := i for i in [0, 1] if i == s]\\nsend(y)",
                "send(len([i for i in range(s)]))",
                "for i in range(s):\\n    send(1)",
                "x = [5][s]\\nsend(1)",
                "send(abs(s))",
                "send(list(range(s)))",
                "send([s])",
                "if s:\\n    send(1)\\nelse:\\n    send(2)",
                "send(str(s))",
                "send(f'{s}')",
                "def f(v):\\n    if v:\\n        return 1\\n    return 0\\nsend(f(s))",
                "for i in range(3):\\n    if i == s:\\n        break\\nsend(i)",
                "for i in range(3):\\n    if i == s:\\n        continue\\n    n = i\\nsend(n)",
                "try:\\n    x = 1 // s\\n    n = 1\\nexcept ZeroDivisionError:\\n    n = 2\\nsend(n)",
                "xs = [1]\\nys = [2]\\n(xs if s else ys).append(3)\\nsend(len(xs))",
                "xs = [1]\\nys = xs\\nif s:\\n    ys.append(2)\\nsend(len(xs))",
                "i = 0\\nwhile i < s:\\n    i += 1\\nsend('done')",
                "x = 'a' * (s * 10 ** 12)\\nsend('done')",
                "assert s == 0\\nsend(1)",
                "if s:\\n    send(1)\\nsend(2)",
                "if s:\\n    x = 1\\ntry:\\n    x\\n    send('bound')\\nexcept NameError:\\n    send('unbound')",
                "n = 0\\nx = s or (n := 5)\\nsend(n)",
                "n = 0\\nx = 1 < s < (n := 5)\\nsend(n)",
                "n = (1 if s else 2)\\nsend(n)",
                "send(next((i for i in [0, 1] if i == s), 7))",
                "send(any(i == s for i in [1, 2]))",
                "d = {}\\nd[s] = 1\\nsend(len(d) + (1 if 1 in d else 0))",
                "xs = [3, 4]\\nxs[s] = 9\\nsend(xs[0])",
                "f = (lambda: 1) if s else (lambda: 2)\\nsend(f())",
                "it = iter([1, 2, 3])\\nif s:\\n    next(it)\\nsend(next(it))",
            })
    void stopsWhatWouldTellTheSecret(String plan) {
        String whole = "s = read_secret()\n" + plan;
        List<String> first = run(whole, 0).sent();
        assertThat(run(whole, 1).sent()).isEqualTo(first);
        assertThat(run(whole, 2).sent()).isEqualTo(first);
        // It is stopped by a denial in some world, and without labels it would have told; a loop alone tells only by
        // being long.
        assertThat(List.of(run(whole, 0), run(whole, 1), run(whole, 2)))
                .anyMatch(each -> each.outcome() instanceof Outcome.Denied);
        List<List<String>> told =
                List.of(unlabelled(whole, 0), unlabelled(whole, 1), unlabelled(whole, 2), unlabelled(whole, FAR));
        assertThat(told).anyMatch(each -> !each.equals(told.getFirst()));
    }

    private static List<String> unlabelled(String plan, int secret) {
        try {
            World world = WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret)));
            List<String> sent = new ArrayList<>();
            Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan.replace("\\n", "\n"));
            Laboratory.unlabelled(parsed.plan(), world, sending(sent), SMALL);
            return sent;
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '|',
            value = {
                "x = 0\\nif s == 1:\\n    y = 1\\nsend(x) # 1",
                "d = {'a': 0}\\ne = {'a': 0}\\nif s == 1:\\n    d['a'] = 1\\nsend(e['a']) # 1",
                "n = [i for i in [0, 1] if i == s]\\nsend(1) # 1",
                "x = abs(s) + 1\\ntell(x)\\nsend('done') # 1",
                "for i in range(3):\\n    if i == s:\\n        break\\nsend('after') # 1",
                "def f(v):\\n    if v:\\n        return 1\\n    return 0\\ntell(f(s))\\nsend('after') # 1",
                "try:\\n    x = 1 // s\\nexcept ZeroDivisionError:\\n    x = 0\\ntell(x)\\nsend('after') # 1",
                "total = 0\\nfor i in range(5):\\n    total += s * i\\ntell(total)\\nsend('after') # 1",
                "xs = [s, s]\\nsend(len(xs)) # 1",
                "t = f'{s}!'\\ntell(t.upper())\\nsend('after') # 1",
            })
    void allowsWhatTellsNothing(String plan, int effects) {
        String whole = "s = read_secret()\n" + plan.strip();
        for (int secret = 0; secret < 3; secret++) {
            Seen seen = run(whole, secret);
            assertThat(seen.outcome()).isEqualTo(new Outcome.Ok());
            assertThat(seen.sent()).hasSize(effects);
        }
    }
}
