package telos.programs;

import java.time.Duration;

/**
 * How often programs are looked at and moved, all in nanoseconds.
 *
 * @param slices whether programs are stopped and continued; otherwise they are only looked at
 * @param slice how long a program runs before another one's turn is considered
 * @param look between two looks while programs compete
 * @param calm between two looks while none do
 * @param patience no program is stopped for longer than this at a time, or than two slices of everybody
 */
record Rhythm(boolean slices, long slice, long look, long calm, long patience) {
    static Rhythm stopping(Duration slice) {
        long nanos = slice.toNanos();
        return new Rhythm(true, nanos, Math.max(500_000, nanos / 10), 20_000_000, 2_000_000_000L);
    }

    static Rhythm watching() {
        return new Rhythm(false, 100_000_000, 100_000_000, 100_000_000, 2_000_000_000L);
    }

    long longestStop(int programs) {
        return Math.max(patience, 2 * slice * programs);
    }
}
