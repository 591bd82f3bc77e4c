package telos.bench;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import telos.inference.engine.Ending;
import telos.inference.engine.Engine;
import telos.inference.engine.GenerationRequest;
import telos.inference.engine.Submission;
import telos.inference.engine.TokenListener;
import telos.inference.sampling.SamplingOptions;

/** One request to an engine, and when each of its tokens came. */
final class Generation implements TokenListener {
    private final CountDownLatch over = new CountDownLatch(1);
    private final long[] times;
    private int count;
    private volatile Ending ending = new Ending.Cancelled();

    private Generation(int tokens) {
        this.times = new long[tokens];
    }

    static Generation start(Engine engine, int[] prompt, int tokens) throws BenchException {
        Generation generation = new Generation(tokens);
        GenerationRequest request =
                new GenerationRequest(prompt, SamplingOptions.greedy(tokens), null, Set.of(), "bench");
        return switch (engine.submit(request, generation)) {
            case Submission.Accepted _ -> generation;
            case Submission.TooLong refused -> throw new BenchException("the engine refused: " + refused.why());
            case Submission.Busy refused -> throw new BenchException("the engine refused: " + refused.why());
            case Submission.TooLate refused -> throw new BenchException("the engine refused: " + refused.why());
        };
    }

    @Override
    public void token(int token) {
        times[count++] = System.nanoTime();
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

    long first() {
        return times[0];
    }

    long last() {
        return times[times.length - 1];
    }
}
