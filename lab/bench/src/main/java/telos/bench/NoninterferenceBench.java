package telos.bench;

import java.io.IOException;
import java.util.List;
import telos.bench.noninterference.Noninterference;

/** Whether what a plan does tells somebody what that somebody may not know, and what it costs to prevent that. */
final class NoninterferenceBench implements Bench {
    private static final int PLANS = 5_000;
    private static final int KNOWN_PLANS = 5_000;
    private static final int MUTANTS_WANTED = 25;
    private static final double ALLOWED_WANTED = 80;
    private static final List<String> PARTS = List.of("leaks", "semantics", "known", "mutants");

    @Override
    public String name() {
        return "noninterference";
    }

    @Override
    public String about() {
        return PLANS + " seeded random plans, half over every construct of the language and half errands as people and"
                + " models write them (fetch, look, count, tell somebody), in pairs of worlds that look the same to one"
                + " of four observers, three readers and whoever relies on what is trusted: none may see a difference."
                + " Beside it the share of plans that truly tell nothing and are let through, the same plans with every"
                + " label public against CPython, the same search with one label rule removed, and of plans without"
                + " their effects whether what is public of their variables, and of what may still be used, is the same at the end:"
                + " where it is not, a plan written for it may tell a secret. It shows no leak by time, none through data that the worlds"
                + " do not vary, and nothing of plans that nobody generates.";
    }

    @Override
    public List<String> options() {
        return List.of("--only " + String.join("|", PARTS), "--plans N", "--seed N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int plans = options.whole("--plans", PLANS, 1, 1_000_000);
        int seed = options.whole("--seed", 0, 0, Integer.MAX_VALUE);
        Figures figures = new Figures();
        for (String part : options.text("--only").map(List::of).orElse(PARTS)) {
            switch (part) {
                case "leaks" -> leaks(seed, plans, figures, out);
                case "semantics" -> semantics(seed, plans, figures, out);
                case "known" -> known(seed, Math.min(plans, KNOWN_PLANS), figures, out);
                case "mutants" -> mutants(figures, out);
                default ->
                    throw BenchException.usage("no part named '" + part + "'; there are " + String.join(", ", PARTS));
            }
        }
        return figures.atMost("leaks", 0)
                .atMost("known_differently", 0)
                .atLeast("harmless_allowed_pct", ALLOWED_WANTED)
                .atMost("semantics_mismatches", 0)
                .atLeast("mutants", MUTANTS_WANTED)
                .atMost("mutants_survived", 0);
    }

    private static void leaks(int seed, int plans, Figures figures, Console out) {
        Noninterference.Leaks found = Noninterference.leaks(seed, plans, out::line);
        figures.put("plans", found.plans())
                .put("leaks", found.leaks())
                .put("cut_off", found.cutOff())
                .put("harmless", found.harmless())
                .put("harmless_allowed_pct", found.allowedPercent())
                .put("harmless_allowed_any_pct", found.allowedAnyPercent())
                .put("harmless_allowed_errands_pct", found.allowedErrandsPercent());
    }

    private static void semantics(int seed, int plans, Figures figures, Console out)
            throws BenchException, InterruptedException {
        try {
            Noninterference.Semantics found = Noninterference.semantics(seed, plans, out::line);
            figures.put("semantics_compared", found.compared()).put("semantics_mismatches", found.mismatches());
        } catch (IOException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void known(int seed, int plans, Figures figures, Console out) {
        Noninterference.Known found = Noninterference.known(seed, plans, out::line);
        figures.put("known_compared", found.compared()).put("known_differently", found.differently());
    }

    private static void mutants(Figures figures, Console out) {
        Noninterference.Killed found = Noninterference.mutants(out::line);
        figures.put("mutants", found.mutants())
                .put("mutants_killed", found.killed())
                .put("mutants_survived", found.mutants() - found.killed());
    }
}
