package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.security.Label;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What everybody may know of variables, of what was used and of whether a plan goes on is alike in worlds that look alike. */
class KnownAlikeTest {
    private static final List<String> SECRETS = List.of("7", "0", "12");
    private static final List<String> LISTS = List.of("[1, 4, 0]", "[]", "[3, 9, 1, 2, 8]");
    private static final List<String> PAIRS = List.of("{\"p\": 1}", "{}", "{\"q\": 3, \"a\": 4}");

    private static String world(int at) {
        return """
                {"tools": {
                  "s": {"params": [], "effect": false, "result": SECRET,
                        "label": {"integrity": "trusted", "readers": ["alice"]}},
                  "t": {"params": [], "effect": false, "result": 5, "label": {"integrity": "untrusted", "readers": ["*"]}},
                  "xs": {"params": ["at"], "effect": false, "result": LIST,
                         "results": [{"args": {"at": 1}, "result": [1]}],
                         "label": {"integrity": "trusted", "readers": ["alice"]}},
                  "e": {"params": ["at"], "effect": false, "result": PAIRS,
                        "results": [{"args": {"at": 1}, "result": {"p": 1}}],
                        "label": {"integrity": "trusted", "readers": ["alice"]}},
                  "mails": {"params": [], "effect": false,
                            "result": [{"sender": "bob", "size": 3}, {"sender": "eve", "size": 4}],
                            "label": {"integrity": "trusted", "readers": ["*"]}},
                  "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
                """.replace("SECRET", SECRETS.get(at))
                .replace("LIST", LISTS.get(at))
                .replace("PAIRS", PAIRS.get(at));
    }

    private static void isKnownAlike(String plan) throws WorldException {
        isKnownAlike(plan, _ -> true);
    }

