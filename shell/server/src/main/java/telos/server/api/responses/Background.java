package telos.server.api.responses;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;
import telos.server.api.http.ApiException;

/** The responses that are being made while nobody waits for them. */
public final class Background implements AutoCloseable {
    private static final int MOST = 256;
    private static final int MOST_OF_ONE = 64;
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private static final long MOST_BYTES = 64L << 20;

    private record Key(Tenant tenant, String id) {}

    private record Work(Thread thread, long bytes) {}

    private final Map<Key, Work> atWork = new HashMap<>();
    private final Runnable begins;
    private final Runnable ends;
    private boolean closed;

    /**
     * @param begins run when one is started
     * @param ends run when one has ended
     */
    public Background(Runnable begins, Runnable ends) {
        this.begins = begins;
        this.ends = ends;
    }

    /**
     * Starts one.
     *
     * @param bytes about how much memory it takes
     * @param after run when it has ended, however it ends
     * @throws ApiException if too many are at work; nothing is run
     */
    synchronized void start(Tenant tenant, String id, long bytes, Runnable work, Runnable after) throws ApiException {
        if (closed) {
            throw ApiException.comeBack(503, "the daemon is stopping", "stopping", 1);
        }
        long ofOne = atWork.keySet().stream()
                .filter(key -> key.tenant().equals(tenant))
                .count();
        if (ofOne >= MOST_OF_ONE || atWork.size() >= MOST) {
            throw ApiException.comeBack(
                    429,
                    atWork.size() + " responses are being made in the background already, " + ofOne
                            + " of them for this key; at most " + MOST + " can be, and " + MOST_OF_ONE + " for one key",
                    "rate_limit_exceeded",
                    5);
        }
        long together = atWork.values().stream().mapToLong(Work::bytes).sum();
        if (!atWork.isEmpty() && together + bytes > MOST_BYTES) {
            throw ApiException.comeBack(
                    429, "the responses being made in the background are large already", "rate_limit_exceeded", 5);
        }
        Key key = new Key(tenant, id);
        Thread thread = Thread.ofVirtual().name(id).unstarted(() -> {
            try {
                work.run();
            } finally {
                ended(key);
                after.run();
            }
        });
        atWork.put(key, new Work(thread, bytes));
        begins.run();
        thread.start();
    }

    /** Stops one, and returns when it has stopped; does nothing where none is at work. */
    void stop(Tenant tenant, String id) throws InterruptedException {
        @Nullable Thread thread = find(new Key(tenant, id));
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    private synchronized @Nullable Thread find(Key key) {
        @Nullable Work work = atWork.get(key);
        return work == null ? null : work.thread();
    }

    private synchronized void ended(Key key) {
        atWork.remove(key);
        ends.run();
    }

    /** Stops all of them, and waits a while for their ends. */
    @Override
    public void close() {
        List<Thread> stopped = stopped();
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        try {
            for (Thread thread : stopped) {
                thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Thread> stopped() {
        closed = true;
        List<Thread> threads = atWork.values().stream().map(Work::thread).toList();
        threads.forEach(Thread::interrupt);
        return threads;
    }
}
