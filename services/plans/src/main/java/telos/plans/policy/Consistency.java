package telos.plans.policy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.policy.Check;
import telos.kernel.security.policy.Condition;
import telos.kernel.security.policy.Reading;
import telos.kernel.security.policy.Subject;
import telos.kernel.security.policy.Term;
import telos.kernel.security.policy.Told;
import telos.plans.policy.Clauses.Literal;

/** Finds parts of a condition that cannot come about together. What it calls impossible is; it does not find everything. */
final class Consistency {
    private Consistency() {}

    static boolean possible(List<Literal> literals) {
        for (Literal one : literals) {
            for (Literal other : literals) {
                if (one.holds() && !other.holds() && implies(one.atom(), other.atom())) {
                    return false;
                }
            }
        }
        Map<Reading, List<Literal>> readings = new LinkedHashMap<>();
        for (Literal each : literals) {
            if (each.atom() instanceof Condition.Tested tested
                    && tested.reading().of() == Reading.Of.IT) {
                readings.computeIfAbsent(tested.reading(), _ -> new java.util.ArrayList<>())
                        .add(each);
            }
        }
        return readings.entrySet().stream().allMatch(each -> possible(each.getKey(), each.getValue()));
    }

    /** Whether the one surely holds where the other does. */
    private static boolean implies(Condition one, Condition other) {
        if (one.equals(other)) {
            return true;
        }
        if (one instanceof Condition.Trusted first && other instanceof Condition.Trusted second) {
            return covers(first.subject(), second.subject()) && first.atLeast().atLeast(second.atLeast());
        }
        if (one instanceof Condition.ReadableBy first && other instanceof Condition.ReadableBy second) {
            return covers(first.subject(), second.subject()) && covers(first.by(), second.by());
        }
        return false;
    }

    /** What decided that the call happens is joined to every argument. */
    private static boolean covers(Subject one, Subject other) {
        return one.equals(other) || other instanceof Subject.TheCall || one instanceof Subject.EveryArgument;
    }

    private static boolean covers(Told one, Told other) {
        return one.readers().everyone()
                || (one.readers().containsAll(other.readers()) && one.namedBy().containsAll(other.namedBy()));
    }

    private static Check check(Literal literal) {
        return ((Condition.Tested) literal.atom()).check();
    }

    private static boolean possible(Reading reading, List<Literal> all) {
        boolean nothing = all.stream().anyMatch(each -> check(each) instanceof Check.Given && !each.holds());
        boolean compared = all.stream().anyMatch(each -> !(check(each) instanceof Check.Given));
        if (nothing && compared) {
            return false;
        }
        Optional<Literal> one = all.stream()
                .filter(each -> each.holds() && check(each) instanceof Check.OneOf)
                .findFirst();
        if (one.isPresent()) {
            return ((Check.OneOf) check(one.get()))
                    .values().stream().anyMatch(value -> all.stream().allMatch(each -> fits(value, each)));
        }
        return types(all) && interval(reading, all) && edges(all);
    }

    private static boolean fits(Term value, Literal literal) {
        return check(literal).of(value).equals(Optional.of(literal.holds()));
    }

    /** Numbers are no texts. */
    private static boolean types(List<Literal> all) {
        boolean number = false;
        boolean text = false;
        for (Literal each : all) {
            switch (check(each)) {
                case Check.Compared _ -> number = true;
                case Check.Starts _, Check.Ends _, Check.Matches _, Check.Under _ -> text = true;
                case Check.Contains _, Check.Given _, Check.OneOf _ -> {}
            }
        }
        return !(number && text);
    }

    private static boolean interval(Reading reading, List<Literal> all) {
        @Nullable BigDecimal low = reading.part() == Reading.Part.LENGTH ? BigDecimal.ZERO : null;
        @Nullable BigDecimal high = null;
        boolean lowOpen = false;
        boolean highOpen = false;
        for (Literal each : all) {
            if (!(check(each) instanceof Check.Compared(Check.Order order, BigDecimal with))) {
                continue;
            }
            boolean below = (order == Check.Order.LESS || order == Check.Order.AT_MOST) == each.holds();
            boolean open = (order == Check.Order.LESS || order == Check.Order.MORE) == each.holds();
            if (below && (high == null || with.compareTo(high) < 0 || (with.compareTo(high) == 0 && open))) {
                high = with;
                highOpen = open;
            }
            if (!below && (low == null || with.compareTo(low) > 0 || (with.compareTo(low) == 0 && open))) {
                low = with;
                lowOpen = open;
            }
        }
        if (low == null || high == null) {
            return true;
        }
        int order = low.compareTo(high);
        return order < 0 || (order == 0 && !lowOpen && !highOpen);
    }

    /** How texts begin and end. */
    private static boolean edges(List<Literal> all) {
        for (Literal one : all) {
            for (Literal other : all) {
                if (!one.holds()) {
                    continue;
                }
                boolean clash = switch (check(one)) {
                    case Check.Starts(String first) ->
                        check(other) instanceof Check.Starts(String second)
                                && (other.holds()
                                        ? !first.startsWith(second) && !second.startsWith(first)
                                        : first.startsWith(second));
                    case Check.Ends(String first) ->
                        check(other) instanceof Check.Ends(String second)
                                && (other.holds()
                                        ? !first.endsWith(second) && !second.endsWith(first)
                                        : first.endsWith(second));
                    case Check.Under(List<String> first) ->
                        !other.holds()
                                && check(other) instanceof Check.Under
                                && first.stream()
                                        .allMatch(folder -> check(other)
                                                .of(new Term.Text(folder))
                                                .equals(Optional.of(true)));
                    case Check.Compared _, Check.OneOf _, Check.Contains _, Check.Matches _, Check.Given _ -> false;
                };
                if (clash) {
                    return false;
                }
            }
        }
        return true;
    }
}
