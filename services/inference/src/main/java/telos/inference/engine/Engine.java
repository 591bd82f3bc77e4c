package telos.inference.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import telos.inference.model.Chunk;
import telos.inference.sampling.LogitsFault;
import telos.inference.sampling.Sampler;
import telos.inference.sampling.TokenMask;
import telos.kernel.memory.BlockCopy;
import telos.kernel.memory.IsolationKey;
import telos.kernel.scheduling.Admission;
import telos.kernel.scheduling.Batch;
import telos.kernel.scheduling.Ended;
import telos.kernel.scheduling.Outcome;
import telos.kernel.scheduling.Request;
import telos.kernel.scheduling.Scheduler;

/**
 * Runs a model for any number of requests at once.
 *
 * <p>One thread goes round: it takes the next batch from the scheduler, runs it, samples, and folds the outcome back. The
 * scheduler is guarded by a lock that is never held while the model computes, so a request is taken or cancelled at
 * once. A fault while a batch runs ends the requests of that batch and no others.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private final Scheduler scheduler;
    private final ForwardPass model;
    private final String modelName;
    private final Sampler sampler;
    private final TokenMask anything;
    private final Map<Long, Answer> answers = new HashMap<>();
    private final Thread loop;
    private long ids;
    private long promptTokens;
    private long generatedTokens;
    private boolean closed;

    /** @param modelName whose weights these are: blocks are only shared between sequences of one model */
    public Engine(String modelName, ForwardPass model, Scheduler scheduler) {
        this.modelName = modelName;
        this.model = model;
        this.scheduler = scheduler;
        this.sampler = new Sampler(model.vocabulary());
        this.anything = TokenMask.all(model.vocabulary());
        this.loop = Thread.ofPlatform().name("engine " + modelName).daemon().unstarted(this::loop);
        loop.start();
    }

    /** Takes a request; its listener hears tokens from now on, perhaps before this returns. */
    public Submission submit(GenerationRequest request, TokenListener listener) {
        lock.lock();
        try {
            if (closed) {
                return new Submission.Busy("the model is being closed");
            }
            long id = ++ids;
            IsolationKey key = new IsolationKey(modelName, request.tenant(), "");
            Admission admission = scheduler.submit(
                    new Request(id, request.prompt(), request.sampling().maxTokens(), key));
            return switch (admission) {
                case Admission.Accepted _ -> {
                    answers.put(id, new Answer(id, request, listener));
                    promptTokens += request.prompt().length;
                    work.signal();
                    yield new Submission.Accepted(id);
                }
                case Admission.Refused refused -> refusal(refused);
            };
        } finally {
            lock.unlock();
        }
    }

    private static Submission refusal(Admission.Refused refused) {
        return switch (refused.why()) {
            case LARGER_THAN_CONTEXT ->
                new Submission.TooLong("prompt and answer together have up to " + refused.asked()
                        + " tokens, and the context is " + refused.limit());
            case LARGER_THAN_POOL ->
                new Submission.TooLong("the request takes up to " + refused.asked()
                        + " blocks of KV memory, and there are " + refused.limit()
                        + "; give the daemon more with --kv-memory, or ask for fewer tokens");
            case QUEUE_FULL -> new Submission.Busy(refused.limit() + " requests are waiting already; try again later");
        };
    }

    /** Ends a request that is no longer wanted; an unknown one has ended before. */
    public void cancel(long id) {
        @Nullable Answer cancelled = null;
        lock.lock();
        try {
            if (answers.containsKey(id) && scheduler.cancel(id)) {
                cancelled = answers.remove(id);
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (cancelled != null) {
            cancelled.listener().ended(new Ending.Cancelled());
        }
    }

    public EngineReport report() {
        lock.lock();
        try {
            return new EngineReport(
                    scheduler.running(),
                    scheduler.waiting(),
                    promptTokens,
                    generatedTokens,
                    scheduler.preemptions(),
                    scheduler.blocks(),
                    scheduler.sequences());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs and nothing waits. */
    public void settle() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !scheduler.isIdle()) {
                idle.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One batch, with all that is needed to run it without the scheduler. */
    private record Iteration(Batch batch, List<Chunk> chunks, List<Answer> answers) {}

    private void loop() {
        try {
            @Nullable Iteration iteration = next();
            while (iteration != null) {
                round(iteration);
                iteration = next();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the engine stops: its books are damaged", e);
            endAll(new Ending.Faulted("the engine has stopped after a fault; start the daemon again"));
        }
    }

    private void round(Iteration iteration) {
        try {
            run(iteration);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.ERROR,
                    "fault in a batch of " + iteration.batch().steps().size() + " sequences",
                    e);
            settle(Outcome.failed(iteration.batch()), "a fault in the engine: " + e);
        }
    }

    /** Takes no more requests, and ends those that are there. */
    private void endAll(Ending ending) {
        List<Answer> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(answers.values());
            answers.clear();
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(answer -> answer.listener().ended(ending));
    }

    private @Nullable Iteration next() {
        lock.lock();
        try {
            while (!closed) {
                Batch batch = scheduler.schedule();
                if (!batch.isEmpty()) {
                    return iteration(batch);
                }
                idle.signalAll();
                work.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Iteration iteration(Batch batch) {
        List<Chunk> chunks = new ArrayList<>();
        List<Answer> running = new ArrayList<>();
        for (Batch.Step step : batch.steps()) {
            chunks.add(new Chunk(
                    scheduler.table(step.sequence()).blocks(), step.start(), scheduler.tokens(step), step.logits()));
            Answer answer = answer(step.sequence());
            answer.startsAt(step.start());
            running.add(answer);
        }
        return new Iteration(batch, chunks, running);
    }

    private Answer answer(long id) {
        Answer answer = answers.get(id);
        if (answer == null) {
            throw new IllegalStateException("sequence " + id + " runs, but nobody asked for it");
        }
        return answer;
    }

    private void run(Iteration iteration) {
        for (BlockCopy copy : iteration.batch().copies()) {
            model.copyBlock(copy.from(), copy.to());
        }
        float[][] logits = model.forward(iteration.chunks());
        List<Outcome.Sampled> sampled = new ArrayList<>();
        List<Long> failed = new ArrayList<>();
        for (int i = 0; i < iteration.answers().size(); i++) {
            float[] row = logits[i];
            if (row.length == 0) {
                continue;
            }
            Answer answer = iteration.answers().get(i);
            try {
                Answer.Drawn drawn = answer.draw(sampler, row, anything);
                if (!drawn.end()) {
                    answer.listener().token(drawn.token());
                }
                sampled.add(new Outcome.Sampled(answer.id(), drawn.token(), drawn.last()));
            } catch (LogitsFault e) {
                LOG.log(Level.WARNING, "sequence {0}: {1}", answer.id(), e.getMessage());
                failed.add(answer.id());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "fault while sampling sequence " + answer.id(), e);
                failed.add(answer.id());
            }
        }
        settle(new Outcome(sampled, failed), "the model's output could not be sampled");
    }

    /** Folds the outcome in, and tells those whose answer ended. */
    private void settle(Outcome outcome, String fault) {
        Map<Answer, Ending> over = new HashMap<>();
        lock.lock();
        try {
            for (Ended ended : scheduler.apply(outcome)) {
                Answer answer = answers.remove(ended.sequence());
                if (answer != null) {
                    over.put(answer, ending(ended.reason(), answer, fault));
                }
            }
            generatedTokens += outcome.sampled().size();
        } finally {
            lock.unlock();
        }
        over.forEach((answer, ending) -> answer.listener().ended(ending));
    }

    private static Ending ending(Ended.Reason reason, Answer answer, String fault) {
        return switch (reason) {
            case FINISHED -> new Ending.Finished(false, answer.cached());
            case LENGTH -> new Ending.Finished(true, answer.cached());
            case FAILED -> new Ending.Faulted(fault);
            case CANCELLED -> new Ending.Cancelled();
        };
    }

    /** Ends every request and the loop; the model may be closed afterwards. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (loop.isAlive()) {
            try {
                loop.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        endAll(new Ending.Cancelled());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
