package telos.plans.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import telos.plans.Outcome;
import telos.plans.Tool;
import telos.plans.World;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Node;
import telos.plans.syntax.Plan;
import telos.plans.syntax.Position;
import telos.plans.syntax.Statement;
import telos.plans.syntax.Tree;

/**
 * Tells whether a run may have changed something outside before it ended, from the plan's text and the place of its end alone:
 * whether it really has can depend on data, and must not decide what a planner is shown.
 */
final class Aftermath {
    private final Set<String> effects;
    private final List<Expression.Name> named = new ArrayList<>();
    private boolean repeated;
    private boolean deferred;
    private boolean functions;

    private Aftermath(Set<String> effects) {
        this.effects = effects;
    }

    static boolean mayHaveChanged(Plan plan, World world, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Denied(Position position, String tool, String _) ->
                mayHaveChanged(plan, effects(world), position, Optional.of(tool));
            case Outcome.Failed(Optional<Position> position, String _, String _) ->
                position.isEmpty() || mayHaveChanged(plan, effects(world), position.get(), Optional.empty());
            case Outcome.Ok _, Outcome.Lost _, Outcome.Spent _, Outcome.Refused _ -> true;
        };
    }

    private static Set<String> effects(World world) {
        return world.tools().values().stream()
                .filter(Tool::effect)
                .map(Tool::name)
                .collect(Collectors.toSet());
    }

    private static boolean mayHaveChanged(Plan plan, Set<String> effects, Position end, Optional<String> denied) {
        Aftermath before = new Aftermath(effects);
        Aftermath last = new Aftermath(effects);
        Aftermath after = new Aftermath(effects);
        List<Statement> body = plan.body();
        int at = 0;
        while (at + 1 < body.size() && body.get(at + 1).position().compareTo(end) <= 0) {
            at++;
        }
        for (int i = 0; i < body.size(); i++) {
            (i < at ? before : i == at ? last : after).look(body.get(i), false);
        }
        if (before.deferred || last.deferred || after.deferred || !before.named.isEmpty()) {
            return true;
        }
        if (last.functions && !(last.named.isEmpty() && after.named.isEmpty())) {
            return true; // the place is inside of what is written here and called who knows where
        }
        if (last.named.isEmpty()) {
            return false;
        }
        return last.repeated
                || last.named.size() > 1
                || denied.isEmpty()
                || !last.named.getFirst().name().equals(denied.get());
    }

    /** Tools in what runs later, or as values, may have been called at any place. */
    private void look(Node node, boolean later) {
        if (node instanceof Expression.Name name && effects.contains(name.name())) {
            named.add(name);
            deferred = true;
            return;
        }
        repeated |= node instanceof Statement.For || node instanceof Statement.While;
        boolean function = node instanceof Statement.Function
                || node instanceof Expression.Lambda
                || node instanceof Expression.Comprehension;
        functions |= function;
        boolean inside = later || function;
        if (node instanceof Expression.Call call
                && call.function() instanceof Expression.Name name
                && effects.contains(name.name())) {
            named.add(name);
            deferred |= inside;
            call.arguments().forEach(each -> look(each, inside));
            return;
        }
        Tree.children(node).forEach(each -> look(each, inside));
    }
}
