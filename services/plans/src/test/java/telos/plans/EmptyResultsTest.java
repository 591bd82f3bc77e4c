package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** A secret list that is empty, and of which a world has no other sample, tells no more than one of numbers or of rows. */
class EmptyResultsTest {
    private static List<String> sent(String plan, String list) throws WorldException {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("l = read_list()\n" + plan + "send('end')\n");
        World world = WorldFile.parse("world", """
                {"tools": {
                  "read_list": {"params": [], "effect": false, "result": LIST,
                                "label": {"integrity": "trusted", "readers": ["alice"]}},
                  "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
                """.replace("LIST", list));
        Plans.run(parsed.plan(), world, new OnEffect((_, arguments) -> sent.add(arguments.toString())), Limits.USUAL);
        return sent;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i in l:\n    y = 10 // i\n",
                "for i in l:\n    y = 10 % (i + 1)\n",
                "y = [2 ** i for i in l]\n",
                "y = ['a' * i for i in l]\n",
                "for i in l:\n    y = {1: 2}[i]\n",
                "for i in l:\n    y = [1, 2][i]\n",
                "for i in l:\n    for j in range(i):\n        y = j\n",
                "y = 10 // (sum(l) + 1)\n",
                "y = round(sum(l) / max(1, len(l)), 2)\n",
                "y = [float(i) for i in l]\n",
                "try:\n    y = [10 // i for i in l]\nexcept ZeroDivisionError:\n    y = 1\n",
                "y = sum(i for i in l if i > 1)\n",
                "y = ['abc'[i:] for i in l]\n"
            })
    void thanOneOfNumbers(String plan) throws WorldException {
        assertThat(sent(plan, "[]")).isEqualTo(sent(plan, "[1, 2]")).isEqualTo(sent(plan, "[3]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i in l:\n    y = 10 // i['n']\n",
                "y = sorted(l, key=lambda i: i['n'])\n",
                "for i in l:\n    y = i['s'].split()[1]\n",
                "y = {i['s']: i['n'] for i in l}\n"
            })
    void thanOneOfRows(String plan) throws WorldException {
        assertThat(sent(plan, "[]")).isEqualTo(sent(plan, "[{\"n\": 2, \"s\": \"a b\"}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"for i in l:\n    a, b = i\n", "for i in l:\n    y = i[1]\n", "y = dict(l)\n"})
    void thanOneOfLists(String plan) throws WorldException {
        assertThat(sent(plan, "[]")).isEqualTo(sent(plan, "[[1, 2]]"));
    }
}
