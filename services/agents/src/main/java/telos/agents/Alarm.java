package telos.agents;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something once, after a while, unless it is called off before. */
@FunctionalInterface
interface Alarm {
    /** An alarm that was set; closing it calls it off. */
    interface Set extends AutoCloseable {
        @Override
        void close();
    }

    Set set(Duration after, Runnable what);

    /** By the machine's clock, on one thread for all. */
    static Alarm byClock() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("telos-alarms").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return (after, what) -> {
            ScheduledFuture<?> set = timer.schedule(what, after.toNanos(), TimeUnit.NANOSECONDS);
            return () -> set.cancel(false);
        };
    }
}
