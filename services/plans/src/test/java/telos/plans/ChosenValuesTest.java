package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What a secret chose out of several values is known no better by what becomes of one of them. */
class ChosenValuesTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "rows": {"params": ["k"], "effect": false,
                       "results": [{"args": {"k": 0}, "result": LIST}, {"args": {"k": 9}, "result": [[5]]}],
                       "label": {"integrity": "trusted", "readers": ["alice"]}},
              "read_list": {"params": [], "effect": false, "result": LIST,
                            "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static final String ROWS = "rows(0)";

    static List<String> sent(String plan, String secret, String list) {
        return sent("l = read_list()\n" + plan, secret, list, "0");
    }

    private static List<String> sent(String plan, String secret, String list, String rows) {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed =
                (Parsed.Accepted) PlanParser.parse("s = read_secret()\nr = " + rows + "\n" + plan + "send('end')\n");
        Listener listener = new OnEffect((_, arguments) -> sent.add(arguments.toString()));
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
        assertThat(sent(plan, "1", "[1]")).as(plan).isEqualTo(first);
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
    void aCopyOfAListOrATupleIsKnownAsWell() {
        tellsNothing("""
                k = [3] if s else ('x', 1)
                h = list(k)
                try:
                    h < [(1, 1)]
                except TypeError:
                    pass
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

    @Test
    void aListMayHoldInOneWorldWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                z = []
                if s:
                    z.append(x)
                x.append('a')
                try:
                    z < [[1, 2]]
                except TypeError:
                    pass
                """);
    }

    @Test
    void aListMayHoldInOneWorldWhatHasChangedThere() {
        tellsNothing("""
                x = [1]
                z = []
                if s:
                    z.append(x)
                    x.append('a')
                try:
                    z < [[1, 2]]
                except TypeError:
                    pass
                """);
    }

    @Test
    void aCopyMayHoldInOneWorldWhatHasChangedSince() {
        for (String copy : List.of("list(z)", "z + z", "z[:]", "[v for v in z]", "[*z]", "sorted(z)", "z.copy()")) {
            tellsNothing("""
                    x = [1]
                    z = []
                    if s:
                        z.append(x)
                    y = COPY
                    x.append('a')
                    try:
                        y < [[1, 2]]
                    except TypeError:
                        pass
                    """.replace("COPY", copy));
        }
    }

    @Test
    void aDictionaryMayHoldInOneWorldWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                d = {}
                if s:
                    d['k'] = x
                x.append('a')
                try:
                    list(d.values()) < [[1, 2]]
                except TypeError:
                    pass
                """);
    }

    @Test
    void aListMayStillHoldWhatHasChangedSince() {
        for (String change :
                List.of("z.pop(s % 2)", "del z[s % 2]", "z[s % 2] = [3]", "z.sort(key=lambda v: s * v[0])")) {
            tellsNothing("""
                    x = [1]
                    z = [x, [1]]
                    CHANGE
                    x.append('a')
                    try:
                        z < [[1, 2]]
                    except TypeError:
                        pass
                    """.replace("CHANGE", change));
        }
    }

    @Test
    void aListThatASecretFilledMayHoldWhatHasChangedSince() {
        tellsNothing("""
                x = [1]
                z = [x for i in l]
                x.append('a')
                try:
                    z < [[1, 2]]
                except TypeError:
                    pass
                """);
    }

    @Test
    void whatIsInAResultOfSecretSizeMayChangeThere() {
        String plan = """
                for each in r:
                    each.append('a')
                try:
                    r < [[1, 2]]
                except TypeError:
                    pass
                """;
        assertThat(sent(plan, "0", "[[1]]", ROWS)).isEqualTo(sent(plan, "0", "[]", ROWS));
    }

    @Test
    void whatIsInAListThatASecretFilledMayChangeThere() {
        tellsNothing("""
                z = [[v] for v in l]
                for each in z:
                    each.append('a')
                try:
                    z < [[1, 2], [2, 2]]
                except TypeError:
                    pass
                """);
    }

    @Test
    void whatAPlanCannotChangeIsKnownInWhateverHoldsIt() {
        String plan = """
                z = []
                if s:
                    z.append({'n': 1})
                n = 0
                for each in z:
                    n += each['n']
                """;
        assertThat(sent(plan, "0", "[]")).hasSize(1);
        assertThat(sent(plan, "1", "[]")).hasSize(1);
    }

    @Test
    void keysMayBeOfKindsThatASecretChose() {
        tellsNothing("h = [1 if s else 'a', 2]\nsorted([0, 1], key=lambda i: h[i])\n");
        tellsNothing("h = [1 if s else 'a', 2]\nmax([0, 1], key=lambda i: h[i])\n");
        tellsNothing("h = [1 if s else 'a', 2]\n[0, 1].sort(key=lambda i: h[i])\n");
        tellsNothing(
                "h = [1 if s else 'a', 2]\ntry:\n    min(0, 1, key=lambda i: h[i])\nexcept TypeError:\n    pass\n");
    }

    @Test
    void aKeyMayFailForASecret() {
        tellsNothing("sorted([0, 1], key=lambda i: l[i])\n");
        tellsNothing("try:\n    sorted([0, 1], key=lambda i: l[i])\n    send(1)\nexcept IndexError:\n    pass\n");
        tellsNothing("max([0, 1], key=lambda i: 1 // s)\n");
        tellsNothing("[0, 1].sort(key=lambda i: 1 // s)\n");
    }

    @Test
    void aKeyThatReadsASecretDecidesWhatStandsWhere() {
        tellsNothing("x = sorted([0, 1], key=lambda i: s * -i)\nif s != 7:\n    pass\n");
        tellsNothing(
                "x = [1]\ny = [2]\nk = sorted([x, y], key=lambda v: s * v[0] % 2)\nk[0].append('a')\ntry:\n    x[1]\nexcept IndexError:\n    pass\n");
        tellsNothing(
                "x = [1]\ny = [2]\nk = max([x, y], key=lambda v: s * v[0] % 2)\nk.append('a')\ntry:\n    x[1]\nexcept IndexError:\n    pass\n");
        tellsNothing(
                "x = [1]\ny = [2]\nk = [x, y]\nk.sort(key=lambda v: s * v[0] % 2)\nk[0].append('a')\ntry:\n    x[1]\nexcept IndexError:\n    pass\n");
        tellsNothing(
                "x = [1]\ny = ['b']\nk = [x, y]\nk.sort(key=lambda v: s * len(str(v)) % 2)\nz = x\ny.append(2)\ntry:\n    k[0][0] + 1\nexcept TypeError:\n    pass\n");
        tellsNothing("x = sorted([1, 'a'], key=lambda v: s * len(str(v)) if v == 1 else 1)\nx[0] + 1\n");
    }

    @Test
    void whatIsWrittenIntoWhatASecretSortedIsWrittenIntoAnyOfIt() {
        String pair = "x = [1]\ny = [2]\nk = [x, y]\n";
        tellsNothing(pair + "k = sorted(k, key=lambda v: s * v[0] % 2)\nk[0].append(3)\nsend(len(x))\n");
        tellsNothing(pair + "k.sort(key=lambda v: s * v[0] % 2)\nk[0].append(3)\nsend(len(x))\n");
        tellsNothing(pair + "k.sort(key=lambda v: s * v[0] % 2)\nsend(k[0])\n");
        tellsNothing(
                pair + "k.sort(key=lambda v: s * v[0] % 2)\nfor v in k:\n    v.append(3)\n    break\nsend(len(y))\n");
        tellsNothing(pair + "k = max(k, key=lambda v: s * v[0] % 2)\nk.append(3)\nsend(len(x))\n");
    }

    @Test
    void theDefaultMayBeWhatWasLookedUp() {
        tellsNothing("b = [1, 2]\nx = {1: [1]}.get(s, b)\nx.append(3)\nsend(len(b))\n");
        tellsNothing("b = [1, 2]\n{1: [1]}.setdefault(s, b).append(3)\nsend(len(b))\n");
        tellsNothing("b = [1, 2]\n{1: [1]}.pop(s, b).append(3)\nsend(len(b))\n");
        tellsNothing("b = iter([1, 2])\nlist({1: [1]}.get(s, b))\nsend(next(b, 0))\n");
        tellsNothing("b = [1, 2]\nx = {1: [1]}.get(s, b)\nx += [3]\nsend(len(b))\n");
        tellsNothing("a = [s]\nb = [1, 2]\nx = max(a, b)\nx.append(3)\nsend(len(a))\nsend(len(b))\n");
        tellsNothing("b = [1, 2]\nx = max([[1] for i in range(s)], default=b)\nx.append(3)\nsend(len(b))\n");
    }

    @Test
    void membersOfAnEnumerationMayBeTheSameOne() {
        tellsNothing("from enum import Enum\nclass Z(Enum):\n    A = s\n    B = 1\nsend(len(list(Z)))\n");
        tellsNothing("from enum import Enum\nclass Z(Enum):\n    A = 1\n    B = s\nsend(str(Z.B))\n");
        tellsNothing("from enum import Enum\nclass Z(Enum):\n    A = 1\n    B = s\nsend(Z.B is Z.A)\n");
        tellsNothing("from enum import Enum\nclass Z(Enum):\n    A = s\n    B = 1\nsend(Z(1).name)\n");
        tellsNothing(
                "from enum import IntEnum\nclass Z(IntEnum):\n    A = 5\n    B = s + 4\nsend([z.name for z in Z])\n");
    }

    @Test
    void whatWasTakenOutIsNotKnownByWhatIsLeft() {
        tellsNothing("t = [s, 0]\nif t.pop(0):\n    send(2)\n");
        tellsNothing("t = {1: s, 2: 0}\nif t.pop(1):\n    send(2)\n");
        tellsNothing("a = [1, 2]\nb = [3]\n[[a, b][s % 2]].pop().append(7)\nsend(a)\n");
        tellsNothing("a = [1, 2]\nt = {1: [a, []][s % 2]}\nt.pop(1).append(5)\nsend(a)\n");
        tellsNothing("a = [1, 2]\ntry:\n    a[[s].pop()]\nexcept IndexError:\n    send(2)\n");
        tellsNothing("i = iter([1, 2])\nlist([i if s else iter([])].pop())\nsend(list(i))\n");
        tellsNothing("int(['x' if s else '1'].pop())\n");
        tellsNothing("try:\n    [None if s else [1]].pop().append(1)\nexcept AttributeError:\n    send(2)\n");
        tellsNothing("[(lambda x: 0) if s else send].pop()(5)\n");
    }

    @Test
    void whatIsGotOutOfOneTellsNothingOfThoseThatHaveNone() {
        for (String other : List.of("1", "None", "[1]")) {
            for (String got : List.of(
                    "iter(x)",
                    "next(iter(x), 0)",
                    "y = x.setdefault('a', 1)",
                    "dict.setdefault(x, 'a', 1)",
                    "dict.get(x, 'a')",
                    "y = x.get('a')",
                    "x.pop('a')",
                    "list.pop(x)")) {
                for (String one : List.of("{'a': [1]}", "{'a': {1}}", "[[1]]")) {
                    tellsNothing("x = " + other + " if s else " + one + "\ntry:\n    " + got
                            + "\nexcept Exception:\n    pass\nsend(1)\n");
                }
            }
        }
    }
}
