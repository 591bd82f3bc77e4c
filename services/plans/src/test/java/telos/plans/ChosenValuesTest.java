package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Position;

/** What a secret chose out of several values is known no better by what becomes of one of them. */
class ChosenValuesTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "read_list": {"params": [], "effect": false, "result": LIST,
                            "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static List<String> sent(String plan, String secret, String list) {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed =
                (Parsed.Accepted) PlanParser.parse("s = read_secret()\nl = read_list()\n" + plan + "send('end')\n");
        Listener listener = new Listener() {
            @Override
            public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
                sent.add(arguments.toString());
            }

            @Override
            public void denied(Position position, String tool, String reason) {}

            @Override
            public void printed(String text) {}
        };
        try {
            World world =
                    WorldFile.parse("world", WORLD.replace("SECRET", secret).replace("LIST", list));
            assertThat(Plans.run(parsed.plan(), world, listener, Limits.USUAL).toString())
                    .doesNotContain("had not foreseen");
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
        return sent;
    }

    private static void tellsNothing(String plan) {
        List<String> first = sent(plan, "0", "[]");
        assertThat(sent(plan, "1", "[1]")).isEqualTo(first);
        assertThat(sent(plan, "2", "[2, 1]")).isEqualTo(first);
    }

    @Test
    void aListMayHoldItselfOrANumber() {
        tellsNothing("""
                a = []
                a.append(a if s else 1)
                str(a)
                """);
    }

    @Test
    void aTupleMayHoldWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                y = [2]
                t = (x,) if s else (y,)
                x.append('a')
                try:
                    t < ([1, 2],)
                except TypeError:
                    pass
                """);
    }

    @Test
    void aListMayHoldWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                y = [2]
                z = [x if s else y]
                x.append('a')
                try:
                    z < [[1, 2]]
                except TypeError:
                    pass
                """);
    }

    @Test
    void aListMayHoldWhatHasChangedSinceOrNothing() {
        tellsNothing("""
                x = [1]
                z = [x if s else None, 1]
                x.append('a')
                try:
                    z < [[1, 2], 'a']
                except TypeError:
                    pass
                """);
    }

    @Test
    void aPairInAListMayHoldWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                z = [(x, 1) if s else (2, 2)]
                x.append('a')
                try:
                    z < [([1, 2], 1)]
                except TypeError:
                    pass
                """);
    }

    @Test
    void aViewMayShowWhatHasChangedSince() {
        tellsNothing("""
                x = {'k': 1}
                y = {'k': 2}
                v = x.values() if s else y.values()
                x['j'] = 'a'
                try:
                    sum(v)
                except TypeError:
                    pass
                """);
    }

    @Test
    void anIteratorMayBeOverWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                y = [2]
                g = iter(x if s else y)
                x.append('a')
                n = 0
                try:
                    for i in g:
                        n += i
                except TypeError:
                    pass
                """);
    }

    @Test
    void anIteratorOverIteratorsMayBeOverWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                g = zip(x, x) if s else zip([1], [2])
                x.append('a')
                try:
                    for a, b in g:
                        a + 1
                except TypeError:
                    pass
                """);
    }

    @Test
    void whichListWasChosenIsNotSeenOnTheList() {
        tellsNothing("""
                x = list(l)
                y = ['a']
                if s == 5:
                    y.append('b')
                z = [x, y][s % 2]
                try:
                    sum(x)
                except TypeError:
                    pass
                """);
    }

    @Test
    void whichIteratorWasChosenIsNotSeenOnTheIterator() {
        tellsNothing("""
                i = iter(l)
                j = iter(['a'] if s == 7 else ['b'])
                z = [i, j][s % 2]
                try:
                    sum(i)
                except TypeError:
                    pass
                """);
    }

    @Test
    void anIteratorMayBeInTheListThatItIsOver() {
        tellsNothing("""
                a = []
                i = iter(a)
                a.append(i)
                [a, s] == [1, 2]
                """);
    }

    @Test
    void aCopyIsOfWhicheverWasChosen() {
        tellsNothing("""
                x = [s]
                k = x if s else 'x'
                str(list(k))
                """);
    }

    @Test
    void aCopyOfWhatHoldsListsOrNumbersIsOfWhicheverWasChosen() {
        tellsNothing("""
                k = [[1], 2] if s else 'x'
                z = list(k)
                try:
                    z < [[1, 2]]
                    str(z)
                except TypeError:
                    pass
                """);
    }
}
