package telos.kernel.security.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Everything that a policy may say of a call of which a part is known, and why for each. */
public final class Outcomes {
    public enum Kind {
        PERMIT,
        DENY,
        ASK
    }

    private static final int PERMIT = 1;
    private static final int DENY = 2;
    private static final int ASK = 4;

    private int possible;
    private @Nullable Place permits;
    private @Nullable Place denies;
    private @Nullable Place asks;
    private Label looked = Label.BOTTOM;

    private Outcomes() {}

    public boolean mayBe(Kind kind) {
        return (possible & bit(kind)) != 0;
    }

    public boolean surely(Kind kind) {
        return possible == bit(kind);
    }

    /** The only one. */
    public Optional<Kind> certain() {
        return switch (possible) {
            case PERMIT -> Optional.of(Kind.PERMIT);
            case DENY -> Optional.of(Kind.DENY);
            case ASK -> Optional.of(Kind.ASK);
            default -> Optional.empty();
        };
    }

    /** The first rule or limit that would lead there; a denial without one is for want of a permission. */
    public @Nullable Place culprit(Kind kind) {
        return switch (kind) {
            case PERMIT -> permits;
            case DENY -> denies;
            case ASK -> asks;
        };
    }

    /** The join of what the rules that are not settled look at of what is hidden. */
    Label looked() {
        return looked;
    }

    private static int bit(Kind kind) {
        return switch (kind) {
            case PERMIT -> PERMIT;
            case DENY -> DENY;
            case ASK -> ASK;
        };
    }

    /** All ways through the rules, in the order in which they are asked. */
    static Outcomes of(RuleSet set, Evaluation evaluation) {
        Outcomes outcomes = new Outcomes();
        for (int i = 0; i < set.limits.size(); i++) {
            Limit limit = set.limits.get(i);
            int exceeded = evaluation.exceeded(limit, set.indices[i]);
            if (exceeded != Truth.NO) {
                outcomes.denied(limit.place());
                if ((exceeded & Truth.NO) == 0) {
                    return outcomes;
                }
                outcomes.looked = outcomes.looked.join(evaluation.looks(limit, set.indices[i]));
            }
        }
        for (int i = 0; i < set.rules.size(); i++) {
            RuleSet.Ready each = set.rules.get(i);
            int truth = evaluation.truth(each.condition());
            if (each.mayFire(truth)) {
                outcomes.fires(each.rule());
            }
            if (!each.mayRest(truth)) {
                return outcomes;
            }
            if (Integer.bitCount(truth) > 1) {
                outcomes.looked = outcomes.looked.join(evaluation.looks(each));
            }
        }
        outcomes.possible |= DENY;
        return outcomes;
    }

    private void denied(Place place) {
        possible |= DENY;
        denies = denies == null ? place : denies;
    }

    private void fires(PolicyRule rule) {
        switch (rule.effect()) {
            case FORBID -> denied(rule.place());
            case ASK -> {
                possible |= ASK;
                asks = asks == null ? rule.place() : asks;
            }
            case PERMIT -> {
                possible |= PERMIT;
                permits = permits == null ? rule.place() : permits;
            }
        }
    }
}
