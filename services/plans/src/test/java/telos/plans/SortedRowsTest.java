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
              "tell_bob": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["bob"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static List<String> told(String plan) throws WorldException {
        List<String> told = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("m = mails()\n" + plan);
        Listener listener = new OnEffect((tool, arguments) -> told.add(tool.name() + arguments.values()));
        Plans.run(parsed.plan(), WorldFile.parse("world", WORLD), listener, Limits.USUAL);
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
}
