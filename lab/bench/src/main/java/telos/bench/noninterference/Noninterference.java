package telos.bench.noninterference;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The parts of the measurement. Each says what it found where something is not as it must be. */
public final class Noninterference {
    private static final int SHOWN = 3;

    /**
     * Of plans in pairs of worlds.
     *
     * @param leaks plans of which somebody sees a difference
     * @param cutOff plans that the clock ended, which are compared with nothing
     * @param harmless plans that truly tell nobody anything
     * @param allowedPercent of these, the share that ran to its end; then of plans over all constructs and of errands apart
     */
    public record Leaks(
            int plans,
            int leaks,
            int cutOff,
            int harmless,
            double allowedPercent,
            double allowedAnyPercent,
            double allowedErrandsPercent) {}

    /** Of plans that were compared with CPython. */
    public record Semantics(int compared, int mismatches) {}

    /**
     * Of plans without effects that ended well in two worlds.
     *
     * @param differently those after which something else is public in one world than in another
     */
    public record Known(int compared, int differently) {}

    /** Of label rules that were removed. */
    public record Killed(int mutants, int killed) {}

    private Noninterference() {}

    /** Runs as many plans, from a seed on, and searches for differences. */
    public static Leaks leaks(long from, int plans, Consumer<String> out) {
        Survey survey = Survey.of(from, plans);
        survey.leaks().stream().limit(SHOWN).forEach(out);
        return new Leaks(
                plans,
                survey.leaks().size(),
                survey.cutOff(),
                survey.harmless(),
                Survey.share(survey.allowed(), survey.harmless()),
                Survey.share(survey.allowed() - survey.allowedErrands(), survey.harmless() - survey.harmlessErrands()),
                Survey.share(survey.allowedErrands(), survey.harmlessErrands()));
    }

    /**
     * Runs as many plans where everything is public, here and in CPython.
     *
     * @throws IOException if there is no CPython to compare with
     */
    public static Semantics semantics(long from, int plans, Consumer<String> out)
            throws IOException, InterruptedException {
        List<Reference.Case> cases = LongStream.range(from, from + plans)
                .parallel()
                .mapToObj(seed -> {
                    Trial trial = RandomPlan.trial(seed);
                    return new Reference.Case(trial, RandomWorld.open(seed), trial.open());
                })
                .toList();
        Reference.Verdict verdict = Reference.compare(cases);
        verdict.mismatches().stream().limit(SHOWN).forEach(out);
        return new Semantics(verdict.compared(), verdict.mismatches().size());
    }

    /** Runs as many plans to their end, and compares what everybody may know of their variables then. */
    public static Known known(long from, int plans, Consumer<String> out) {
        List<Knowledge.Finding> all = Knowledge.of(from, plans);
        List<Knowledge.Finding> different =
                all.stream().filter(each -> each.difference().isPresent()).toList();
        different.stream()
                .limit(SHOWN)
                .forEach(each -> out.accept(each.difference().orElseThrow()));
        return new Known((int) all.stream().filter(Knowledge.Finding::compared).count(), different.size());
    }

    /** Removes one label rule after the other. */
    public static Killed mutants(Consumer<String> out) {
        Mutants.Result result = Mutants.run();
        result.survivors().forEach(rule -> out.accept("no leak was found without " + rule));
        return new Killed(
                result.mutants(), result.mutants() - result.survivors().size());
    }
}
