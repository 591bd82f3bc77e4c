package telos.kernel.security.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;

/** The rules and limits that are for one tool, in the order in which they are asked. */
final class RuleSet {
    /**
     * A rule made ready.
     *
     * @param reads whose values it looks at, and whether an untrusted one may decide
     */
    record Ready(PolicyRule rule, Condition condition, Map<String, Boolean> reads) {
        Ready(PolicyRule rule) {
            this(rule, rule.condition(), reads(rule));
        }

        private static Map<String, Boolean> reads(PolicyRule rule) {
            Map<String, Boolean> reads = new LinkedHashMap<>();
            for (String each : rule.reads()) {
                reads.put(each, rule.evenIfUntrusted().contains(each));
            }
            return reads;
        }

        /** What carries the label of the values that it looks at, of those that are hidden. */
        Label looks(Call call, Predicate<String> hidden) {
            Label label = Label.BOTTOM;
            for (Map.Entry<String, Boolean> each : reads.entrySet()) {
                if (hidden.test(each.getKey())) {
                    Label one = call.label(each.getKey());
                    label = label.join(each.getValue() ? new Label(Integrity.USER, one.readers(), one.sources()) : one);
                }
            }
            return label;
        }

        /** Whether it may take hold, and whether it may not; what is void holds a call up and never lets it through. */
        boolean mayFire(int truth) {
            return (truth & (rule.effect() == Effect.PERMIT ? Truth.YES : Truth.YES | Truth.VOID)) != 0;
        }

        boolean mayRest(int truth) {
            return (truth & (rule.effect() == Effect.PERMIT ? Truth.NO | Truth.VOID : Truth.NO)) != 0;
        }
    }

    /** Forbids, then asks, then permits. */
    final List<Ready> rules;

    final List<Limit> limits;
    /** The place of each limit in its policy. */
    final int[] indices;

    /** Every argument whose value may be looked at. */
    final List<String> reads;

    RuleSet(String tool, List<PolicyRule> all, List<Limit> everyLimit) {
        List<Ready> sorted = new ArrayList<>();
        for (Effect effect : List.of(Effect.FORBID, Effect.ASK, Effect.PERMIT)) {
            for (PolicyRule each : all) {
                if (each.effect() == effect && each.isFor(tool)) {
                    sorted.add(new Ready(each));
                }
            }
        }
        rules = List.copyOf(sorted);
        List<Limit> mine = new ArrayList<>();
        indices = new int[everyLimit.size()];
        for (int i = 0; i < everyLimit.size(); i++) {
            if (everyLimit.get(i).isFor(tool)) {
                indices[mine.size()] = i;
                mine.add(everyLimit.get(i));
            }
        }
        limits = List.copyOf(mine);
        List<String> found = new ArrayList<>();
        rules.forEach(each -> found.addAll(each.reads().keySet()));
        limits.forEach(each -> each.summed().ifPresent(found::add));
        reads = found.stream().distinct().toList();
    }

    boolean isEmpty() {
        return rules.isEmpty() && limits.isEmpty();
    }

    /** The join of whatever could be looked at. */
    Label looksAtMost(Call call, Spending spending, Predicate<String> hidden) {
        Label label = Label.BOTTOM;
        for (int i = 0; i < limits.size(); i++) {
            label = label.join(spending.label(indices[i]));
            String summed = limits.get(i).summed().orElse(null);
            if (summed != null && hidden.test(summed)) {
                label = label.join(call.label(summed));
            }
        }
        for (Ready each : rules) {
            label = label.join(each.looks(call, hidden));
        }
        return label;
    }
}
