package telos.kernel.security.policy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a policy may say of a call of which a part is known, and why for each.
 *
 * @param culprits the first rule or limit that would lead there; a denial without one is for want of a permission
 */
public record Outcomes(Set<Kind> possible, Map<Kind, Place> culprits) {
    public enum Kind {
        PERMIT,
        DENY,
        ASK
    }

    public Outcomes {
        possible = Set.copyOf(possible);
        culprits = Map.copyOf(culprits);
    }

    /** The only one. */
    public Optional<Kind> certain() {
        return possible.size() == 1 ? Optional.of(possible.iterator().next()) : Optional.empty();
    }

    public boolean surely(Kind kind) {
        return possible.size() == 1 && possible.contains(kind);
    }

    /** All ways through the rules, in the order in which they are asked. */
    static Outcomes of(RuleSet set, Evaluation evaluation) {
        EnumSet<Kind> possible = EnumSet.noneOf(Kind.class);
        EnumMap<Kind, Place> culprits = new EnumMap<>(Kind.class);
        for (int i = 0; i < set.limits.size(); i++) {
            Limit limit = set.limits.get(i);
            int exceeded = evaluation.exceeded(limit, set.indices[i]);
            if ((exceeded & (Truth.YES | Truth.VOID)) != 0) {
                possible.add(Kind.DENY);
                culprits.putIfAbsent(Kind.DENY, limit.place());
            }
            if ((exceeded & Truth.NO) == 0) {
                return new Outcomes(possible, culprits);
            }
        }
        for (RuleSet.Ready each : set.rules) {
            int truth = evaluation.truth(each.condition());
            if (each.mayFire(truth)) {
                Kind kind = switch (each.rule().effect()) {
                    case FORBID -> Kind.DENY;
                    case ASK -> Kind.ASK;
                    case PERMIT -> Kind.PERMIT;
                };
                possible.add(kind);
                culprits.putIfAbsent(kind, each.rule().place());
            }
            if (!each.mayRest(truth)) {
                return new Outcomes(possible, culprits);
            }
        }
        possible.add(Kind.DENY);
        return new Outcomes(possible, culprits);
    }
}
