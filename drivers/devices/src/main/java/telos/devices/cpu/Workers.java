package telos.devices.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A persistent set of threads that share out the chunks of one job at a time. The caller takes part, as worker 0, so a
 * set of one has no threads at all. Whoever waits spins for a bounded time and then parks: two cores shared with other
 * programs are the normal case.
 *
 * <p>A job is published by one volatile write. A worker that is about to park first says so and then looks for a job
 * once more, and a caller publishes first and then looks for parked workers: in every order one of the two sees the
 * other, so no wake-up is lost. Jobs are objects of their own: a worker that comes late finds every chunk claimed.
 */
public final class Workers implements AutoCloseable {
    private static final long SPIN_NANOS = 30_000;
    private static final int SPINS_PER_LOOK_AT_CLOCK = 32;

    /** One chunk of a job. Chunks may run in any order and on any worker. */
    @FunctionalInterface
    public interface Task {
        /**
         * Runs one chunk.
         *
         * @param chunk from 0 to chunks - 1
         * @param worker from 0 to threads - 1; no two chunks run on one worker at once, so it may index scratch memory
         */
        void run(int chunk, int worker);
    }

    private static final class Job {
        final Task task;
        final int chunks;
        final Thread caller;
        final AtomicInteger claimed = new AtomicInteger();
        final AtomicInteger finished = new AtomicInteger();
        final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        volatile boolean callerParks;

        Job(Task task, int chunks, Thread caller) {
            this.task = task;
            this.chunks = chunks;
            this.caller = caller;
        }

        /** Claims and runs chunks until none is left. After a failure the rest are claimed but not run. */
        void work(int worker) {
            int chunk;
            while ((chunk = claimed.getAndIncrement()) < chunks) {
                try {
                    if (failure.get() == null) {
                        task.run(chunk, worker);
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    if (finished.incrementAndGet() == chunks && callerParks) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }

        boolean done() {
            return finished.get() == chunks;
        }
    }

    private final ReentrantLock turn = new ReentrantLock();
    private final Worker[] workers;
    private volatile @Nullable Job job;
    private volatile boolean closed;

    /** @param threads how many run at once, the caller among them; at least 1 */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
        }
        for (Worker worker : workers) {
            worker.start();
        }
    }

    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs all chunks and returns when the last has ended; what they wrote is then visible to the caller. Callers take
     * turns. What a chunk throws is thrown here (the first, if several do); the set stays usable.
     *
     * @throws IllegalStateException if the set is closed, or if it is called from within a task
     */
    public void run(int chunks, Task task) {
        if (turn.isHeldByCurrentThread() || (Thread.currentThread() instanceof Worker w && w.owner() == this)) {
            throw new IllegalStateException("a task must not run another job on its own workers");
        }
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("these workers are closed");
            }
            if (workers.length == 0 || chunks <= 1) {
                for (int chunk = 0; chunk < chunks; chunk++) {
                    task.run(chunk, 0);
                }
                return;
            }
            share(new Job(task, chunks, Thread.currentThread()));
        } finally {
            turn.unlock();
        }
    }

    private void share(Job shared) {
        job = shared;
        int wanted = shared.chunks - 1;
        for (int i = 0; i < workers.length && i < wanted; i++) {
            if (workers[i].parks) {
                LockSupport.unpark(workers[i]);
            }
        }
        shared.work(0);
        awaitOthers(shared);
        job = null;
        Throwable failure = shared.failure.get();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("a task failed: " + failure.getMessage(), failure);
        }
    }

    /** The chunks run on borrowed arrays, so this cannot be left early: an interrupt is kept for the caller. */
    private static void awaitOthers(Job shared) {
        long start = System.nanoTime();
        for (int spins = 1; !shared.done(); spins++) {
            Thread.onSpinWait();
            if (spins % SPINS_PER_LOOK_AT_CLOCK == 0 && System.nanoTime() - start > SPIN_NANOS) {
                break;
            }
        }
        boolean interrupted = false;
        shared.callerParks = true;
        while (!shared.done()) {
            LockSupport.park(shared);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the threads. Waits for a job that runs. */
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            for (Worker worker : workers) {
                LockSupport.unpark(worker);
            }
        } finally {
            turn.unlock();
        }
    }

    private final class Worker extends Thread {
        private final int index;
        volatile boolean parks;

        Worker(int index) {
            super("telos-worker-" + index);
            this.index = index;
            setDaemon(true);
        }

        Workers owner() {
            return Workers.this;
        }

        @Override
        public void run() {
            Job last = null;
            while (!closed) {
                Job next = awaitJobAfter(last);
                if (next != null) {
                    next.work(index);
                    last = next;
                }
            }
        }

        /** Null when closed. */
        private @Nullable Job awaitJobAfter(@Nullable Job last) {
            long start = System.nanoTime();
            for (int spins = 1; ; spins++) {
                Job next = job;
                if (next != null && next != last) {
                    return next;
                }
                if (closed) {
                    return null;
                }
                Thread.onSpinWait();
                if (spins % SPINS_PER_LOOK_AT_CLOCK == 0 && System.nanoTime() - start > SPIN_NANOS) {
                    break;
                }
            }
            parks = true;
            try {
                while (true) {
                    Job next = job;
                    if (next != null && next != last) {
                        return next;
                    }
                    if (closed) {
                        return null;
                    }
                    LockSupport.park(Workers.this);
                }
            } finally {
                parks = false;
            }
        }
    }
}
