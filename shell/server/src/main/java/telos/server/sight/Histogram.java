package telos.server.sight;

import java.util.concurrent.atomic.LongAdder;

/** How often durations fell into each of some ranges. Many threads count at once without waiting for each other. */
final class Histogram {
    private static final double NANOS = 1e9;

    private final double[] bounds;
    private final long[] nanos;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /** @param bounds in seconds, rising; what is above the last is counted too */
    Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.nanos = new long[bounds.length];
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
        for (int i = 0; i < bounds.length; i++) {
            nanos[i] = Math.round(bounds[i] * NANOS);
            if (i > 0 && nanos[i] <= nanos[i - 1]) {
                throw new IllegalArgumentException("the bounds must rise");
            }
        }
    }

    void record(long duration) {
        long counted = Math.max(0, duration);
        int range = 0;
        while (range < nanos.length && counted > nanos[range]) {
            range++;
        }
        counts[range].increment();
        sum.add(counted);
    }

    double[] bounds() {
        return bounds.clone();
    }

    /** For each bound how many were at most that long, and last how many there were. */
    long[] cumulative() {
        long[] cumulative = new long[counts.length];
        long so = 0;
        for (int i = 0; i < counts.length; i++) {
            so += counts[i].sum();
            cumulative[i] = so;
        }
        return cumulative;
    }

    /** Seconds of all together. */
    double seconds() {
        return sum.sum() / NANOS;
    }
}
