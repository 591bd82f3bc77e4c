package telos.kernel.security.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One rule.
 *
 * @param tools the calls that it is for
 * @param unless it does not fit where this holds; empty for never
 * @param evenIfUntrusted arguments whose values may decide although nobody vouches for them
 * @param because a reason for people
 */
public record PolicyRule(
        Effect effect,
        List<ToolPattern> tools,
        Condition when,
        Optional<Condition> unless,
        Set<String> evenIfUntrusted,
        Optional<String> because,
        Place place) {
    public PolicyRule {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(place, "place");
        tools = List.copyOf(tools);
        evenIfUntrusted = Set.copyOf(evenIfUntrusted);
    }

    public boolean isFor(String tool) {
        for (ToolPattern each : tools) {
            if (each.fits(tool)) {
                return true;
            }
        }
        return false;
    }

    /** When it fits. */
    public Condition condition() {
        if (unless.isEmpty()) {
            return when;
        }
        Condition not = new Condition.Not(unless.get());
        return when instanceof Condition.Always ? not : new Condition.All(List.of(when, not));
    }

    /** The arguments whose values it looks at. */
    public Set<String> reads() {
        Set<String> found = new LinkedHashSet<>();
        visit(condition(), found, new LinkedHashSet<>());
        return found;
    }

    /** The arguments of which it says anything. */
    public Set<String> mentions() {
        Set<String> found = new LinkedHashSet<>();
        visit(condition(), found, found);
        found.addAll(evenIfUntrusted);
        return found;
    }

    private static void visit(Condition start, Set<String> values, Set<String> labels) {
        List<Condition> todo = new ArrayList<>(List.of(start));
        while (!todo.isEmpty()) {
            switch (todo.removeLast()) {
                case Condition.Always _ -> {}
                case Condition.All(List<Condition> parts) -> todo.addAll(parts.reversed());
                case Condition.Any(List<Condition> parts) -> todo.addAll(parts.reversed());
                case Condition.Not(Condition part) -> todo.add(part);
                case Condition.Trusted trusted -> name(trusted.subject(), labels);
                case Condition.ReadableBy(Subject subject, Told by) -> {
                    name(subject, labels);
                    values.addAll(by.namedBy());
                }
                case Condition.Tested tested -> values.add(tested.reading().argument());
            }
        }
    }

    private static void name(Subject subject, Set<String> names) {
        if (subject instanceof Subject.Argument(String name)) {
            names.add(name);
        }
    }
}
