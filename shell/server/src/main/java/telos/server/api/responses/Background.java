package telos.server.api.responses;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;
import telos.server.api.http.ApiException;

/** The responses that are being made while nobody waits for them. */
public final class Background implements AutoCloseable {
    private static final int MOST = 256;

    private record Key(Tenant tenant, String id) {}

    private final Map<Key, Thread> atWork = new HashMap<>();
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

    /** @throws ApiException if too many are at work */
    synchronized void start(Tenant tenant, String id, Runnable work) throws ApiException {
        if (closed) {
            throw ApiException.comeBack(503, "the daemon is stopping", "stopping", 1);
        }
        if (atWork.size() >= MOST) {
            throw ApiException.comeBack(
                    429, MOST + " responses are being made in the background already", "rate_limit_exceeded", 5);
        }
        Key key = new Key(tenant, id);
        Thread thread = Thread.ofVirtual().name(id).unstarted(() -> {
            try {
                work.run();
            } finally {
                ended(key);
            }
        });
        atWork.put(key, thread);
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
        return atWork.get(key);
    }

    private synchronized void ended(Key key) {
        atWork.remove(key);
        ends.run();
    }

    @Override
    public synchronized void close() {
        closed = true;
        atWork.values().forEach(Thread::interrupt);
    }
}
