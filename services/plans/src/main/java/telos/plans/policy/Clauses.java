package telos.plans.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.kernel.security.policy.Condition;

/** Conditions as alternatives of plain parts, as far as there are not too many. */
final class Clauses {
    private static final int MOST = 256;

    private Clauses() {}

    /** A part that has no parts, and what it has to come to. */
    record Literal(Condition atom, boolean holds) {}

    /** All ways in which a condition can come to that, void parts left aside; empty if there are too many. */
    static Optional<List<List<Literal>>> of(Condition condition, boolean holds) {
        return switch (condition) {
            case Condition.Always _ -> Optional.of(holds ? List.of(List.of()) : List.of());
            case Condition.Not(Condition part) -> of(part, !holds);
            case Condition.All(List<Condition> parts) -> holds ? product(parts, true) : sum(parts, false);
            case Condition.Any(List<Condition> parts) -> holds ? sum(parts, true) : product(parts, false);
            case Condition.Trusted _, Condition.ReadableBy _, Condition.Tested _ ->
                Optional.of(List.of(List.of(new Literal(condition, holds))));
        };
    }

    private static Optional<List<List<Literal>>> sum(List<Condition> parts, boolean holds) {
        List<List<Literal>> all = new ArrayList<>();
        for (Condition each : parts) {
            Optional<List<List<Literal>>> one = of(each, holds);
            if (one.isEmpty() || all.size() + one.get().size() > MOST) {
                return Optional.empty();
            }
            all.addAll(one.get());
        }
        return Optional.of(all);
    }

    private static Optional<List<List<Literal>>> product(List<Condition> parts, boolean holds) {
        List<List<Literal>> all = List.of(List.of());
        for (Condition each : parts) {
            Optional<List<List<Literal>>> one = of(each, holds);
            if (one.isEmpty()) {
                return one;
            }
            Optional<List<List<Literal>>> crossed = both(all, one.get());
            if (crossed.isEmpty()) {
                return crossed;
            }
            all = crossed.get();
        }
        return Optional.of(all);
    }

    /** Whatever is one of each; what contradicts itself is left out. */
    static Optional<List<List<Literal>>> both(List<List<Literal>> some, List<List<Literal>> others) {
        List<List<Literal>> all = new ArrayList<>();
        for (List<Literal> one : some) {
            for (List<Literal> other : others) {
                List<Literal> joined = new ArrayList<>(one);
                other.stream().filter(each -> !one.contains(each)).forEach(joined::add);
                if (Consistency.possible(joined)) {
                    all.add(joined);
                    if (all.size() > MOST) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(all);
    }

    /** Whether there may be a call in which all of one hold and none of the others; false only where there is none. */
    static boolean satisfiable(Condition holds, List<Condition> fail) {
        Optional<List<List<Literal>>> ways = of(holds, true).flatMap(each -> both(List.of(List.of()), each));
        for (Condition each : fail) {
            Optional<List<List<Literal>>> before = ways;
            ways = of(each, false).flatMap(not -> before.flatMap(all -> both(all, not)));
            if (ways.isEmpty()) {
                return true;
            }
        }
        return ways.isEmpty() || !ways.get().isEmpty();
    }
}
