package telos.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** What a daemon tells of itself, and the wish that it end. */
public final class DaemonStatus {
    private final LongSupplier nanos;
    private final long started;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean ready;
    private volatile int port;
    private volatile String model = "";
    private volatile long lastWork;

    DaemonStatus(LongSupplier nanos) {
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        this.lastWork = started;
    }

    void listening(int onPort) {
        port = onPort;
    }

    void ready(String withModel) {
        model = withModel;
        ready = true;
    }

    public boolean ready() {
        return ready;
    }

    public String version() {
        return Version.CURRENT;
    }

    public long pid() {
        return ProcessHandle.current().pid();
    }

    /** The TCP port; 0 when it listens on its socket alone. */
    public int port() {
        return port;
    }

    public String model() {
        return model;
    }

    public double uptimeSeconds() {
        return Math.round((nanos.getAsLong() - started) / 1e6) / 1e3;
    }

    /** A request for work came in. */
    public void begin() {
        atWork.incrementAndGet();
    }

    /** It has been answered. */
    public void end() {
        lastWork = nanos.getAsLong();
        atWork.decrementAndGet();
    }

    /** How long nobody has asked for anything; 0 while somebody waits for an answer. */
    long idleNanos() {
        return atWork.get() > 0 ? 0 : nanos.getAsLong() - lastWork;
    }

    /** Asks the daemon to end; it does so once whoever asked has been answered. */
    public void stop() {
        stop.countDown();
    }

    CountDownLatch stopping() {
        return stop;
    }
}