    private static void isKnownAlike(String plan, Predicate<Label> observer) throws WorldException {
        String source = "s = s()\nt = t()\nxs = xs(0)\ne = e(0)\nl = [1, 2]\nm = ['x']\nd = {'k': l}\n" + plan;
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(source);
        List<String> first = List.of();
        for (int i = 0; i < SECRETS.size(); i++) {
            World world = WorldFile.parse("world", world(i));
            List<String> known = Laboratory.known(parsed.plan(), world, observer, Limits.USUAL);
            assertThat(known).as("ends well: %s", plan).isNotEmpty();
            first = first.isEmpty() ? known : first;
            assertThat(known).as(plan).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = [i for i in xs if i != t]\n",
                "y = {i + t for i in xs}\n",
                "y = {t + 2, divmod(s, 20)[1]}\ny.discard(t)\n",
                "y = {divmod(s, 20)[1], t + 2}\ny.discard(s)\n",
                "y = {t + 2, s}\ny.discard(t + 2)\n",
                "y = {s, t + 2}\ny.discard(s)\nz = len(y)\n",
                "g = (i for i in xs if i != t)\ny = next(g, 0)\n",
                "y = list(i for i in xs if i != t)\n",
                "y = list(map(lambda i: i + t, xs))\nz = [str(i) for i in y]\n",
                "y = list(filter(lambda i: i > s, [0, t, 1]))\n",
                "for y in list(filter(lambda i: i > s, [0, t])):\n    z = y\n",
                "y = [t, *list(range(s))]\n",
                "y = {'q': t, **e}\n",
                "y = {'q': t}\ny.update(e)\n",
                "y = [*('ab' if s > 5 else [t])]\n",
                "y = 1\nif s > 3:\n    y = l if l is not m else 2\n",
                "z = [1 for i in xs]\nif s > 3:\n    if z is not xs:\n        y = 1\n    z = [1]\n"
            })
    void whoMayRead(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if s > 5:\n    list(filter(lambda i: i > (lambda j, k=0: j + k)(2), list(map(lambda i: i + t, [1, 3]))))\n",
                "for i in range(2):\n    if any(j > 1 for j in xs):\n        del m[:1]\n",
                "for i in mails():\n    g = iter(list(filter(lambda k: k > s, l)))\n",
                "try:\n    if s > 5:\n        y = list(filter(lambda k: k > 1, [1, s]))\nexcept LookupError as x:\n    q = 1\n",
                "y = iter([1, 2])\nc = []\ntry:\n    z = [*(y if s > 5 else l)]\n    c.append(1)\nexcept LookupError:\n    pass\n",
                "def f(*a):\n    return 1\ny = iter([1, 2])\nc = []\ntry:\n    z = f(*((1, 2) if s else y))\n    c.append(1)\nexcept ValueError:\n    pass\n",
                "y = iter([1, 2])\ntry:\n    z = {*(y if s > 5 else l)}\nexcept LookupError:\n    m.append(1)\n",
                "try:\n    m.extend(map(str, enumerate(zip(xs, iter([5, 6, 7])))))\nexcept ValueError:\n    y = 1\n",
                "try:\n    m.extend(map(str, enumerate(zip((i for i in l if i > s), l))))\nexcept ValueError:\n    y = 1\n",
                "try:\n    y = list(map(str, enumerate(zip((i for i in l if i > s), l))))\nexcept ValueError:\n    y = 1\n",
                "try:\n    for y in map(str, enumerate(i for i in l if i > s)):\n        z = y\nexcept ValueError:\n    y = 1\n",
                "try:\n    y = list(map(str, zip([5, 6], xs, strict=True)))\nexcept ValueError:\n    y = 1\n",
                "try:\n    y = list(filter(None, zip([5, 6], xs, strict=True)))\nexcept ValueError:\n    y = 1\n",
                "try:\n    for y in map(str, zip([5, 6], xs, strict=True)):\n        z = y\nexcept ValueError:\n    y = 1\n",
            })
    void whetherItGoesOn(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if s > 5:\n    for mail in mails():\n        mail['sender']\n",
                "if s > 5:\n    y = [3, *[0, 3]]\n",
                "if s > 5:\n    q, *y = [s, *xs]\n",
                "g = (i for i in l if i != s)\nif s > 5:\n    next(g, 0)\n",
                "for i in xs:\n    if i > 2:\n        g = iter(xs)\n        next(g, 0)\n",
                "class N(BaseModel):\n    f: int\n    d: dict\ny = N(f=s, d={'a': s})\nif s > 5:\n    d.update(d)\nelse:\n    y.d = d\n",
                "c = {1: s, 'a': t}\nfor i in ['a', 'b', 1]:\n    try:\n        del c[i if s > 5 else 'a']\n    except KeyError:\n        q = 1\n",
                "for i in xs:\n    if t == 4:\n        y = [d, unbound]\n        try:\n            d['k'] = unbound\n        except KeyError:\n            z += 1\n",
                "if s > 5:\n    it = iter(d.values())\n    y = next(it, 0)\n"
            })
    void whatASecretDidIsKnownAsFarAsItMightHave(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = l if s > 5 else (lambda: m)\nz = [1, y]\n",
                "y = {'k': l} if s > 5 else m\nz = [y]\nl.append('z')\n",
                "y = [l, 2] if s > 5 else 'x'\nz = list(y)\nz.append(4)\n",
                "y = (l, 1) if s > 5 else '12'\nz = list(y)\nz.append(1)\n",
                "y = [l] if s > 5 else (m, 1)\n",
                "y = 'x' if s > 5 else [[1], 2]\nz = [v for v in y]\n",
                "y = l if s > 5 else None\nz = [[y]][0]\ntry:\n    for v in z:\n        q = v + 1\nexcept TypeError:\n    pass\n",
                "y = (lambda: l) if s > 5 else reversed(m)\nm.append('z')\n",
                "y = list(l for i in xs)\nfor z in y:\n    z.append(1)\n",
                "h = lambda v: v\nif s > 5:\n    h = lambda v, k=s: v * k\n    for mail in mails():\n        pass\n",
                "class N(BaseModel):\n    f: int\nxs = e = m = d = 0\nl = [0, 3]\nk = []\nc = {'q': 2}\nn = N(f=1)\nh = lambda: 1\ny = iter([])\nz = iter([])\nu = iter([])\nw = iter([])\nfor i in (k if s > 5 else l):\n    h = abs\nif s > 5:\n    l[1] = 1\n"
            })
    void whatASecretChose(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = iter(range(20))\nz = s in y\n",
                "y = iter([[0], [7], [12]])\nz = [s] in y\n",
                "y = iter(range(20))\nz = s in (i for i in y)\n",
                "y = iter(range(20))\nz = s in filter(None, y)\n",
                "z = []\ny = s in (z.append(i) or i for i in range(20))\n",
                "y = iter(range(20))\nif s > 5:\n    z = 2 in y\n",
                "y = iter(range(20))\nz = s > 5 and 1 in y\n",
                "y = iter(l)\nif s > 5:\n    z = list(y)\n",
                "y = iter(l)\nz = tuple(y) if s > 5 else 0\n",
                "y = filter(None, iter(l))\nif s > 5:\n    z = set(y)\n",
                "y = iter(l)\nif s > 5:\n    l += y\n",
                "y = iter(l)\nf = filter(None, y)\nif s > 5:\n    next(f, 0)\n",
                "y = iter(l)\nf = (i for i in y)\nif s > 5:\n    next(f, 0)\n",
                "y = iter(range(20))\nz = list(zip(xs, y))\n",
                "y = iter(range(20))\nz = list(zip(y, xs))\n",
                "y = iter(range(20))\nz = list(zip(xs, filter(None, y)))\n",
                "y = iter(range(20))\nfor i in zip(xs, y):\n    z = 1\n",
                "y = iter(range(20))\nz = list(map(lambda i, j: j, xs, y))\n",
                "y = map(lambda i: i > s, [1, 2, 3])\nz = any(y)\n",
                "y = map(lambda i: i + s, [1, 2, 3])\nz = 9 in y\n",
                "y = iter([4, 5, 6])\nz = any(map(lambda i, j: i > s, [1, 2, 3], y))\n",
                "y = map(lambda i: 1 if i > s else [0], [1, 8])\ntry:\n    z = set(y)\nexcept TypeError:\n    pass\n",
                "y = iter(l)\nz = [*(y if s > 5 else [5])]\n",
                "y = iter(l)\nz = list(y if s > 5 else [5])\n",
                "y = iter(l)\nz = tuple({7: y}.get(s, [1]))\n",
                "y = iter(l)\nm += {7: y}.get(s, [1])\n",
                "y = iter(l)\nm[0:1] = {7: y}.get(s, [1])\n",
                "y = iter([s, 5, 6, 7])\nz = any(y)\n",
                "y = iter([s, 5, 6, 7])\nz = all(y)\n",
                "y = iter([s, 5, 6])\nz = next(filter(None, y), 0)\n",
                "y = iter([1, ([] if s > 5 else 2), 3])\nz = set()\ntry:\n    z.update(y)\nexcept TypeError:\n    pass\n",
                "y = iter(l)\ntry:\n    if s > 5:\n        z = dict([y])\nexcept (TypeError, ValueError):\n    pass\n",
                "y = iter(l)\nif s > 5:\n    z = sorted([y], key=list)\n",
                "y = iter(range(20))\nz = any(i == s for i in y)\n",
                "y = iter(range(20))\nz = next((i for i in y if i == s), 0)\n"
            })
    void howManyElementsWereTaken(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m.extend(i for i in l if i > s)\n",
                "m += (i for i in l if i > s)\n",
                "m[:0] = (i for i in l if i > s)\n",
                "m[:0] = zip([5, 6], (i for i in l if i > s))\n",
                "m += map(str, zip([5, 6], (i for i in l if i > s)))\n",
                "m.extend(filter(None, zip([5, 6], (i for i in l if i > s))))\n",
                "m.extend(filter(None, [s]))\n",
                "m += filter(None, [s - 12])\n",
                "m[:0] = filter(lambda i: i > 12, [s])\n",
                "m += zip([3], filter(None, [s - 12]))\n",
                "d.update(zip([5, 6], (i for i in l if i > s)))\n",
                "y = set()\ny.update(map(str, zip([5, 6], (i for i in l if i > s))))\n",
                "y = {5, 6}\ny.difference_update(i for i in [3, 5] if i > s)\n",
                "y = [i for i in map(str, zip([5, 6], (i for i in l if i > s)))]\n",
                "y = []\nfor i in (i for i in l if i > s):\n    y.append(i)\n",
                "y = []\nfor i in zip((i for i in l if i > s), l):\n    y.append(i)\n",
                "g = (i for i in l if i > s)\nm.extend(g)\ny = next(g, 3)\n"
            })
    void whatWasPutIn(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i in [j for j in xs if j > 2]:\n    g = (d.get(v, i) for v in l)\n",
                "try:\n    m[:0] = filter(None, zip([5, 6], (i for i in l if i > s), strict=True))\nexcept ValueError:\n    y = 1\n",
                "try:\n    y, z, *_ = map(str, zip([5, 6], (i for i in l if i > s), strict=True))\nexcept ValueError:\n    y = 1\n",
                "try:\n    y = [*map(str, zip([5, 6], (i for i in l if i > s), strict=True))]\nexcept ValueError:\n    y = 1\n"
            })
    void whateverSomebodyMayFindWhoMayReadTheProgress(String plan) throws WorldException {
        isKnownAlike(plan, label -> label.readers().everyone());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g = (i for i in l if i > t)\nz = list(g if s > 5 else [5])\n",
                "g = (i for i in l if i > t)\nz = [*(g if s > 5 else [5])]\n",
                "g = (i for i in l if i > t)\nm += (g if s > 5 else [5])\n",
                "g = (i for i in l if i > t)\nfor i in (g if s > 5 else [5]):\n    y = i\n",
                "g = (i for i in l if i > t)\ntry:\n    a, *b = (g if s > 5 else [5])\nexcept ValueError:\n    pass\n",
                "g = (i for i in l if i > 1)\nm.extend(g if s > 5 else [5])\n",
                "g = (i for i in l if i > 1)\nz = [*(g if s > 5 else [5])]\n",
                "g = (i for i in l if i > 1)\nm += (g if s > 5 else [5])\n",
                "g = (i for i in l if i > 1)\nm[:0] = (g if s > 5 else [5])\n",
                "g = (i for i in l if i > 1)\nfor i in (g if s > 5 else [5]):\n    y = i\n",
                "g = (i for i in l if i > 1)\ny = [i for i in (g if s > 5 else [5])]\n",
                "g = (i for i in l if i > 1)\na, *b = (g if s > 5 else [5])\n",
                "g = filter(lambda i: i > t, l)\nm += (g if s > 5 else [5])\n",
                "g = filter(lambda i: i > t, l)\nz = {7: g}.get(s, [5])\nm.extend(z)\n",
                "try:\n    y = 'q' in map(str, enumerate(zip((i for i in l if i > s), l)))\nexcept ValueError:\n    y = 1\n",
                "d = {7: {}}\nx = d.get(s, d)\nx['q'] = 1\ny = len(d)\n",
                "d = {7: {}}\nx = d.setdefault(s, d)\nx['q'] = 1\ny = len(d)\n",
                "d = {7: {}}\nx = d.pop(s, d)\nx['q'] = 1\ny = len(d)\n"
            })
    void whicheverWasChosen(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l.extend(xs)\n",
                "l += xs\n",
                "l[:0] = xs\n",
                "l[1:] = [i for i in m if s > 5]\n",
                "y = [*xs]\n",
                "y = (*xs, 1)\n",
                "y = {**e}\n",
                "y, *z = [1, *xs]\n",
                "try:\n    y, z = xs\nexcept ValueError:\n    pass\n",
                "y = list(filter(lambda i: i > 2, xs))\n",
                "y = list(map(lambda i: i + 1, xs))\n",
                "y = sum(i + 1 for i in xs if i > 1)\n",
                "y = list(i for i in xs if i > 1)\n",
                "g = (l for i in xs)\ny = list(g)\n",
                "y = sorted(xs, key=lambda i: -i)\n",
                "y = dict(zip(xs, xs))\n"
            })
    void whatWasUsed(String plan) throws WorldException {
        isKnownAlike(plan);
    }

    private static final List<String> THINGS = List.of(
            "t",
            "[1]",
            "(l, t)",
            "([1], t)",
            "((1, t), [2])",
            "[t]",
            "{'a': t}",
            "ValueError(t)",
            "(1, t)",
            "it",
            "[(1, t)]",
            "str",
            "f",
            "l.append",
            "(t, l.append)",
            "h.keys()",
            "'ab'",
            "None",
            "iter([1])");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{7: A}.get(s, B)",
                "{7: A}.pop(s, B)",
                "{7: A}.setdefault(s, B)",
                "(A if s > 5 else B)",
                "(s > 5 and A or B)",
                "[A, B][s > 5]",
                "[A, B].pop(s > 5)",
                "[A, B][s > 5:][0]",
                "(A, B)[s > 5]",
                "{True: A, False: B}[s > 5]",
                "next(iter([A][s > 5:]), B)",
                "max([A, B][s > 5:s > 5 and 2 or 1])",
                "sorted([A, B], key=lambda q: s)[0]",
                "min([A, B], key=lambda q: 1 if q is A and s > 5 else 2)",
                "[q for q in [A, B] if s > 5][:1]"
            })
    void whicheverOfAnyTwoThingsWasChosen(String choice) throws WorldException {
        for (String a : THINGS) {
            for (String b : THINGS) {
                isKnownAlike(
                        "h = {'k': t}\nit = iter([1, t])\ndef f(x=0):\n    return x\ny = "
                                + choice.replace("A", a).replace("B", b)
                                + "\n",
                        label -> label.readers().everyone());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = list(reversed(m if s > 5 else d.items()))\n",
                "y = list(i for i in [l, iter(m)][s > 5] if i != t)\n",
                "y = list(i for i in (m if s > 5 else e) if t)\n",
                "a = map(lambda i: i + t, l)\nb = iter([1, 2, 3])\ny = [i for i in (a if s > 5 else b)]\n",
                "g = (i for i in l if i > t)\nz = [*(g if s > 5 else [5])]\n",
                "g = (i for i in l if i > t)\ndef f(*a):\n    return len(a)\nz = f(*(g if s > 5 else [5]))\n",
            })
    void whicheverWasGoneThrough(String plan) throws WorldException {
        isKnownAlike(plan, label -> label.readers().everyone());
    }
}
