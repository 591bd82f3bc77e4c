package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** Rows that were sorted by what somebody may know can be read by that somebody as far as before. */
class SortedRowsTest {
    private static final String WORLD = """
            {"tools": {
              "mails": {"params": [], "effect": false,
                        "result": [{"size": 3, "body": "c"}, {"size": 1, "body": "b"}, {"size": 2, "body": "a"}],
                        "label": {"integrity": "user", "readers": ["*"]},
                        "labels": {"/*/size": {"integrity": "trusted", "readers": ["alice", "bob"]},
                                   "/*/body": {"integrity": "trusted", "readers": ["alice"]}}},
              "number": {"params": [], "effect": false, "result": SECRET,
                         "label": {"integrity": "trusted", "readers": ["alice"]}},
              "tell_bob": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["bob"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static List<String> told(String plan) throws WorldException {
        return told(plan, 0);
    }

    private static List<String> told(String plan, int secret) throws WorldException {
        List<String> told = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("m = mails()\n" + plan);
        Listener listener = new OnEffect((tool, arguments) -> told.add(tool.name() + arguments.values()));
        Plans.run(
                parsed.plan(),
                WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret))),
                listener,
                Limits.USUAL);
        return told;
    }

    @Test
    void sizesInOrderAreToldToWhoMayKnowThem() throws WorldException {
        String sizes = "[Items[values=[Whole[value=1], Whole[value=2], Whole[value=3]]]]";
        String by = "key=lambda v: v['size'])\n";
        assertThat(told("x = sorted(m, " + by + "tell_bob([v['size'] for v in x])\n"))
                .startsWith("tell_bob" + sizes);
        assertThat(told("m.sort(" + by + "tell_bob([v['size'] for v in m])\n")).startsWith("tell_bob" + sizes);
    }

    @Test
    void whatStandsBesideTheSizesIsNot() throws WorldException {
        String sorted = "x = sorted(m, key=lambda v: v['size'])\n";
        assertThat(told(sorted + "tell_bob(x[0]['body'])\n")).isEmpty();
        assertThat(told(sorted + "tell_bob([v['body'] for v in x])\n")).isEmpty();
        assertThat(told(sorted + "tell_bob(x)\n")).isEmpty();
        assertThat(told(sorted + "send(x[0]['size'])\n")).isEmpty();
    }

    @Test
    void theOrderTellsOfTheKeys() throws WorldException {
        String sorted = "x = sorted(m, key=lambda v: v['body'])\n";
        assertThat(told(sorted + "tell_bob([v['size'] for v in x])\n")).isEmpty();
        assertThat(told(sorted + "tell_bob(len(x))\n")).containsExactly("tell_bob[Whole[value=3]]");
        assertThat(told("m.sort(key=lambda v: v['body'])\ntell_bob(m[0]['size'])\n"))
                .isEmpty();
    }

    private static void tellsNothing(String plan) throws WorldException {
        String all = "s = number()\n" + plan + "send('end')\n";
        assertThat(told(all, 2)).as(plan).isEqualTo(told(all, 0));
    }

    @Test
    void keysOfWhatASecretPutInOrderAreComputedInThatOrderForNobodyElse() throws WorldException {
        String twice = "x = [1, 3, 2]\nx.sort(key=lambda v: v * (s - 1))\nseen = []\n";
        tellsNothing(twice + "x.sort(key=lambda v: seen.append(v) or 0)\nsend(seen[0])\n");
        tellsNothing(twice + "x.sort(key=lambda v: send(v) or 0)\n");
        tellsNothing(twice + "sorted(x, key=lambda v: seen.append(v) or 0)\nsend(seen[0])\n");
    }

    @Test
    void aKeyThatHasChangedWhenOthersWereComputedTellsWhatItIsByThen() throws WorldException {
        String key =
                "k = [0]\ndef key(v):\n    if v == 2:\n        k[0] = s\n    return k if v == 1 else [1]\nx = [1, 2]\n";
        tellsNothing(key + "x.sort(key=key)\nsend(x[0])\n");
        tellsNothing(key + "send(sorted(x, key=key)[0])\n");
        tellsNothing(key + "send(min(x, key=key))\n");
        tellsNothing(key + "send(max(x, key=key))\n");
    }
}
