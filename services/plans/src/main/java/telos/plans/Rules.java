package telos.plans;

import java.util.EnumSet;
import java.util.Set;

/** Which label rules hold. All of them, except in the laboratory. */
final class Rules {
    static final Rules ALL = new Rules(EnumSet.noneOf(LabelRule.class), true);

    private final Set<LabelRule> missing;
    private final boolean complete;
    final boolean tracking;

    private Rules(Set<LabelRule> missing, boolean tracking) {
        this.missing = missing;
        this.complete = missing.isEmpty();
        this.tracking = tracking;
    }

    static Rules without(LabelRule rule) {
        return new Rules(EnumSet.of(rule), true);
    }

    /** No labels at all: what comes in has none. */
    static Rules off() {
        return new Rules(EnumSet.noneOf(LabelRule.class), false);
    }

    /** Whether none is missing. */
    boolean isComplete() {
        return complete;
    }

    boolean hold(LabelRule rule) {
        return complete || !missing.contains(rule);
    }
}
