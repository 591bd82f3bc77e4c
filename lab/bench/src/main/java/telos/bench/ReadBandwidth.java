package telos.bench;

import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import telos.devices.cpu.Workers;

/** How fast this machine reads memory: arrays far larger than its caches, summed by the same threads as a model's. */
final class ReadBandwidth {
    private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
    private static final int PARTS = 64;
    private static final int PART_LONGS = 1 << 20;

    private final long[][] parts = new long[PARTS][PART_LONGS];
    private final Workers workers;
    private final long[] sums = new long[PARTS];

    ReadBandwidth(Workers workers) {
        this.workers = workers;
        for (long[] part : parts) {
            Arrays.fill(part, 1);
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
        LongVector a = LongVector.zero(WIDE);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        int step = WIDE.length();
        for (int i = 0; i < values.length; i += 4 * step) {
            a = a.add(LongVector.fromArray(WIDE, values, i));
            b = b.add(LongVector.fromArray(WIDE, values, i + step));
            c = c.add(LongVector.fromArray(WIDE, values, i + 2 * step));
            d = d.add(LongVector.fromArray(WIDE, values, i + 3 * step));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
