package telos.bench;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.StallBound;

/** The gaps between a stream's tokens, alone and while long prompts arrive one after another. */
final class StallWatch {
    static final int PROMPT = 4000;
    static final int CONTEXT = 4096;
    /** Room for the stream and the prompts. */
    static final int BLOCKS = 3 * CONTEXT / 16;

    private static final int STREAMS = 4;
    private static final int TOKENS = 600;
    /** Without a bound each takes as long as the longest chunk. */
    private static final int UNBOUNDED_TOKENS = 40;

    private static final int FIRST = 20;
    private static final Claim READER = Claim.of("reader", "reader");

    private final LoadedModel model;
    private final Limits limits;
    private final Console out;

    StallWatch(LoadedModel model, Console out) {
        this.model = model;
        this.limits = new Limits(512, 8, CONTEXT, 64, model.config().layers());
        this.out = out;
    }

    void measure(int repetitions, Figures figures) throws BenchException, InterruptedException {
        Samples bounded = new Samples();
        Samples unbounded = new Samples();
        Samples prompts = new Samples();
        for (int i = 1; i <= repetitions; i++) {
            Trial with = trial(StallBound.factor(StallBound.USUAL_FACTOR), STREAMS, TOKENS, i);
            Trial without = trial(Pace.unbounded(), 1, UNBOUNDED_TOKENS, i);
            bounded.add(with.ratio());
            unbounded.add(without.ratio());
            prompts.add(with.promptTokensPerSecond() / without.promptTokensPerSecond());
            out.line(String.format(
                    Locale.ROOT,
                    "stall %d of %d: P99 %.1f ms alone; times %.2f beside prompts, times %.1f where nothing bounds them",
                    i,
                    repetitions,
                    with.alone() * 1e3,
                    with.ratio(),
                    without.ratio()));
        }
        figures.put("stall_ratio", bounded.median())
                .put("stall_ratio_unbounded", unbounded.median())
                .put("stall_prompt_speed_kept", prompts.median());
    }

    private record Trial(double alone, double beside, double promptTokensPerSecond) {
        double ratio() {
            return beside / alone;
        }
    }

    /**
     * Streams alone and beside prompts, in turn. Of each prompt a part is in memory already, so that others come from its
     * beginning to its end.
     *
     * @param streams of each
     * @param tokens of one stream
     */
    private Trial trial(Pace pace, int streams, int tokens, int seed) throws BenchException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Samples alone = new Samples();
        Samples beside = new Samples();
        Samples read = new Samples();
        try (ClockRun run = new ClockRun(model, limits, Line.firstComeFirstServed(), pace)) {
            int[] known = run.prompt(random, PROMPT);
            run.start(known, 1, READER).await();
            // What prompts cost is learned before it is needed, as in a daemon that has run for a while.
            besidePrompts(run, random, known, tokens, new Samples(), new Samples());
            for (int i = 0; i < streams; i++) {
                stream(run, random, tokens, alone);
                besidePrompts(run, random, known, tokens, beside, read);
            }
        }
        return new Trial(alone.percentile(99), beside.percentile(99), read.median());
    }

    private static void besidePrompts(
            ClockRun run, SplittableRandom random, int[] known, int tokens, Samples gaps, Samples speeds)
            throws BenchException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        SplittableRandom prompts = random.split();
        FutureTask<Boolean> reader = new FutureTask<>(() -> {
            read(run, prompts, known, over);
            return true;
        });
        Thread.ofVirtual().start(reader);
        try {
            Generation stream = stream(run, random, tokens, gaps);
            if (reader.isDone()) {
                throw new BenchException("no prompts came beside the stream: "
                        + reader.exceptionNow().getMessage());
            }
            speeds.add(run.promptTokensSince(stream.first()) * 1e9 / (stream.last() - stream.first()));
            over.set(true);
            reader.get();
        } catch (ExecutionException e) {
            throw new BenchException("a prompt beside the stream failed: " + e.getCause(), e);
        }
    }

    private static void read(ClockRun run, SplittableRandom random, int[] known, AtomicBoolean over)
            throws BenchException, InterruptedException {
        while (!over.get()) {
            int[] prompt = run.prompt(random, PROMPT);
            System.arraycopy(known, 0, prompt, 0, random.nextInt(PROMPT));
            run.start(prompt, 1, READER).await();
        }
    }

    private static Generation stream(ClockRun run, SplittableRandom random, int tokens, Samples gaps)
            throws BenchException, InterruptedException {
        Generation stream = run.start(run.prompt(random, 16), tokens, Claim.of("talker", "talker"));
        stream.await();
        stream.gaps(FIRST, gaps);
        return stream;
    }
}
