package telos.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.TensorType;
import telos.inference.model.RandomModel;
import telos.kernel.scheduling.Policy;
import telos.simulation.ClockTrials;
import telos.simulation.DeadlineTrials;
import telos.simulation.DecisionTime;

/** Whether the clock divides as it promises. */
final class ClockBench implements Bench {
    private static final int SEEDS = 5;
    private static final int TOKEN_REPETITIONS = 9;
    private static final int SIMULATED = 1000;
    private static final int STALL_REPETITIONS = 3;
    private static final int TASK_SETS = 100;
    private static final int ENTITIES = 1000;
    private static final List<Double> LOADS = List.of(0.7, 0.8, 0.9, 1.0, 1.1);
    private static final List<String> PARTS =
            List.of("tokens", "programs", "deadlines", "agents", "stall", "decisions");

    private final Project project;

    ClockBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String about() {
        return "how the one scheduler divides. On the engine: two tenants with long and short prompts, by virtual time and"
                + " first come first served in turn; agents of several steps under three policies; the gaps of a stream"
                + " while prompts of " + StallWatch.PROMPT + " tokens arrive, with and without a bound. On the machine:"
                + " programs that share a CPU, by their CPU time in /proc. Simulated, under a virtual clock: the same"
                + " bound over " + SIMULATED + " seeds, deadlines of periodic tasks, longest waits (what bounds"
                + " them is each policy's contract, which PolicyContractTest holds). And the time of a"
                + " decision. Models are small and the machine is one; it says nothing of large batches or accelerators.";
    }

    @Override
    public List<String> options() {
        return List.of("--only " + String.join("|", PARTS), "--seeds N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int seeds = options.whole("--seeds", SEEDS, 1, 100);
        List<String> parts = options.text("--only").map(List::of).orElse(PARTS);
        Figures figures = new Figures();
        for (String part : parts) {
            switch (part) {
                case "tokens" -> tokens(options.whole("--seeds", TOKEN_REPETITIONS, 1, 100), figures, out);
                case "programs" -> programs(figures, out);
                case "deadlines" -> deadlines(figures, out);
                case "agents" -> agents(seeds, figures, out);
                case "stall" -> stall(figures, out);
                case "decisions" -> decisions(figures, out);
                default ->
                    throw BenchException.usage("no part named '" + part + "'; there are " + String.join(", ", PARTS));
            }
        }
        return figures.atMost("engine_vtc_bound_violations", 0)
                .atLeast("engine_fcfs_bound_violations", 1)
                .atMost("vtc_bound_violations", 0)
                .atLeast("fcfs_bound_violations", 1)
                .atLeast("throughput_ratio", 0.97)
                .atMost("share_error_max", 0.03)
                .atMost("admitted_misses", 0)
                .atLeast("admitted_share_least", 0.9)
                .atMost("stall_ratio", 1.5)
                .atMost("decision_us", 2);
    }

    private void tokens(int seeds, Figures figures, Console out) throws BenchException, InterruptedException {
        try (LoadedModel model = LoadedModel.load(
                project.builtInModel(),
                TokenFairness.BLOCKS,
                Runtime.getRuntime().availableProcessors())) {
            model.warm();
            new TokenFairness(model, out).measure(seeds, figures);
        }
        ClockTrials fair = simulated("fair", out);
        ClockTrials firstCome = simulated("first-come", out);
        figures.put("vtc_bound_violations", fair.boundViolations())
                .put("fcfs_bound_violations", firstCome.boundViolations())
                .put("simulated_seeds", SIMULATED);
        if (!fair.broken().isEmpty()) {
            figures.broken();
        }
    }

    private static ClockTrials simulated(String policy, Console out) throws BenchException {
        ClockTrials trials = ClockTrials.run(0, SIMULATED, named(policy));
        trials.broken().forEach(out::line);
        out.line(String.format(
                Locale.ROOT,
                "%s: %d simulated seeds, beyond the bound in %d, widest %.2f of it",
                policy,
                trials.seeds(),
                trials.boundViolations(),
                trials.widestGap()));
        return trials;
    }

    private static Policy named(String name) throws BenchException {
        Optional<Policy> policy = Policy.named(name);
        return policy.orElseThrow(() -> new BenchException("there is no policy named " + name));
    }

    private void programs(Figures figures, Console out) throws BenchException, InterruptedException {
        new ProgramShares(project, out).measure(figures);
    }

    private static void deadlines(Figures figures, Console out) {
        long misses = 0;
        double admitted = 0;
        double least = 1;
        for (double load : LOADS) {
            DeadlineTrials trials = DeadlineTrials.run(load, 0, TASK_SETS);
            misses += trials.misses();
            admitted += trials.admitted() / LOADS.size();
            least = Math.min(least, trials.admitted());
            out.line(String.format(
                    Locale.ROOT,
                    "deadlines at %.0f %% of capacity: %d jobs, %d missed, %.3f of what is feasible admitted",
                    100 * load,
                    trials.jobs(),
                    trials.misses(),
                    trials.admitted()));
        }
        figures.put("admitted_misses", misses).put("admitted_share", admitted).put("admitted_share_least", least);
    }

    private void agents(int seeds, Figures figures, Console out) throws BenchException, InterruptedException {
        try (LoadedModel model = LoadedModel.load(
                project.builtInModel(),
                AgentPrograms.BLOCKS,
                Runtime.getRuntime().availableProcessors())) {
            model.warm();
            new AgentPrograms(model, out).measure(seeds, figures);
        }
    }

    private void stall(Figures figures, Console out) throws BenchException, InterruptedException {
        try (Scratch scratch = Scratch.make()) {
            Path file = scratch.resolve("stall.gguf");
            RandomModel random =
                    new RandomModel(384, 6, 6, 2, 1024, 4096, 2 * StallWatch.CONTEXT, TensorType.Q8_0, true, 1);
            out.line("a random model of " + random.parameters() / 1_000_000 + " million parameters");
            random.write(file, _ -> {});
            try (LoadedModel model = LoadedModel.load(
                    file, StallWatch.BLOCKS, Runtime.getRuntime().availableProcessors())) {
                model.warm();
                new StallWatch(model, out).measure(STALL_REPETITIONS, figures);
            }
        } catch (GgufException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void decisions(Figures figures, Console out) {
        double slowest = 0;
        for (DecisionTime time : DecisionTime.measure(Policy.known(), ENTITIES)) {
            slowest = Math.max(slowest, time.microseconds());
            ClockTrials trials = ClockTrials.run(0, SIMULATED / 10, time.policy());
            String name = time.policy().name().replace('-', '_');
            figures.put("decision_us_" + name, time.microseconds())
                    .put("longest_wait_s_" + name, trials.longestWait() / 1e9);
            out.line(String.format(
                    Locale.ROOT,
                    "%s: %.2f us for a decision among %d entities; longest wait %.2f s, simulated",
                    time.policy().name(),
                    time.microseconds(),
                    time.entities(),
                    trials.longestWait() / 1e9));
        }
        figures.put("decision_us", slowest);
    }
}
