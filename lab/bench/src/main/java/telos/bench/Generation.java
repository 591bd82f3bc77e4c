package telos.bench;

import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import telos.inference.engine.Ending;
import telos.inference.engine.Engine;
import telos.inference.engine.GenerationRequest;
import telos.inference.engine.Submission;
import telos.inference.engine.TokenListener;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.scheduling.Claim;

/** One request to an engine, and when each of its tokens came. */
final class Generation implements TokenListener {
    private final CountDownLatch over = new CountDownLatch(1);
    private final long[] times;
    private final int[] tokens;
    private int count;
    private volatile Ending ending = new Ending.Cancelled();

    private Generation(int tokens) {
        this.times = new long[tokens];
        this.tokens = new int[tokens];
    }

    static Generation start(Engine engine, int[] prompt, int tokens) throws BenchException {
        return start(engine, prompt, tokens, Claim.of("bench", ""));
    }

    static Generation start(Engine engine, int[] prompt, int tokens, Claim claim) throws BenchException {
        Generation generation = new Generation(tokens);
        GenerationRequest request = new GenerationRequest(
                prompt, SamplingOptions.greedy(tokens), null, Set.of(), OptionalInt.empty(), claim);
        return switch (engine.submit(request, generation)) {
            case Submission.Accepted _ -> generation;
            case Submission.TooLong refused -> throw new BenchException("the engine refused: " + refused.why());
            case Submission.Busy refused -> throw new BenchException("the engine refused: " + refused.why());
            case Submission.TooLate refused -> throw new BenchException("the engine refused: " + refused.why());
        };
    }

    @Override
    public void token(int token) {
        times[count] = System.nanoTime();
        tokens[count++] = token;
    }

    @Override
    public void ended(Ending how) {
        ending = how;
        over.countDown();
    }

    /** Waits until all its tokens are there. */
    void await() throws BenchException, InterruptedException {
        over.await();
        if (!(ending instanceof Ending.Finished) || count != times.length) {
            throw new BenchException(
                    "a generation ended after " + count + " of " + times.length + " tokens: " + ending);
        }
    }

    /** What was written, once it is all there. */
    int[] tokens() {
        return tokens.clone();
    }

    /** Adds the seconds between a token and the next, from token {@code from} on. */
    void gaps(int from, Samples gaps) {
        for (int i = from; i < count; i++) {
            gaps.add((times[i] - times[i - 1]) / 1e9);
        }
    }

    long first() {
        return times[0];
    }

    long last() {
        return times[times.length - 1];
    }
}
