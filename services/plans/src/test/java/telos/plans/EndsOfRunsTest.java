package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** How a run ends, and whether it goes on, is the same in worlds that look the same. */
class EndsOfRunsTest {
    private static final String WORLD = """
            {"tools": {
              "number": {"params": [], "effect": false, "result": NUMBER,
                         "label": {"integrity": "trusted", "readers": ["alice"]}},
              "other": {"params": [], "effect": false, "result": OTHER,
                        "label": {"integrity": "trusted", "readers": ["alice", "bob"]}},
              "tell": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["bob"]}}},
              "some": {"params": ["k"], "effect": false,
                       "results": [{"args": {"k": 0}, "result": SOME}, {"args": {"k": 9}, "result": [5]}],
                       "label": {"integrity": "trusted", "readers": ["alice"]}},
              "cells": {"params": [], "effect": false, "result": [1, 2],
                        "label": {"integrity": "trusted", "readers": ["*"]},
                        "labels": {"/*": {"integrity": "trusted", "readers": ["alice"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static List<String> sent(String plan, int secret) throws WorldException {
        List<String> sent = new ArrayList<>();
        String all = "s = number()\nl = some(0)\n" + plan + "send('end')\n";
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(all);
        Listener listener = new OnEffect((_, arguments) -> sent.add(arguments.toString()));
        World world = WorldFile.parse(
                "world",
                WORLD.replace("NUMBER", Integer.toString(secret))
                        .replace("OTHER", Integer.toString(3 + 6 * secret))
                        .replace("SOME", secret > 0 ? "[1]" : "[]"));
        Limits fewer = new Limits(1_000_000, 64L << 20, 100, Duration.ofMinutes(5));
        assertThat(Plans.run(parsed.plan(), world, listener, fewer).toString())
                .as(plan)
                .doesNotContain("had not foreseen");
        return sent;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What fails on the way of an exception takes its place.
                "try:\n    try:\n        raise KeyError('k')\n    finally:\n        1 // s\nexcept ZeroDivisionError:\n    pass\n",
                "try:\n    try:\n        {}['k']\n    finally:\n        [1][s]\nexcept IndexError:\n    pass\n",
                "try:\n    try:\n        raise KeyError('k')\n    except ValueError:\n        pass\n    finally:\n        1 // s\nexcept ZeroDivisionError:\n    pass\n",
                "def f():\n    1 // s\ntry:\n    try:\n        raise KeyError('k')\n    finally:\n        f()\nexcept ZeroDivisionError:\n    pass\n",
                "for i in range(2):\n    try:\n        raise KeyError('k')\n    finally:\n        if s:\n            break\n",
                "for i in range(2):\n    try:\n        raise KeyError('k')\n    finally:\n        if s:\n            continue\n",
                "def f():\n    try:\n        raise KeyError('k')\n    finally:\n        if s:\n            return 1\nf()\n",
                "try:\n    try:\n        raise KeyError('k')\n    finally:\n        try:\n            1 // s\n        finally:\n            1 // s\nexcept ZeroDivisionError:\n    pass\n",
                // A function that a secret defines has its defaults too.
                "try:\n    if s:\n        def f(a, k=1):\n            x = [1][a]\n        f(5)\nexcept TypeError:\n    pass\n",
                "try:\n    if s:\n        f = lambda a, k=1: [1][a]\n        f(5)\nexcept TypeError:\n    pass\n",
                "try:\n    if s:\n        def f(a, *, k=5):\n            x = [1][k]\n        f(5)\nexcept TypeError:\n    pass\n",
                "def g():\n    def f(a, k=1):\n        x = [1][a]\n    f(5)\ntry:\n    if s:\n        g()\nexcept TypeError:\n    pass\n",
                // What a variable is where a secret bound it is known where it did not.
                "if s:\n    x = 'a'\ntry:\n    y = x + 1\nexcept NameError:\n    pass\n",
                "if s:\n    x = 'a'\ndef f():\n    try:\n        return x + 1\n    except NameError:\n        return 0\ny = f()\n",
                "if s:\n    x = [1, 2]\ntry:\n    for a in x:\n        z = {}[a]\nexcept NameError:\n    pass\n",
                "if s:\n    x = [1, 2]\ntry:\n    x.append('a')\n    y = sum(x)\nexcept NameError:\n    pass\n",
                "if s:\n    x = {'a': 1}\ntry:\n    y = x['a'] + x['b']\nexcept NameError:\n    pass\n",
                "if s:\n    x = [1]\n    m = x\ntry:\n    m[0] = 'a'\n    y = x[0] + 1\nexcept NameError:\n    pass\n",
                "if s:\n    def f():\n        return 1 // 0\ntry:\n    f()\nexcept NameError:\n    pass\n",
                "if s:\n    x = (y for y in [1, 'a'])\ntry:\n    z = sum(x)\nexcept NameError:\n    pass\n",
                "x = 'a'\nif s:\n    del x\ntry:\n    y = x + 1\nexcept NameError:\n    pass\n",
                "for x in ['a'][:s]:\n    pass\ntry:\n    y = x + 1\nexcept NameError:\n    pass\n",
                "if s:\n    max = 'a'\ny = max(1, 2)\n",
                "if s:\n    max = 'a'\ny = max + 'b'\n",
                "if s:\n    len = abs\ntry:\n    y = len('ab')\nexcept NameError:\n    pass\n",
                // What this run makes of what a secret decided about is no better known for that.
                "x = [3]\nif s % 2:\n    w = [1]\n    x = w\nx.append('a')\ntry:\n    v = w[0]\nexcept Exception:\n    v = 0\nz = v + 1\n",
                "x = 0\nd = [1]\nif s % 2:\n    w = [1]\n    x = w\nif s > 2:\n    x = d\nd.append(5)\ntry:\n    v = w[0]\nexcept Exception:\n    v = 0\nt = [10, 20][v]\n",
                "d = {'a': 0, 'b': []}\nfor i in range(25):\n    if s * 7 > i:\n        d['a'] = d['a'] + 100\nv = d['a']\nv = v + v\nv = v + v\nw = v * v\nw = w * w\nw = w * w\nw = w * w\nw = w * v\nz = w / 3\n",
                "k = (0, 5)\nd = {}\nfor i in range(25):\n    if s * 7 > i:\n        d[k] = d.get(k, 0) + 100\nd['a'] = d[k]\nv = d['a']\nv = v + v\nv = v + v\nw = v * v\nw = w * w\nw = w * w\nw = w * w\nw = w * v\nz = w / 3\n",
                "d = {'a': 0}\ne = {'a': 0}\nf = d if s > 100 else e\nif s % 2:\n    f['a'] = 1\nif s % 2:\n    x = f['a']\n",
                "d = {}\ne = {}\ny = s * 100\ne = d if s > 5 else e\nif s % 2 == 0:\n    d[5] = max(y, 40)\nz = 5 // d.get(5, 1)\n",
                "u = other()\nt = set()\nif u > 7:\n    t.add(s)\ntell(len(t))\n",
                "u = other()\nm = [s, s]\nif u > 7:\n    m.sort()\ntell(len(m))\n",
                "u = other()\nx = 0\ne = {'b': 2}\nd = {'a': s}\nfor i in range(2):\n    if u > 7:\n        d = e\n        if d:\n            x = 1\ntell(x)\n",
                // Whether there is a first element is as secret as how many there are.
                "x = next(iter(l))\n",
                "x = next(reversed(l))\n",
                "x = next(enumerate(l))\n",
                "x = next(zip(l, l))\n",
                "x = next(iter(set(l)))\n",
                "x = next(iter(list(l)))\n",
                "x = next(iter([y for y in l]))\n",
                "x = next(y for y in l)\n",
                "x = next(map(str, l))\n",
                "t = iter(l)\nx = next(t, 0)\nx = next(t)\n",
                "m = [1]\nif s:\n    m.pop()\nx = next(iter(m))\n",
                "try:\n    x = next(iter(l))\n    send(1)\nexcept StopIteration:\n    send(2)\n",
                "try:\n    x = next(iter(l))\nexcept StopIteration:\n    pass\n",
                "x, = l\n",
                // Whether a text is among others tells of each of them.
                "if '1' in (str(s), 'b'):\n    [][0]\n",
                "if '1' not in ('a', str(s)):\n    [][0]\n",
                "for t in ('b', '0', '1'):\n    if t in (str(s), 'a'):\n        [][0]\n",
                // What a secret puts into something new is known as well as before.
                "rows = [1]\nnote = {'rows': rows} if s else None\nif l:\n    rows.append(2)\nstr(rows)\n",
                "rows = [1]\nnote = {'rows': rows} if s else None\nif l:\n    rows.append(2)\nx = rows * 2\n",
                "rows = [1]\nnote = {'rows': rows} if s else None\nif l:\n    rows.append(2)\nfor v in rows:\n    v + 1\n",
                "rows = [1]\nnote = None\nif s:\n    note = {'rows': rows}\nif l:\n    rows.append(2)\nstr(rows)\n",
                "c = cells()\nkept = [c] if s else 1\ntry:\n    -c[0]\nexcept Exception:\n    pass\n",
                "c = cells()\nif s:\n    k = [c]\ntry:\n    -c[0]\nexcept Exception:\n    pass\n",
                "c = cells()\nkept = [[c]] if s else 1\ntry:\n    -c[0]\nexcept Exception:\n    pass\n",
                "c = cells()\nkept = [c][:] if s else 1\ntry:\n    for z in c:\n        z + 1\nexcept Exception:\n    pass\n",
                "c = cells()\nkept = [c] if s else 1\nc[0] // 1\n",
                "la = [[1], 2]\nlb = [1]\nk = [la] if s else {'k': lb}\nlb.append('z')\ntry:\n    repr([0] + list(k))\nexcept Exception:\n    pass\n",
                "lb = [1]\nk = {'k': lb} if s else None\nlb.append('z')\ntry:\n    k['k'][0] + 1\nexcept TypeError:\n    pass\n",
                "lb = [1]\nk = [lb] if s else [[2]]\nk.append(3)\ntry:\n    k[0] + 1\nexcept TypeError:\n    pass\n",
                "c = cells()\nkept = [c] if s else 1\nx = sorted(c)\n",
                "c = cells()\nkept = [c] if s else 1\nx = str(c[1])\n",
                "c = cells()\nkept = [v for v in [c]] if s else 1\nx = hex(c[1])\n",
                "for x in l:\n    l.append(1)\n",
                "for x in l:\n    l.extend([1, 2])\n",
                "for x in l:\n    l.insert(0, 1)\n",
                "m = l\nfor x in l:\n    m.append(1)\n",
                "t = iter([1])\nfor i in range(s * 200):\n    t = (v for v in t)\n",
                "t = iter([1])\nfor i in range(90):\n    t = (v for v in t)\nif s:\n    for i in range(20):\n        t = (v for v in t)\n",
            })
    void aSecretDoesNotEndIt(String plan) throws WorldException {
        assertThat(sent(plan, 1)).as(plan).isEqualTo(sent(plan, 0));
    }

    private static Outcome ended(String plan) throws WorldException {
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan);
        World world = WorldFile.parse("world", "{\"tools\": {}}");
        return Plans.run(
                parsed.plan(),
                world,
                new OnEffect((_, _) -> {}),
                new Limits(50_000_000, 512L << 20, 100, Duration.ofMinutes(5)));
    }

    @Test
    void generatorsOverGeneratorsLieOnlySoDeep() throws WorldException {
        assertThat(ended("t = iter([1])\nfor i in range(100000):\n    t = (v for v in t)\nprint(list(t))\n")
                        .toString())
                .contains("RecursionError");
        assertThat(ended("t = iter([1])\nfor i in range(90):\n    t = (v for v in t)\nassert list(t) == [1]\n"))
                .isInstanceOf(Outcome.Ok.class);
    }

    @Test
    void iteratorsGoOverOnlySoManyIterators() throws WorldException {
        assertThat(ended("t = iter([1])\nfor i in range(90):\n    t = zip(t, t)\nprint(list(t))\n")
                        .toString())
                .contains("RecursionError");
        assertThat(ended("assert len(list(zip(*[[1, 2]] * 3000))) == 2\n")).isInstanceOf(Outcome.Ok.class);
    }

    @Test
    void aNumberWithAnyPrecisionIsWrittenOrIsTooMuch() throws WorldException {
        assertThat(ended("assert len(f'{1.5:.1000000f}') == 1000002\nassert f'{0.1:.60f}'[-5:] == '00000'\n"))
                .isInstanceOf(Outcome.Ok.class);
        assertThat(ended("print(len(f'{1.5:.1000000000f}'))\n")).isInstanceOf(Outcome.Spent.class);
        assertThat(ended("print(len(f'{1.5:.2000000000e}'))\n")).isInstanceOf(Outcome.Spent.class);
    }
}
