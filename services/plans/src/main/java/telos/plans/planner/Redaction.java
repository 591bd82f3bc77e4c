package telos.plans.planner;

import java.util.List;
import java.util.Optional;
import telos.kernel.security.Rule;
import telos.plans.Outcome;
import telos.plans.Tool;
import telos.plans.World;
import telos.plans.syntax.Plan;
import telos.plans.syntax.Position;

/**
 * What a planner is told of a plan that came to nothing: the place, the tool, the rule, the class of an exception. Reasons and
 * messages are for the owner; data can be in them, and stays out.
 */
final class Redaction {
    private Redaction() {}

    static String of(Plan plan, Outcome outcome, Witness witness, World world) {
        return "\nThis plan was run, and came to nothing; it changed nothing outside:\n\n```python\n"
                + Planner.shown(plan.source()) + (plan.source().endsWith("\n") ? "" : "\n") + "```\n\n"
                + words(outcome, witness, world)
                + "\n\nWrite another plan for the request, which goes about it differently.\n";
    }

    private static String words(Outcome outcome, Witness witness, World world) {
        return switch (outcome) {
            case Outcome.Denied(Position position, String tool, String _) ->
                position + ": the call of " + tool + " was denied" + rule(position, tool, witness, world);
            case Outcome.Failed(Optional<Position> position, String type, String _) ->
                position.map(each -> each + ": ").orElse("") + "the plan ended with an exception, " + type;
            case Outcome.Spent(Optional<Position> position, String _) ->
                position.map(each -> each + ": ").orElse("") + "the plan used up what it may use";
            case Outcome.Lost(Position position, String _) -> position + ": nobody knows what came of the call";
            case Outcome.Refused(Position position, String message) -> position + ": " + message;
            case Outcome.Ok _ -> "the plan ran to its end";
        };
    }

    private static String rule(Position position, String tool, Witness witness, World world) {
        Optional<String> argument = witness.refused(position, tool);
        Tool known = world.tools().get(tool);
        List<Rule> rules = argument.map(each -> known == null
                        ? world.askRules().getOrDefault(each, List.of())
                        : known.requires().getOrDefault(each, List.of()))
                .orElse(List.of());
        List<String> words = Signatures.rules(rules);
        return words.isEmpty()
                ? ""
                : ": "
                        + (argument.orElseThrow().equals(Tool.CALL)
                                ? "the decision to call it"
                                : "the argument " + argument.orElseThrow())
                        + " must be " + String.join(" and ", words);
    }
}
