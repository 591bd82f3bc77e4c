package telos.server;

import java.time.Duration;
import telos.inference.model.LlamaModel;

/**
 * Brings a model's kernels to speed. A little of it is waited for; where the machine is too busy for that, the rest goes
 * on beside the first requests, whose results are the same bits either way.
 */
final class WarmUp implements AutoCloseable {
    private static final Duration WAITED_FOR = Duration.ofMillis(1500);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 60;

    private final Thread thread;
    private volatile boolean done;
    private volatile boolean closed;

    private WarmUp(LlamaModel model) {
        done = model.warm(WAITED_FOR);
        thread = Thread.ofPlatform().name("warm-up").daemon().unstarted(() -> goOn(model));
    }

    static WarmUp of(LlamaModel model) {
        WarmUp warmUp = new WarmUp(model);
        if (!warmUp.done) {
            warmUp.thread.start();
        }
        return warmUp;
    }

    private void goOn(LlamaModel model) {
        for (int round = 0; round < ROUNDS && !done && !closed; round++) {
            done = model.warm(ROUND);
        }
    }

    /** Whether every kernel of the model is compiled. */
    boolean done() {
        return done;
    }

    /** Waits for the round that is under way. */
    @Override
    public void close() {
        closed = true;
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
