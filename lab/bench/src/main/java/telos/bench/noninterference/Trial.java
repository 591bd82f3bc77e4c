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

    /** A difference that the observer sees between two worlds which look the same to it. */
    record Leak(Trial trial, Sight one, Sight other) {
        String describe() {
            return "seed " + trial.seed + ", " + trial.observer + " sees " + one.by(trial.observer) + " ("
                    + one.outcome() + ")\n  or else " + other.by(trial.observer) + " (" + other.outcome() + ")\n"
                    + trial.source;
        }
    }

    /** Runs the plan in each world. */
    Optional<Leak> leak() {
        return leak(labelled(1), variant -> labelled(variant));
    }

    /** The same without one of the rules by which labels move. */
    Optional<Leak> leakWithout(String rule) {
        return leak(without(rule, 1), variant -> without(rule, variant));
    }

    private Optional<Leak> leak(Sight first, java.util.function.IntFunction<Sight> others) {
        List<String> seen = first.by(observer);
        for (int variant = 2; variant <= 1 + OTHERS; variant++) {
            Sight other = others.apply(variant);
            if (!first.cutOff() && !other.cutOff() && !other.by(observer).equals(seen)) {
                return Optional.of(new Leak(this, first, other));
            }
        }
        return Optional.empty();
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

    /**
     * Whether it truly tells nobody anything: without labels it has effects beside the last one, it comes to its end, and
     * nobody sees a difference in any of the worlds that were tried.
     */
    boolean harmless() {
        for (Observer each : Observer.values()) {
            Sight first = unlabelled(each, 1);
            if (!first.ok() || first.effects().size() < 2) {
                return false;
            }
            List<String> seen = first.by(each);
            for (int variant = 2; variant <= 1 + OTHERS_UNLABELLED; variant++) {
                Sight other = unlabelled(each, variant);
                if (!other.ok() || !other.by(each).equals(seen)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The plan with every label public. */
    Sight open() {
        return Sight.of(listener -> Plans.run(plan, RandomWorld.open(seed), listener, limits));
    }
}
