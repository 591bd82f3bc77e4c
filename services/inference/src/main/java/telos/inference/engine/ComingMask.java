package telos.inference.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/**
 * What a constraint allows next, worked out beside the pass whose logits it is for. Until it is taken nobody else touches
 * the constraint.
 */
final class ComingMask {
    private final FutureTask<TokenMask> task;

    ComingMask(Constraint constraint, Executor worker) {
        task = new FutureTask<>(constraint::allowed);
        worker.execute(task);
    }

    /**
     * The mask; the calling thread works it out where nobody has begun.
     *
     * @throws IllegalStateException if the constraint failed
     */
    TokenMask take() {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("what may come next could not be worked out: " + e.getCause(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
