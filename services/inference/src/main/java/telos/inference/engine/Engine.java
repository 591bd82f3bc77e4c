package telos.inference.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.inference.model.Chunk;
import telos.inference.sampling.LogitsFault;
import telos.inference.sampling.Sampler;
import telos.inference.sampling.TokenMask;
import telos.kernel.memory.BlockCopy;
import telos.kernel.memory.IsolationKey;
import telos.kernel.scheduling.Admission;
import telos.kernel.scheduling.Batch;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Ended;
import telos.kernel.scheduling.Load;
import telos.kernel.scheduling.Outcome;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.Request;
import telos.kernel.scheduling.Scheduler;

/**
 * Runs a model for any number of requests at once.
 *
 * <p>One thread goes round: it takes the next batch from the scheduler, runs it, samples, and folds the outcome back;
 * beside each pass a second one works out what constrained sequences may say next. The scheduler is guarded by a lock that
 * is never held while the model computes, so a request is taken or cancelled at once. A fault while a batch runs ends the
 * requests of that batch and no others.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private final Scheduler scheduler;
    private final ForwardPass model;
    private final String modelName;
    private final Pace pace;
    private final Job.Drawing drawing;
    private final Map<Long, Job> jobs = new HashMap<>();
    private final TickLog ticks = new TickLog();
    private final Thread loop;
    /** Works out what constrained sequences may say next while the model computes. */
    private final ExecutorService masks;

    private long ids;
    private long promptTokens;
    private long generatedTokens;
    private boolean closed;

    /** An engine whose iterations are as long as the scheduler's token budget allows. */
    public Engine(String modelName, ForwardPass model, Scheduler scheduler) {
        this(modelName, model, scheduler, Pace.unbounded());
    }

    /**
     * Starts the loop.
     *
     * @param modelName whose weights these are: blocks are only shared between sequences of one model
     * @param pace how much of the prompts is computed while sequences decode; it belongs to this engine alone
     */
    public Engine(String modelName, ForwardPass model, Scheduler scheduler, Pace pace) {
        this.modelName = modelName;
        this.model = model;
        this.scheduler = scheduler;
        this.pace = pace;
        this.drawing = new Job.Drawing(new Sampler(model.vocabulary()), TokenMask.all(model.vocabulary()));
        this.masks = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("masks " + modelName).daemon().factory());
        this.loop = Thread.ofPlatform().name("engine " + modelName).daemon().unstarted(this::loop);
        loop.start();
    }

    /** Takes a request; its listener hears tokens from now on, perhaps before this returns. */
    public Submission submit(GenerationRequest request, TokenListener listener) {
        return submit(
                request.prompt(),
                request.sampling().maxTokens(),
                request.claim(),
                _ -> new IsolationKey(
                        modelName, request.claim().tenant(), request.claim().audience()),
                id -> new Answer(id, request, listener));
    }

    /** Takes a text whose hidden states are wanted; its listener hears their mean, perhaps before this returns. */
    public Submission embed(int[] text, Claim claim, VectorListener listener) {
        // Blocks found in memory would leave states uncomputed, so a text shares with nobody.
        return submit(
                text,
                1,
                claim,
                id -> new IsolationKey(modelName, claim.tenant(), "embedding " + id),
                id -> new Summation(id, claim, listener));
    }

    private Submission submit(
            int[] prompt, int maxTokens, Claim claim, LongFunction<IsolationKey> key, LongFunction<Job> job) {
        lock.lock();
        try {
            if (closed) {
                return new Submission.Busy("the model is being closed");
            }
            long id = ++ids;
            Admission admission =
                    scheduler.submit(new Request(id, prompt, maxTokens, key.apply(id), claim), System.nanoTime());
            return switch (admission) {
                case Admission.Accepted _ -> {
                    jobs.put(id, job.apply(id));
                    promptTokens += prompt.length;
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
            case SHARE_OF_QUEUE_FULL ->
                new Submission.Busy("the queue fills up, and most of it is yours: " + (refused.asked() - 1)
                        + " of your requests wait already; try again later");
            case DEADLINE_TOO_NEAR ->
                new Submission.TooLate("with up to as many tokens as it asks for, the request would take about "
                        + refused.asked() + " ms, and its deadline is " + refused.limit()
                        + " ms from now; ask for fewer tokens, or for more time");
            case DEADLINES_OVERBOOKED ->
                new Submission.TooLate("together with what was promised to others, this deadline would take "
                        + refused.asked() / 10.0 + " % of the time there is, and at most " + refused.limit() / 10.0
                        + " % are promised; try again later, or leave out the deadline");
        };
    }

    /** Ends a request that is no longer wanted; an unknown one has ended before. */
    public void cancel(long id) {
        @Nullable Job cancelled = null;
        lock.lock();
        try {
            if (jobs.containsKey(id) && scheduler.cancel(id, System.nanoTime())) {
                cancelled = jobs.remove(id);
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (cancelled != null) {
            cancelled.ended(new Ending.Cancelled(cancelled.cached()));
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

    /** Does something with the scheduler's line while nothing else does. */
    public <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The latest iterations, the oldest first. */
    public List<Tick> ticks() {
        lock.lock();
        try {
            return ticks.latest();
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
    private record Iteration(Batch batch, List<Chunk> chunks, List<Job> jobs, long begun) {}

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
            settle(
                    iteration,
                    Outcome.failed(iteration.batch()),
                    "a fault in the engine; the daemon's log says more (telos logs)");
        }
    }

    /** Takes no more requests, and ends those that are there. */
    private void endAll(Ending ending) {
        List<Job> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(jobs.values());
            jobs.clear();
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(job -> job.ended(ending));
    }

    private @Nullable Iteration next() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                Batch batch = scheduler.schedule(pace, now);
                if (!batch.isEmpty()) {
                    return iteration(batch, now);
                }
                idle.signalAll();
                work.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Iteration iteration(Batch batch, long now) {
        List<Chunk> chunks = new ArrayList<>();
        List<Job> running = new ArrayList<>();
        for (long preempted : batch.preempted()) {
            job(preempted).between().clear();
        }
        for (Batch.Step step : batch.steps()) {
            Job job = job(step.sequence());
            job.startsAt(step.start());
            running.add(job);
            chunks.add(job.chunk(step, scheduler.table(step.sequence()).blocks(), scheduler.tokens(step)));
        }
        return new Iteration(batch, chunks, running, now);
    }

    private Job job(long id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new IllegalStateException("sequence " + id + " runs, but nobody asked for it");
        }
        return job;
    }

    private void run(Iteration iteration) {
        for (BlockCopy copy : iteration.batch().copies()) {
            model.copyBlock(copy.from(), copy.to());
        }
        for (int i = 0; i < iteration.jobs().size(); i++) {
            if (iteration.batch().steps().get(i).logits()) {
                iteration.jobs().get(i).beside(masks);
            }
        }
        float[][] computed = model.forward(iteration.chunks());
        List<Outcome.Sampled> sampled = new ArrayList<>();
        List<Long> failed = new ArrayList<>();
        for (int i = 0; i < iteration.jobs().size(); i++) {
            if (computed[i].length == 0) {
                continue;
            }
            Job job = iteration.jobs().get(i);
            boolean last = iteration.batch().steps().get(i).logits();
            try {
                Outcome.@Nullable Sampled next = job.take(iteration.chunks().get(i), computed[i], last, drawing);
                if (next != null) {
                    sampled.add(next);
                }
            } catch (LogitsFault e) {
                LOG.log(Level.WARNING, "sequence {0}: {1}", job.id(), e.getMessage());
                failed.add(job.id());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "fault while sampling sequence " + job.id(), e);
                failed.add(job.id());
            }
        }
        settle(iteration, new Outcome(sampled, failed), "the model's output could not be sampled");
    }

    /** Folds the outcome in, and tells those whose answer ended. */
    private void settle(Iteration iteration, Outcome outcome, String fault) {
        Map<Job, Ending> over = new HashMap<>();
        lock.lock();
        try {
            long now = System.nanoTime();
            if (outcome.failed().isEmpty()) {
                pace.took(Load.of(iteration.batch()), now - iteration.begun());
            }
            ticks.note(iteration.batch(), iteration.jobs(), iteration.begun(), now, scheduler.waiting());
            for (Ended ended : scheduler.apply(outcome, now)) {
                Job job = jobs.remove(ended.sequence());
                if (job != null) {
                    over.put(job, ending(ended.reason(), job, fault));
                }
            }
            generatedTokens += outcome.sampled().stream()
                    .mapToLong(sampled -> sampled.tokens().size())
                    .sum();
        } finally {
            lock.unlock();
        }
        over.forEach(Job::ended);
    }

    private static Ending ending(Ended.Reason reason, Job job, String fault) {
        return switch (reason) {
            case FINISHED -> new Ending.Finished(false, job.cached());
            case LENGTH -> new Ending.Finished(true, job.cached());
            case FAILED -> new Ending.Faulted(fault);
            case CANCELLED -> new Ending.Cancelled(job.cached());
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
        masks.shutdown();
        endAll(new Ending.Cancelled());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
