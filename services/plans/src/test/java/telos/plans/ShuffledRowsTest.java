package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** Rows that a secret has put in order are told from one another by nothing that becomes of them later. */
class ShuffledRowsTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static final String ROWS = """
            s = read_secret()
            rows = [{'k': s, 't': [1]}, {'k': 1, 't': ['x'], 'u': 5}, {'k': 2, 't': []}, {'k': 3, 't': 'abc'}]
            """;

    private static final List<String> SORTS = List.of(
            "x = sorted(rows, key=lambda r: r['k'])",
            "x = sorted(rows, key=lambda r: (-r['k'], 1), reverse=True)",
            "x = rows\nx.sort(key=lambda r: r['k'])");

    private static final List<String> CHANGES = List.of(
            "pass",
            "x.pop()",
            "x.pop(0)",
            "del x[0]",
            "del x[1:]",
            "x[0] = {'t': None}",
            "x[-1] = 7",
            "x[:1] = []",
            "x[1:2] = [{'t': 2}]",
            "x.clear()",
            "x.insert(0, {'t': 3})",
            "x.append({'t': 3, 'u': 'v'})",
            "x += [{'t': 7}]",
            "x *= 2",
            "x.reverse()\nx.pop()",
            "x.append({'t': 3})\nx.pop(0)\nx.append({'t': 4})",
            "x.sort(key=lambda r: len(str(r)))",
            "y = x.pop()\ny['t'] = None",
            "y = x.pop()\nif y['t'] == []:\n    y['t'] = 4",
            "x[0]['t'] = None",
            "x[0]['v'] = 5",
            "for r in x:\n    r['t'] = 5\n    break",
            "rows.pop()",
            "rows[0]['t'] = None",
            "rows[1].clear()",
            "rows[2]['t'].append('z')",
            "x = x[:1]",
            "x = x[1:]\nrows[0]['t'] = None",
            "x = list(x)\nx.pop()",
            "x = x + x\nx.pop()",
            "a, *x = x\na['u'] = 'w'",
            "x = tuple(x)",
            "x = [r for r in x if 'u' in r]",
            "x = list(reversed(x))\nx.pop()");

    private static final List<String> LOOKS = List.of(
            "x[0]['t'] + 1",
            "x[-1]['t'][0] + 1",
            "x[0]['u'] + 1",
            "x[1]['k'] + 1",
            "str(x)",
            "rows[0]['t'] + [1]",
            "rows[1]['u'] + 1",
            "[r['t'] + [] for r in x]",
            "sorted(x, key=lambda r: str(r['t']))[0]['u']",
            "max(x, key=lambda r: r['t'])",
            "x == rows",
            "x[0]['t'].append(1)",
            "len(rows[2]['t']) // len(rows[0]['t'])");

    private int told;

    private List<String> sent(String plan, String secret) throws WorldException {
        List<String> sent = new ArrayList<>();
        Parsed parsed = PlanParser.parse(plan);
        assertThat(parsed).as(plan).isInstanceOf(Parsed.Accepted.class);
        Listener listener = new OnEffect((_, arguments) -> sent.add(arguments.toString()));
        World world = WorldFile.parse("world", WORLD.replace("SECRET", secret));
        Outcome outcome = Plans.run(((Parsed.Accepted) parsed).plan(), world, listener, Limits.USUAL);
        assertThat(outcome.toString()).as(plan).doesNotContain("had not foreseen");
        return sent;
    }

    @Test
    void whateverBecomesOfThemTellsNothingOfTheirOrder() throws WorldException {
        int plans = 0;
        for (String sort : SORTS) {
            for (String change : CHANGES) {
                for (String look : LOOKS) {
                    String plan = ROWS + sort + "\nsend('sorted')\n" + change + "\nsend(len(x))\ntry:\n    " + look
                            + "\nexcept Exception:\n    pass\nsend(rows[3]['t'])\nsend(len(rows))\n" + look
                            + "\nsend('end')\n";
                    List<String> first = sent(plan, "0");
                    assertThat(sent(plan, "9")).as(plan).isEqualTo(first);
                    assertThat(sent(plan, "2")).as(plan).isEqualTo(first);
                    plans++;
                    told += first.size() > 1 ? 1 : 0;
                }
            }
        }
        assertThat(told)
                .as("plans that tell something after the sorting, of " + plans)
                .isGreaterThan(plans / 3);
    }
}
