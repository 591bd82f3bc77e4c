package telos.server;

import java.util.function.LongSupplier;

/**
 * Has the Java heap collected once in each pause in which nobody asks for anything, so that the memory that requests took
 * goes back to the host. While requests come the collector works when it must.
 */
final class IdleHeap implements Runnable {
    /** A pause is at least as long, in nanoseconds. */
    static final long PAUSE = 3_000_000_000L;

    private final LongSupplier idle;
    private final Runnable collect;
    private boolean collected;

    /** @param idle for how many nanoseconds nobody has asked for anything */
    IdleHeap(LongSupplier idle, Runnable collect) {
        this.idle = idle;
        this.collect = collect;
    }

    /** Looks whether it is time; to be called from time to time, at least once in a pause. */
    @Override
    public void run() {
        boolean pause = idle.getAsLong() >= PAUSE;
        if (pause && !collected) {
            collect.run();
        }
        collected = pause;
    }
}
