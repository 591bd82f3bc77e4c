package telos.plans.planner;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import telos.plans.World;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Node;
import telos.plans.syntax.Parameters;
import telos.plans.syntax.Plan;
import telos.plans.syntax.Statement;
import telos.plans.syntax.Target;
import telos.plans.syntax.Tree;
import telos.plans.values.Builtins;

/** Finds names that a plan uses and that nothing in it, no built-in and no tool is called by. */
final class UnknownNames {
    private final Set<String> known = new HashSet<>();

    private UnknownNames(World world) {
        known.addAll(Builtins.globals().keySet());
        known.addAll(world.tools().keySet());
        known.add("ask");
        known.add("print");
    }

    /** The first of them, in the order of the source. */
    static Optional<Expression.Name> first(Plan plan, World world) {
        UnknownNames names = new UnknownNames(world);
        plan.body().forEach(names::bind);
        for (Statement each : plan.body()) {
            Optional<Expression.Name> found = names.find(each);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void bind(Node node) {
        switch (node) {
            case Target.Name each -> known.add(each.name());
            case Statement.Function each -> known.add(each.name());
            case Statement.ClassDefinition each -> known.add(each.name());
            case Statement.Handler each -> each.name().ifPresent(known::add);
            case Statement.ImportedName each ->
                known.add(each.alias().orElseGet(() -> each.name().split("\\.", 2)[0]));
            case Parameters.Parameter each -> known.add(each.name());
            case Expression.Walrus each -> known.add(each.name());
            default -> {}
        }
        Tree.children(node).forEach(this::bind);
    }

    private Optional<Expression.Name> find(Node node) {
        if (node instanceof Expression.Name name) {
            return known.contains(name.name()) ? Optional.empty() : Optional.of(name);
        }
        for (Node each : looked(node)) {
            Optional<Expression.Name> found = find(each);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What lies below, but no types: those that annotations and the bases of classes name need not be there. */
    private static List<? extends Node> looked(Node node) {
        return switch (node) {
            case Statement.ClassDefinition each -> each.members();
            case Statement.Function each -> each.body();
            case Statement.AnnotatedAssignment each -> each.value().stream().toList();
            case Statement.Member.Field each -> each.defaultValue().stream().toList();
            default -> Tree.children(node);
        };
    }
}
