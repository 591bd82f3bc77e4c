package telos.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Forecast;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.TreeLine;

/**
 * Programs of several steps, each going on from the answer before. Most have few steps of one request, some have many, and
 * some ask several things at once in each; for a while they come faster than the engine can serve them. How long they take on
 * the mean, by attained service of the program, first come first served, and fair to each request.
 */
final class AgentPrograms {
    static final int PROGRAMS = 40;
    static final int BLOCKS = 1024;

    private static final int SEQUENCES = 4;
    private static final int QUESTION = 32;
    private static final int SHORTEST_ANSWER = 8;
    private static final int ANSWER_KINDS = 4;
    /** How much faster they come than they can be served. */
    private static final double CROWDING = 1.5;

    private static final int MOST_STEPS = 8;
    private static final int WIDEST = 8;
    /** Tokens of what was said that a request repeats at most. */
    private static final int REMEMBERED = 256;
    /** Student's t by degrees of freedom, two-sided, 95 %. */
    private static final double[] STUDENT = {0, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};

    private static final Limits LIMITS = new Limits(256, SEQUENCES, 1024, 4096);

    private final LoadedModel model;
    private final Console out;

    AgentPrograms(LoadedModel model, Console out) {
        this.model = model;
        this.out = out;
    }

    void measure(int seeds, Figures figures) throws BenchException, InterruptedException {
        double[] first = new double[seeds];
        double[] request = new double[seeds];
        double speed = tokensPerSecond();
        for (int i = 0; i < seeds; i++) {
            List<Program> programs = programs(i + 1, speed);
            double byProgram = mean(programs, tree(named("attained")), false);
            double byArrival = mean(programs, Line.firstComeFirstServed(), false);
            double byRequest = mean(programs, tree(Policy.fair()), true);
            first[i] = byArrival / byProgram;
            request[i] = byRequest / byProgram;
            out.line(String.format(
                    Locale.ROOT,
                    "agents, seed %d of %d: %.2f s by attained service, %.2f s first come, %.2f s fair to requests",
                    i + 1,
                    seeds,
                    byProgram,
                    byArrival,
                    byRequest));
        }
        figures.put("agent_speedup", mean(first))
                .put("agent_speedup_interval", interval(first))
                .put("agent_speedup_request_level", mean(request))
                .put("agent_speedup_request_level_interval", interval(request));
    }

    private static Line tree(Policy policy) {
        return new TreeLine(policy, Prices.USUAL, Forecast.BLIND);
    }

    private static Policy named(String name) throws BenchException {
        return Policy.named(name)
                .orElseThrow(() -> new BenchException("no policy named " + name + "; known are " + Policy.known()));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** Half of the width of the 95 % confidence interval; 0 for a single value. */
    private static double interval(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        int freedom = values.length - 1;
        return freedom == 0
                ? 0
                : STUDENT[Math.min(freedom, STUDENT.length - 1)] * Math.sqrt(squares / freedom / values.length);
    }

    /**
     * What one does.
     *
     * @param starts seconds after the first one
     * @param width requests of a step, all at once
     * @param answer tokens that it wants for each of them
     */
    private record Program(String name, double starts, int steps, int width, int answer) {
        Program startingAt(double seconds) {
            return new Program(name, seconds, steps, width, answer);
        }
    }

    /** What the engine writes for as many as it serves at once, where more wait. */
    private double tokensPerSecond() throws BenchException, InterruptedException {
        SplittableRandom random = new SplittableRandom(0);
        int answer = SHORTEST_ANSWER << (ANSWER_KINDS - 1);
        double speed = 0;
        for (int trial = 0; trial < 2; trial++) {
            try (ClockRun run = new ClockRun(model, LIMITS, Line.firstComeFirstServed(), Pace.unbounded())) {
                long start = System.nanoTime();
                List<Generation> generations = new ArrayList<>();
                for (int i = 0; i < PROGRAMS; i++) {
                    generations.add(run.start(run.prompt(random, 2 * QUESTION), answer, Claim.of("tenant", "" + i)));
                }
                for (Generation generation : generations) {
                    generation.await();
                }
                speed = PROGRAMS * answer * 1e9 / (System.nanoTime() - start);
            }
        }
        return speed;
    }

    /** They come as a Poisson process, CROWDING times as fast as their answers can be written. */
    private static List<Program> programs(int seed, double tokensPerSecond) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Program> programs = new ArrayList<>();
        long tokens = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            int steps = pareto(random, MOST_STEPS);
            int width = pareto(random, WIDEST);
            int answer = SHORTEST_ANSWER << random.nextInt(ANSWER_KINDS);
            double gap = -Math.log(1 - random.nextDouble());
            programs.add(new Program("program " + i, gap, steps, width, answer));
            tokens += (long) steps * width * answer;
        }
        double meanApart = tokens / tokensPerSecond / PROGRAMS / CROWDING;
        double at = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            at += meanApart * programs.get(i).starts();
            programs.set(i, programs.get(i).startingAt(at));
        }
        return programs;
    }

    /** Of exponent 1, cut off: half of all are 1. */
    private static int pareto(SplittableRandom random, int most) {
        return Math.min(most, (int) (1 / (1 - random.nextDouble())));
    }

    private double mean(List<Program> programs, Line line, boolean each) throws BenchException, InterruptedException {
        try (ClockRun run = new ClockRun(model, LIMITS, line, Pace.unbounded());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            List<Callable<Double>> all = programs.stream()
                    .map(program -> (Callable<Double>) () -> seconds(run, program, start, each))
                    .toList();
            double sum = 0;
            for (Future<Double> one : executor.invokeAll(all)) {
                sum += one.get();
            }
            return sum / programs.size();
        } catch (ExecutionException e) {
            throw new BenchException("a program failed: " + e.getCause(), e);
        }
    }

    /** From its start to the end of its last request. */
    private static double seconds(ClockRun run, Program program, long origin, boolean each)
            throws BenchException, InterruptedException {
        long begins = origin + (long) (program.starts() * 1e9);
        TimeUnit.NANOSECONDS.sleep(begins - System.nanoTime());
        SplittableRandom random = new SplittableRandom(program.name().hashCode());
        int[] history = {};
        for (int step = 0; step < program.steps(); step++) {
            int[] question = run.prompt(random, QUESTION);
            int[] prompt = Arrays.copyOf(history, history.length + QUESTION);
            System.arraycopy(question, 0, prompt, history.length, QUESTION);
            List<Generation> generations = new ArrayList<>();
            for (int i = 0; i < program.width(); i++) {
                String agent = each ? program.name() + "/" + step + "/" + i : program.name();
                generations.add(run.start(branch(prompt, i), program.answer(), Claim.of("tenant", agent)));
            }
            for (Generation generation : generations) {
                generation.await();
            }
            int[] all = Arrays.copyOf(prompt, prompt.length + program.answer());
            System.arraycopy(generations.getFirst().tokens(), 0, all, prompt.length, program.answer());
            history = Arrays.copyOfRange(all, Math.max(0, all.length - REMEMBERED), all.length);
        }
        return (System.nanoTime() - begins) / 1e9;
    }

    /** The prompt, but for its last token, which tells the requests of a step apart. */
    private static int[] branch(int[] prompt, int which) {
        int[] branch = prompt.clone();
        branch[branch.length - 1] = which;
        return branch;
    }
}
