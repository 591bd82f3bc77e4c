package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What a result lacks in one world is demanded of it all the same, or a denial would tell that it lacks it. */
class LackedPartsTest {
    private static final String WORLD = """
            {"tools": {
              "files": {"params": ["k"], "effect": false,
                        "results": [{"args": {"k": 9}, "result": [{"name": "a", "body": "b", "tags": [{"of": "x"}]}]}],
                        "result": FILES,
                        "label": {"integrity": "trusted", "readers": READERS},
                        "labels": {"/*/body": {"integrity": "untrusted", "readers": ["alice", "bob"]},
                                   "/*/tags/*/of": {"integrity": "untrusted", "readers": ["alice"]}}},
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "act": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"integrity": "trusted"}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static final List<String> FILES = List.of(
            "[]",
            "[{\"name\": \"c\"}]",
            "[{\"name\": \"d\", \"tags\": []}]",
            "[{\"name\": \"a\", \"body\": \"b\"}, {\"name\": \"a\", \"tags\": [{\"of\": \"y\"}]}]");

    private static List<String> sent(String plan, String files, String readers, int secret) throws WorldException {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(plan + "send('end')\n");
        Listener listener = new OnEffect((tool, arguments) -> {
            if (tool.name().equals("send")) {
                sent.add(arguments.toString());
            }
        });
        String world =
                WORLD.replace("FILES", files).replace("READERS", readers).replace("SECRET", Integer.toString(secret));
        Outcome outcome = Plans.run(parsed.plan(), WorldFile.parse("world", world), listener, Limits.USUAL);
        assertThat(outcome.toString()).doesNotContain("had not foreseen");
        return sent;
    }

    private static void tellsNothing(String plan) throws WorldException {
        List<String> first = sent("m = files(0)\n" + plan, FILES.getFirst(), "[\"alice\"]", 0);
        for (String files : FILES) {
            assertThat(sent("m = files(0)\n" + plan, files, "[\"alice\"]", 0))
                    .as(plan + " with " + files)
                    .isEqualTo(first);
        }
    }

    @Test
    void aDenialTellsNotWhetherAnyFileIsThere() throws WorldException {
        tellsNothing("act(m)\n");
        tellsNothing("act(str(m))\n");
        tellsNothing("act(m[:1])\n");
        tellsNothing("act(sorted(m, key=str))\n");
        tellsNothing("act(list(m))\n");
        tellsNothing("act([x for x in m])\n");
        tellsNothing("act({'m': m})\n");
        tellsNothing("act(m + [1])\n");
        tellsNothing("m.append(1)\nact(m)\n");
        tellsNothing("n = []\nn.extend(m)\nact(n)\n");
        tellsNothing("act(list(reversed(m)))\n");
        tellsNothing("act([x for x in m if x['name'] == 'a'])\n");
        tellsNothing("act((m, 1))\n");
        tellsNothing("def f(x):\n    return x\nact(f(m))\n");
    }

    @Test
    void norDoesOneOfWhatOneOfThemIs() throws WorldException {
        tellsNothing("y = 1\nfor x in m:\n    y = x\nact(y)\n");
        tellsNothing("y = 1\nfor x in m:\n    y = x\nact(y == 1)\n");
        tellsNothing("y = {}\nfor x in m:\n    y = x\nact(y.get('name', 1))\n");
        tellsNothing("y = {}\nfor x in m:\n    y = x\nact(y.get('tags'))\n");
        tellsNothing("y = next(iter(m), 1)\nact(y)\n");
        tellsNothing("y = max(m, key=str, default=1)\nact(y)\n");
        tellsNothing("y = m and m[0]\nact(y)\n");
        tellsNothing("y = [x.get('tags', 1) for x in m]\nact(y)\n");
        tellsNothing("y = {}\nfor x in m:\n    y = x\nact(y.get('body'))\n");
        tellsNothing("y = 1\nfor x in m:\n    y = x.get('body')\nact(y)\n");
        tellsNothing("y = m[-1:]\nact(y[0].get('body', 1) if y else 1)\n");
        tellsNothing(
                "y = 1\nfor x in m:\n    try:\n        y = x['body']\n    except KeyError:\n        pass\nact(y)\n");
        tellsNothing("y = 1\ntry:\n    y = m[0]['name']\nexcept LookupError:\n    pass\nact(y)\n");
        tellsNothing("for x in m:\n    act(x)\n");
        tellsNothing("for x in m:\n    act(x.get('tags'))\n");
        tellsNothing("for x in m:\n    for t in x.get('tags', []):\n        act(t['of'])\n");
        tellsNothing("y = []\nfor x in m:\n    y.append(x)\nact(y)\n");
        tellsNothing("y = {}\nfor x in m:\n    y[x['name']] = x\nact(y)\n");
        tellsNothing("d = {1: m}\nact(d.pop(1))\n");
        tellsNothing("y = [1]\nif m:\n    y = m.pop()\nact(y)\n");
    }

    @Test
    void norDoesOneOfWhatStandsUnderAKey() throws WorldException {
        String world = """
                {"tools": {
                  "file": {"params": ["k"], "effect": false, "result": FILE,
                           "results": [{"args": {"k": 9}, "result": {"k": 1, "j": 1}}],
                           "label": {"integrity": "trusted", "readers": ["alice"]},
                           "labels": {"/k": {"integrity": "untrusted", "readers": ["alice"]}}},
                  "act": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"integrity": "trusted"}}},
                  "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
                """;
        for (String plan : List.of(
                "act(m.get('k'))\n",
                "act(m.get('k', 1))\n",
                "act(m.get('j'))\n",
                "act([{'z': m}['z'].get('k')])\n",
                "y = 1\ntry:\n    y = m['k']\nexcept KeyError:\n    pass\nact(y)\n",
                "y = 1\ntry:\n    y = m['j']\nexcept KeyError:\n    pass\nact(y)\n",
                "y = 1\nif 'j' in m:\n    y = m['j']\nact(y)\n",
                "y = 1\nif 'j' in m:\n    y = m.get('j')\nact(y)\n")) {
            List<List<String>> all = new ArrayList<>();
            for (String file : List.of("{}", "{\"j\": 1}", "{\"k\": 1}", "{\"k\": 2, \"j\": 1}")) {
                List<String> sent = new ArrayList<>();
                Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("m = file(0)\n" + plan + "send('end')\n");
                Listener listener = new OnEffect((tool, _) -> {
                    if (tool.name().equals("send")) {
                        sent.add(tool.name());
                    }
                });
                Plans.run(parsed.plan(), WorldFile.parse("world", world.replace("FILE", file)), listener, Limits.USUAL);
                all.add(sent);
            }
            assertThat(all).as(plan).containsOnly(all.getFirst());
        }
    }

    @Test
    void norWhichOfSeveralResultsItIs() throws WorldException {
        String all = "[{\"name\": \"a\", \"body\": \"b\"}]";
        for (String plan :
                List.of("act(files(s))\n", "act(str(files(9 if s else 0)))\n", "y = files(s * 9)\nact(y[:1])\n")) {
            String whole = "s = read_secret()\n" + plan;
            assertThat(sent(whole, all, "[\"*\"]", 9)).as(whole).isEqualTo(sent(whole, "[]", "[\"*\"]", 0));
        }
    }

    @Test
    void whatItNamesCanBeUsedThough() throws WorldException {
        for (String files : FILES) {
            assertThat(sent("for x in files(0):\n    act(x['name'])\n", files, "[\"*\"]", 0))
                    .hasSize(1);
        }
    }
}
