package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What was seen of objects at one decision in secret is looked at anew at the next where it has changed since. */
class RememberedLooksTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": 0,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "read_text": {"params": [], "effect": false, "result": "t",
                            "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    /** Whether the plan gets to say so to everybody, having asked for its secrets. */
    private static boolean tells(String plan) {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed =
                (Parsed.Accepted) PlanParser.parse("s = read_secret()\nt = read_text()\n" + plan + "send('end')\n");
        Listener listener = new OnEffect((_, arguments) -> sent.add(arguments.toString()));
        try {
            assertThat(Plans.run(parsed.plan(), WorldFile.parse("world", WORLD), listener, Limits.USUAL)
                            .toString())
                    .doesNotContain("had not foreseen");
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
        return !sent.isEmpty();
    }

    private static final String LOOK = """
            if s:
                for e in x:
                    y = e + 1
            """;

    @Test
    void aListIsLookedAtAnewOnceAnElementIsAnother() {
        String twice = "x = [1]\n" + LOOK + "x[0] = 2\n" + LOOK;

        assertThat(tells(twice)).isTrue();
        assertThat(tells(twice + "x[0] = 'a'\n" + LOOK)).isFalse();
    }

    @Test
    void aListIsLookedAtAnewOnceAListInItIsAnother() {
        String look = "if s:\n    for x in all:\n        for e in x:\n            y = e + 1\n";
        String plan = "z = [1]\nall = [z]\n" + look;

        assertThat(tells(plan + "z[0] = 2\n" + look)).isTrue();
        assertThat(tells(plan + "z[0] = 'a'\n" + look)).isFalse();
    }

    @Test
    void aDictionaryIsLookedAtAnewOnceAKeyIsGone() {
        String look = "if s:\n    y = d['k'] + 1\n";

        assertThat(tells("d = {'k': 1}\n" + look + "d['k'] = 3\n" + look)).isTrue();
        assertThat(tells("d = {'k': 1}\n" + look + "del d['k']\n" + look)).isFalse();
    }

    @Test
    void whatASecretChoseFromIsLookedAtAnewWhicheverChanges() {
        String chosen = "a = [1]\nb = [2]\nx = a if s else b\n" + LOOK;

        assertThat(tells(chosen + LOOK)).isTrue();
        assertThat(tells(chosen + "a[0] = 'a'\n" + LOOK)).isFalse();
        assertThat(tells(chosen + "b[0] = 'a'\n" + LOOK)).isFalse();
    }

    @Test
    void whatASecretChoseFromIsLookedAtAnewOnceMoreBelongsToIt() {
        String chosen = "a = [1]\nb = [2]\nx = a if s else b\n" + LOOK + "c = ['a']\n";

        assertThat(tells(chosen + "x = x if s else c\n" + LOOK)).isFalse();
    }

    @Test
    void labelsOfElementsAreLookedAtAnew() {
        String look = "if x[0]:\n    y = 1\nelse:\n    y = 1 // 0\n";

        assertThat(tells("x = [1]\n" + look + "x[0] = 2\n" + look)).isTrue();
        assertThat(tells("x = [1]\nif s:\n    y = x[0]\nx[0] = t\n" + look)).isFalse();
    }

    @Test
    void dictionariesWithTheSameKeysAreNotTakenForAlike() {
        String loop = "for row in rows:\n    if s:\n        y = row['a'] + 1\n";

        assertThat(tells("rows = [{'a': 1, 'b': 2}, {'a': 3, 'b': 4}]\n" + loop))
                .isTrue();
        assertThat(tells("rows = [{'a': 1, 'b': 2}, {'a': 'x', 'b': 4}]\n" + loop))
                .isFalse();
        assertThat(tells("rows = [{'a': 1, 'b': 2}, {'b': 4, 'a': 'x'}]\n" + loop))
                .isFalse();
    }

    @Test
    void whatAnOperationMayComeToIsToldAnewForOtherOperands() {
        String divide = "def f(d):\n    return 7 // d\ny = f(2)\nfor d in [1, 2, 4]:\n    y = s // d\n";

        assertThat(tells(divide)).isTrue();
        assertThat(tells(divide
                        + "for d in [1, s]:\n    try:\n        y = 5 // d\n    except ValueError:\n        pass\n"))
                .isFalse();
        assertThat(tells("for d in [2, s]:\n    y = s % d if d else 0\n")).isFalse();
    }

    @Test
    void whatMayFailEndsTheRunWhereNothingCatchesAndNotWhereItDoes() {
        assertThat(tells("def f():\n    return 7 // (s + 1)\nf()\n")).isFalse();
        assertThat(tells("try:\n    y = 7 // (s + 1)\nexcept ZeroDivisionError:\n    pass\n"))
                .isTrue();
    }
}
