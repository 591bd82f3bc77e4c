package telos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Forecast;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.TreeLine;

/**
 * Two tenants, one with long prompts and one with short ones, whose requests are all there from the start: how far apart
 * their service gets while both wait, and how long the same work takes, first come first served and by virtual time.
 */
final class TokenFairness {
    private static final int LONG_PROMPT = 512;
    private static final int SHORT_PROMPT = 16;
    private static final int ANSWER = 32;
    private static final int LONG_REQUESTS = 40;
    private static final int SHORT_REQUESTS = LONG_REQUESTS * (LONG_PROMPT + 2 * ANSWER) / (SHORT_PROMPT + 2 * ANSWER);
    private static final int SEQUENCES = 16;
    /** One side first and last, the other twice in between, so that a machine that gets slower slows both. */
    private static final int TURNS = 4;

    /** The pool, so that the bound is narrow: in blocks. */
    static final int BLOCKS = 128;

    private static final int POOL_TOKENS = BLOCKS * 16;
    private static final Limits LIMITS = new Limits(256, SEQUENCES, 1024, 4096);

    private final LoadedModel model;
    private final Console out;

    TokenFairness(LoadedModel model, Console out) {
        this.model = model;
        this.out = out;
    }

    /** 2 max(wp L, wq M): L tokens in a prompt, M tokens in the batch at most; in prices of tokens. */
    static double bound() {
        return 2.0 * Math.max(Prices.USUAL.input() * LONG_PROMPT, Prices.USUAL.output() * POOL_TOKENS) / Prices.ONE;
    }

    void measure(int repetitions, Figures figures) throws BenchException, InterruptedException {
        Samples ratios = new Samples();
        double widestFair = 0;
        double widestFirst = Double.MAX_VALUE;
        int violations = 0;
        int firstViolations = 0;
        once(false, 0); // warms it
        once(true, 0);
        for (int seed = 1; seed <= repetitions; seed++) {
            double fairSeconds = 0;
            double firstSeconds = 0;
            double widest = 0;
            double narrowest = Double.MAX_VALUE;
            for (int turn = 0; turn < TURNS; turn++) {
                if ((turn == 0 || turn == TURNS - 1) == (seed % 2 == 0)) {
                    Trial fair = once(true, seed);
                    fairSeconds += fair.seconds();
                    widest = Math.max(widest, fair.widest());
                } else {
                    Trial first = once(false, seed);
                    firstSeconds += first.seconds();
                    narrowest = Math.min(narrowest, first.widest());
                }
            }
            ratios.add(firstSeconds / fairSeconds);
            widestFair = Math.max(widestFair, widest);
            widestFirst = Math.min(widestFirst, narrowest);
            violations += widest > bound() ? 1 : 0;
            firstViolations += narrowest > bound() ? 1 : 0;
            out.line(String.format(
                    Locale.ROOT,
                    "tokens %d of %d: apart by %.0f (fair) and %.0f (first come), bound %.0f; %.2f s and %.2f s",
                    seed,
                    repetitions,
                    widest,
                    narrowest,
                    bound(),
                    fairSeconds,
                    firstSeconds));
        }
        figures.put("engine_vtc_bound", bound())
                .put("engine_vtc_widest", widestFair)
                .put("engine_vtc_bound_violations", violations)
                .put("engine_fcfs_least_widest", widestFirst)
                .put("engine_fcfs_bound_violations", firstViolations)
                .put("throughput_ratio", ratios.median());
    }

    private record Trial(double widest, double seconds) {}

    private Trial once(boolean fair, int seed) throws BenchException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Line line = fair ? new TreeLine(Policy.fair(), Prices.USUAL, Forecast.BLIND) : Line.firstComeFirstServed();
        ServiceLine counted = new ServiceLine(line, "long", LONG_REQUESTS + SHORT_REQUESTS);
        try (ClockRun run = new ClockRun(model, LIMITS, counted, Pace.unbounded())) {
            List<int[]> prompts = new ArrayList<>();
            List<Claim> claims = new ArrayList<>();
            for (int i = 0; i < SHORT_REQUESTS; i++) {
                if (i < LONG_REQUESTS) {
                    prompts.add(run.prompt(random, LONG_PROMPT));
                    claims.add(Claim.of("long", "long"));
                }
                prompts.add(run.prompt(random, SHORT_PROMPT));
                claims.add(Claim.of("short", "short"));
            }
            List<Generation> generations = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                generations.add(run.start(prompts.get(i), ANSWER, claims.get(i)));
            }
            for (Generation generation : generations) {
                generation.await();
            }
            return new Trial(counted.widest(), (System.nanoTime() - counted.opened()) / 1e9);
        }
    }
}
