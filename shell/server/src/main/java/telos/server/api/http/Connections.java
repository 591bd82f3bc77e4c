package telos.server.api.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The open connections. One is idle until the head of a request is complete, however many bytes come in; who is idle
 * too long is closed, and so is the longest idle one when there are too many.
 */
public final class Connections extends AbstractLifeCycle implements Connection.Listener {
    private static final int SWEEPS_AN_IDLE = 4;

    private final Duration idle;
    private final int most;
    private final Scheduler scheduler;

    /** Since when each is idle, the longest first. */
    private final LinkedHashMap<EndPoint, Long> idleSince = new LinkedHashMap<>();

    /** How many requests of each are being answered. */
    private final Map<EndPoint, Integer> busy = new HashMap<>();

    private Scheduler.@Nullable Task sweep;

    public Connections(Bounds bounds, Scheduler scheduler) {
        this.idle = bounds.idle();
        this.most = bounds.connections();
        this.scheduler = scheduler;
    }

    @Override
    protected void doStart() {
        arm();
    }

    @Override
    protected void doStop() {
        Scheduler.Task last = sweep;
        if (last != null) {
            last.cancel();
        }
    }

    private void arm() {
        sweep = scheduler.schedule(
                () -> {
                    sweep();
                    if (isRunning()) {
                        arm();
                    }
                },
                Math.max(1, idle.toMillis() / SWEEPS_AN_IDLE),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint endPoint = plain(connection.getEndPoint());
        @Nullable EndPoint tooMany = null;
        synchronized (this) {
            if (busy.containsKey(endPoint)) {
                return;
            }
            idleSince.put(endPoint, System.nanoTime());
            if (idleSince.size() + busy.size() > most) {
                tooMany = idleSince.keySet().iterator().next();
                idleSince.remove(tooMany);
            }
        }
        if (tooMany != null) {
            tooMany.close();
        }
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        EndPoint endPoint = plain(connection.getEndPoint());
        idleSince.remove(endPoint);
        busy.remove(endPoint);
    }

    synchronized void busy(Request request) {
        EndPoint endPoint = of(request);
        idleSince.remove(endPoint);
        busy.merge(endPoint, 1, Integer::sum);
    }

    synchronized void idle(Request request) {
        EndPoint endPoint = of(request);
        if (busy.computeIfPresent(endPoint, (_, requests) -> requests == 1 ? null : requests - 1) == null
                && endPoint.isOpen()) {
            idleSince.put(endPoint, System.nanoTime());
        }
    }

    /** How many are open. */
    public synchronized int open() {
        return idleSince.size() + busy.size();
    }

    /** Closes those on which nothing is being answered. */
    public void closeIdle() {
        List<EndPoint> all;
        synchronized (this) {
            all = List.copyOf(idleSince.keySet());
            idleSince.clear();
        }
        all.forEach(EndPoint::close);
    }

    private void sweep() {
        List<EndPoint> expired = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            for (var each : idleSince.entrySet()) {
                if (now - each.getValue() < idle.toNanos()) {
                    break;
                }
                expired.add(each.getKey());
            }
            expired.forEach(idleSince::remove);
        }
        expired.forEach(EndPoint::close);
    }

    private static EndPoint of(Request request) {
        return plain(request.getConnectionMetaData().getConnection().getEndPoint());
    }

    /** The socket's own end point, without the layers of TLS. */
    static EndPoint plain(EndPoint endPoint) {
        EndPoint plain = endPoint;
        while (plain instanceof EndPoint.Wrapper wrapper) {
            plain = wrapper.unwrap();
        }
        return plain;
    }
}
