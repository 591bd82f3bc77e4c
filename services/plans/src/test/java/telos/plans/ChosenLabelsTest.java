package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** Which of several objects a secret chose is not told by who may read what is in it. */
class ChosenLabelsTest {
    private static final String WORLD = """
            {"tools": {
              "s": {"params": [], "effect": false, "result": SECRET,
                    "label": {"integrity": "trusted", "readers": ["alice", "bob"]}},
              "a": {"params": [], "effect": false, "result": 1, "label": {"integrity": "trusted", "readers": ["alice"]}},
              "b": {"params": [], "effect": false, "result": 1, "label": {"integrity": "trusted", "readers": ["bob"]}},
              "la": {"params": [], "effect": false, "result": [1], "label": {"integrity": "trusted", "readers": ["alice"]}},
              "lb": {"params": [], "effect": false, "result": [1], "label": {"integrity": "trusted", "readers": ["bob"]}},
              "tell_bob": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["bob"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static List<String> sent(String plan, int secret) throws WorldException {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("s = s()\n" + plan + "send('end')\n");
        Listener listener = new OnEffect((tool, arguments) -> {
            if (tool.name().equals("send")) {
                sent.add(arguments.toString());
            }
        });
        World world = WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret)));
        assertThat(Plans.run(parsed.plan(), world, listener, Limits.USUAL).toString())
                .doesNotContain("had not foreseen");
        return sent;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = {'k': a()} if s else {'k': b()}\ntell_bob(x['k'])\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob(x['k'])\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob(x)\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob(x.get('k'))\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = [p, q][s]\ntell_bob(x['k'])\n",
                "p = {'k': 1}\nq = {'k': b()}\nx = p if s else q\np['k'] = a()\ntell_bob(x['k'])\n",
                "p = {'k': 1}\nq = {'k': b()}\nx = p if s else q\np['k'] = [a()]\ntell_bob(x['k'][0])\n",
                "p = {'k': 1}\nq = {'k': [b()]}\nx = p if s else q\nc = [1]\np['k'] = c\nc.append(a())\ntell_bob(x['k'][0])\n",
                "p = la()\nq = lb()\nx = p if s else q\ntell_bob(len(x))\n",
                "p = la()\nq = lb()\nx = p if s else q\nif x:\n    tell_bob(1)\n",
                "p = la()\nq = lb()\nx = p if s else q\ntell_bob(bool(x))\n",
                "p = la()\nq = lb()\nx = p if s else q\ntell_bob(not x)\n",
                "p = [1]\nq = lb()\nx = p if s else q\nif a():\n    p.append(2)\ntell_bob(len(x))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(x[:1])\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(x + [1])\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob([1] + x)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(list(x))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(x.copy())\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(sum(x))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(sorted(x))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(max(x, default=1))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(str(x))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(f'{x}')\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(x == [1])\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(1 in x)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntry:\n    y, = x\nexcept ValueError:\n    y = 1\ntell_bob(y)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob([*x])\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob((1, *x))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob([v for v in x])\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\nfor v in x:\n    tell_bob(v)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ntell_bob(list(enumerate(x)))\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ny = []\ny.extend(x)\ntell_bob(y)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ny = []\ny += x\ntell_bob(y)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ny = [0]\ny[:1] = x\ntell_bob(y)\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ny = [x]\ntell_bob(y[0][0])\n",
                "p = [a()]\nq = [b()]\nx = p if s else q\ny = {'l': x}\ntell_bob(y)\n",
                "p = [a()]\nq = [b()]\nx = iter(p if s else q)\ntell_bob(next(x))\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob({**x})\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ny = {}\ny.update(x)\ntell_bob(y)\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob(x | {'l': 1})\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob(dict(x))\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p.values() if s else q.values()\ntell_bob(list(x))\n",
                "p = {'k': a()}\nq = {'k': b()}\nx = p if s else q\ntell_bob(list(x.items()))\n",
                "p = (a(),)\nq = (b(),)\nx = p if s else q\ntell_bob(x[0])\n",
                "p = (a(),)\nq = (b(),)\nx = p if s else q\ntell_bob(x)\n",
                "p = (a(),)\nq = (b(),)\nx = [p, q][s]\ntell_bob(x)\n",
                "p = ([a()],)\nq = ([b()],)\nx = p if s else q\ntell_bob(x[0][0])\n",
                "p = a()\nq = b()\nx = (lambda: p) if s else (lambda: q)\ntell_bob(x())\n",
                "p = [a()]\nq = [b()]\nif s:\n    x = p\nelse:\n    x = q\ntell_bob(x[0])\n",
                "class N(BaseModel):\n    k: int\np = N(k=a())\nq = N(k=b())\nx = p if s else q\ntell_bob(x.k)\n",
                "p = [a()]\nq = [b()]\nx = p or q if s else q\ntell_bob(x)\n"
            })
    void nobodyElseIsTold(String plan) throws WorldException {
        assertThat(sent(plan, 1)).as(plan).isEqualTo(sent(plan, 0));
    }
}
