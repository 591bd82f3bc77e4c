package telos.bench.noninterference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import telos.plans.Laboratory;
import telos.plans.Limits;
import telos.plans.Plans;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;

/**
 * One plan and the worlds that its seed gives.
 *
 * @param observer whom the pairs of worlds are made for
 */
record Trial(long seed, String source, Plan plan, Observer observer, Limits limits) {
    private static final Limits LIMITS = new Limits(50_000_000, 512L << 20, 100, Duration.ofSeconds(20));

    /** Worlds beside the first one that a plan is run in. */
    private static final int OTHERS = 2;

    /** Worlds beside the first one, for each observer, that a plan without labels is run in. */
    private static final int OTHERS_UNLABELLED = 7;

    /** Far worlds beside these. */
    private static final int FAR_UNLABELLED = 5;

    /** Enough in far worlds too for what does not take for ever there. */
    private static final Limits FAR_LIMITS = new Limits(300_000, 16L << 20, 100, Duration.ofSeconds(20));

    static Trial of(long seed, String source) {
        return switch (PlanParser.parse(source)) {
            case Parsed.Accepted(Plan plan) -> new Trial(seed, source, plan, RandomPlan.observer(seed), LIMITS);
            case Parsed.Refused refused ->
                throw new IllegalStateException("the plan of seed " + seed + " cannot be read: "
                        + refused.fault().describe() + "\n" + source);
        };
    }

    /** The same with other limits. */
    Trial within(Limits others) {
        return new Trial(seed, source, plan, observer, others);
    }

    /**
     * A difference that the observer sees between two worlds which look the same to it, or a run that was ended because
     * what happened had not been foreseen: in a world that looks the same it might not have been.
     */
    record Leak(Trial trial, Sight one, Sight other) {
        String describe() {
            return "seed " + trial.seed + ", " + trial.observer + " sees " + one.by(trial.observer) + " ("
                    + one.outcome() + ")\n  or else " + other.by(trial.observer) + " (" + other.outcome() + ")\n"
                    + trial.source;
        }
    }

    /** Runs the plan in each world, and in a far one. */
    Optional<Leak> leak() {
        Optional<Leak> near = leak(labelled(1), variant -> labelled(variant));
        if (near.isPresent()) {
            return near;
        }
        Sight first = within(FAR_LIMITS).labelled(1);
        Sight far = Sight.of(listener -> Plans.run(plan, RandomWorld.far(seed, observer, 1), listener, FAR_LIMITS));
        return isLeak(first, far) ? Optional.of(new Leak(this, first, far)) : Optional.empty();
    }

    /** The same without one of the rules by which labels move. */
    Optional<Leak> leakWithout(String rule) {
        return leak(without(rule, 1), variant -> without(rule, variant));
    }

    private Optional<Leak> leak(Sight first, java.util.function.IntFunction<Sight> others) {
        for (int variant = 2; variant <= 1 + OTHERS; variant++) {
            Sight other = others.apply(variant);
            if (isLeak(first, other)) {
                return Optional.of(new Leak(this, first, other));
            }
        }
        return Optional.empty();
    }

    private boolean isLeak(Sight one, Sight other) {
        return one.unforeseen()
                || other.unforeseen()
                || (!one.cutOff() && !other.cutOff() && !other.by(observer).equals(one.by(observer)));
    }

    Sight labelled(int variant) {
        return Sight.of(listener -> Plans.run(plan, RandomWorld.of(seed, observer, variant), listener, limits));
    }

    private Sight without(String rule, int variant) {
        return Sight.of(
                listener -> Laboratory.without(rule, plan, RandomWorld.of(seed, observer, variant), listener, limits));
    }

    private Sight unlabelled(Observer whose, int variant) {
        return Sight.of(
                listener -> Laboratory.unlabelled(plan, RandomWorld.of(seed, whose, variant), listener, limits));
    }

    private Sight far(Observer whose, int variant) {
        return Sight.of(
                listener -> Laboratory.unlabelled(plan, RandomWorld.far(seed, whose, variant), listener, FAR_LIMITS));
    }

    /**
     * Whether it truly tells nobody anything: without labels it has effects beside the last one, it comes to its end, and
     * nobody sees a difference in any of the worlds that were tried: near ones, and far ones where it has room enough.
     */
    boolean harmless() {
        Sight first = unlabelled(observer, 1);
        if (!first.ok() || first.effects().size() < 2) {
            return false;
        }
        boolean endsSoon = within(FAR_LIMITS).unlabelled(observer, 1).ok();
        for (Observer each : Observer.values()) {
            List<String> seen = unlabelled(each, 1).by(each);
            for (int variant = 2; variant <= 1 + OTHERS_UNLABELLED; variant++) {
                if (differs(unlabelled(each, variant), each, seen)) {
                    return false;
                }
            }
            for (int variant = 1; endsSoon && variant <= FAR_UNLABELLED; variant++) {
                if (differs(far(each, variant), each, seen)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean differs(Sight other, Observer observer, List<String> seen) {
        return other.cutOff() || !other.by(observer).equals(seen);
    }

    /** The plan with every label public. */
    Sight open() {
        return Sight.of(listener -> Plans.run(plan, RandomWorld.open(seed), listener, limits));
    }
}
