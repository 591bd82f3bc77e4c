package telos.plans;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import telos.kernel.security.Label;
import telos.plans.syntax.Plan;

/** Runs plans with rules taken away, to see whether tests notice. Nothing outside of the laboratory uses it. */
public final class Laboratory {
    private Laboratory() {}

    /** The rules that can be taken away. */
    public static List<String> rules() {
        return Arrays.stream(LabelRule.values()).map(Enum::name).toList();
    }

    /** Runs a plan without one of the rules. */
    public static Outcome without(String rule, Plan plan, World world, Listener listener, Limits limits) {
        return Plans.run(plan, world, listener, limits, Rules.without(LabelRule.valueOf(rule)));
    }

    /** Runs a plan without any labels. */
    public static Outcome unlabelled(Plan plan, World world, Listener listener, Limits limits) {
        return Plans.run(plan, world, listener, limits, Rules.off());
    }

    /**
     * What everybody may know of each variable once a plan has ended, and who may know more: the same in any two worlds that
     * look the same to an observer. Nothing where it does not end well. Of an observer who may not even know that the plan has
     * come so far, only that: no later effect would be seen.
     *
     * @param observer whether it may know what carries a label
     */
    public static List<String> known(Plan plan, World world, Predicate<Label> observer, Limits limits) {
        return Plans.known(plan, world, observer, limits);
    }
}
