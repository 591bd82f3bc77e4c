package telos.bench.noninterference;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What came of many plans.
 *
 * @param leaks each with its plan
 * @param cutOff plans that the clock ended, which are compared with nothing
 * @param harmless plans that truly tell nobody anything, errands among them apart
 * @param allowed those of them that ran to their end
 */
record Survey(
        int plans, List<String> leaks, int cutOff, int harmless, int allowed, int harmlessErrands, int allowedErrands) {
    private record Finding(String leak, boolean cutOff, boolean errand, boolean harmless, boolean allowed) {}

    static Survey of(long from, int count) {
        List<Finding> all = LongStream.range(from, from + count)
                .parallel()
                .mapToObj(Survey::finding)
                .toList();
        return new Survey(
                count,
                all.stream().map(Finding::leak).filter(leak -> !leak.isEmpty()).toList(),
                (int) all.stream().filter(Finding::cutOff).count(),
                (int) all.stream().filter(Finding::harmless).count(),
                (int) all.stream().filter(Finding::allowed).count(),
                (int) all.stream()
                        .filter(Finding::errand)
                        .filter(Finding::harmless)
                        .count(),
                (int) all.stream()
                        .filter(Finding::errand)
                        .filter(Finding::allowed)
                        .count());
    }

    private static Finding finding(long seed) {
        Trial trial = RandomPlan.trial(seed);
        String leak = trial.leak().map(Trial.Leak::describe).orElse("");
        Sight run = trial.labelled(1);
        boolean harmless = trial.harmless();
        return new Finding(leak, run.cutOff(), RandomPlan.isErrand(seed), harmless, harmless && run.ok());
    }

    /** A share of a hundred; all of nothing. */
    static double share(int part, int whole) {
        return whole == 0 ? 100 : 100.0 * part / whole;
    }
}
