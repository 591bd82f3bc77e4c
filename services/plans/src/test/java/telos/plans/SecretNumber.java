package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/**
 * Worlds that differ in one number, {@code s}, which alice alone may read, and that let a plan send what everyone may read. A
 * plan is given without its first line, which reads the number, and its last, which sends 'end'.
 *
 * @param outcome how the run ended
 * @param sent the arguments of each send, in order
 */
record SecretNumber(Outcome outcome, List<String> sent) {
    private static final String WORLD = """
            {"tools": {
              "read": {"params": [], "effect": false, "result": NUMBER,
                       "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    static World world(int number) throws WorldException {
        return WorldFile.parse("world", WORLD.replace("NUMBER", Integer.toString(number)));
    }

    static SecretNumber run(String plan, int number, Limits limits) throws WorldException {
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("s = read()\n" + plan + "send('end')\n");
        List<String> sent = new ArrayList<>();
        Listener listener = new OnEffect((_, arguments) -> sent.add(arguments.toString()));
        return new SecretNumber(Plans.run(parsed.plan(), world(number), listener, limits), sent);
    }

    /** Where it is the one number and where it is the other, the same is sent, and the interpreter keeps its own rules. */
    static void tellsNothing(String plan, int one, int other, Limits limits) throws WorldException {
        SecretNumber first = run(plan, one, limits);
        SecretNumber second = run(plan, other, limits);
        assertThat(first.sent())
                .as("%s%s%n%s", plan, first.outcome(), second.outcome())
                .isEqualTo(second.sent());
        assertThat(first.outcome().toString() + second.outcome()).as(plan).doesNotContain("had not foreseen");
    }
}
