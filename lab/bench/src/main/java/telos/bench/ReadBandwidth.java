package telos.bench;

import telos.devices.cpu.Workers;

/** How fast this machine reads memory: arrays far larger than its caches, summed by the same threads as a model's. */
final class ReadBandwidth {
    private static final int PARTS = 64;
    private static final int PART_LONGS = 1 << 20;

    private final long[][] parts = new long[PARTS][PART_LONGS];
    private final Workers workers;
    private final long[] sums = new long[PARTS];

    ReadBandwidth(Workers workers) {
        this.workers = workers;
        for (long[] part : parts) {
            java.util.Arrays.fill(part, 1);
        }
    }

    /** One pass over all of it, in bytes per second. */
    double measure() {
        long start = System.nanoTime();
        workers.run(PARTS, (part, _) -> sums[part] = sum(parts[part]));
        double seconds = (System.nanoTime() - start) / 1e9;
        for (long sum : sums) {
            if (sum != PART_LONGS) {
                throw new IllegalStateException("read " + sum + " ones of " + PART_LONGS);
            }
        }
        return (double) PARTS * PART_LONGS * Long.BYTES / seconds;
    }

    /** Four sums at once, so that the additions do not wait for each other. */
    private static long sum(long[] values) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int i = 0; i < values.length; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        return a + b + c + d;
    }
}
