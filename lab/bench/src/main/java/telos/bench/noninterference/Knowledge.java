package telos.bench.noninterference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import telos.plans.Laboratory;
import telos.plans.Limits;
import telos.plans.Tool;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;

/**
 * What everybody may know of the variables of a plan once it has ended must be the same in worlds that look the same, or a
 * plan that is written for it could tell a secret by it, though the plan at hand does not. Effects are taken out of the plans:
 * most would be denied, and such a run says nothing.
 */
final class Knowledge {
    private static final Limits LIMITS = new Limits(300_000, 16L << 20, 100, Duration.ofSeconds(20));
    private static final int WORLDS = 3;

    private static final String EFFECTS = "\\b(" + String.join("|", effects()) + ")\\(";

    private Knowledge() {}

    private static List<String> effects() {
        return RandomWorld.open(0).tools().values().stream()
                .filter(Tool::effect)
                .map(Tool::name)
                .toList();
    }

    /**
     * A plan in its worlds.
     *
     * @param compared whether it ended well in two of them
     * @param difference the plan with what is known in one world and in another, if that differs
     */
    record Finding(boolean compared, Optional<String> difference) {}

    static List<Finding> of(long from, int count) {
        return LongStream.range(from, from + count)
                .parallel()
                .mapToObj(Knowledge::finding)
                .toList();
    }

    private static Finding finding(long seed) {
        String source = RandomPlan.of(seed).replaceAll(EFFECTS, "(");
        List<String> first = List.of();
        boolean compared = false;
        if (PlanParser.parse(source) instanceof Parsed.Accepted(Plan plan)) {
            for (int variant = 1; variant <= WORLDS; variant++) {
                List<String> known = known(plan, seed, variant);
                if (known.isEmpty()) {
                    continue;
                }
                if (first.isEmpty()) {
                    first = known;
                    continue;
                }
                compared = true;
                if (!known.equals(first)) {
                    String said = "seed " + seed + ", known in one world\n  " + String.join("\n  ", first)
                            + "\nand in another\n  " + String.join("\n  ", known) + "\n" + source;
                    return new Finding(true, Optional.of(said));
                }
            }
        }
        return new Finding(compared, Optional.empty());
    }

    private static List<String> known(Plan plan, long seed, int variant) {
        Observer observer = RandomPlan.observer(seed);
        return Laboratory.known(plan, RandomWorld.of(seed, observer, variant), observer::mayKnow, LIMITS);
    }
}
