package telos.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import telos.inference.model.LlamaModel;

/**
 * When a model goes over to its vector kernels. The scalar ones give the same bits and are quick from the first call on,
 * but some ten times slower in the long run; compiling the vector ones takes seconds of processor time. So a small model
 * is ready at once, and warmed after its first answers; a large one is warmed before it is ready, and where the machine
 * is too busy for that, the rest goes on beside the first requests.
 */
final class WarmUp implements AutoCloseable {
    /** Bytes of weights that scalar kernels get through in some milliseconds. */
    private static final long SMALL = 16L << 20;

    private static final Duration BEFORE_READY = Duration.ofSeconds(15);
    private static final Duration WHILE_SERVING = Duration.ofMinutes(10);
    /** The first answers of a small model are waited for, until so many came, or so many seconds none. */
    private static final int ANSWERS = 8;

    private static final int QUIET_SECONDS = 2;

    private final Semaphore answers = new Semaphore(0);
    private final Thread thread;
    private volatile boolean done;

    private WarmUp(LlamaModel model) {
        thread = Thread.ofPlatform().name("telos-warm-up").daemon().unstarted(() -> goOn(model));
    }

    /** Returns when the model may be called ready. */
    static WarmUp of(LlamaModel model) {
        WarmUp warmUp = new WarmUp(model);
        if (model.weightBytes() >= SMALL) {
            warmUp.done = model.warm(BEFORE_READY);
            warmUp.answers.release(ANSWERS);
        }
        if (!warmUp.done) {
            warmUp.thread.start();
        }
        return warmUp;
    }

    private void goOn(LlamaModel model) {
        try {
            answers.acquire();
            int seen = 1;
            while (seen < ANSWERS && answers.tryAcquire(QUIET_SECONDS, TimeUnit.SECONDS)) {
                seen++;
            }
            done = model.warm(WHILE_SERVING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A request has ended. */
    void answered() {
        answers.release();
    }

    /** Whether every kernel of the model is compiled. */
    boolean done() {
        return done;
    }

    /** Ends it soon, and waits for that. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
