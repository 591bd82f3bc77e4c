package telos.bench;

import java.util.Arrays;

/** Repeated measurements of one quantity. Any thread may add. */
final class Samples {
    private double[] values = new double[64];
    private int count;

    synchronized void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    synchronized int count() {
        return count;
    }

    double median() {
        return percentile(50);
    }

    /** The nearest rank; 0 where nothing was measured. */
    synchronized double percentile(double percent) {
        if (count == 0) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[Math.clamp((int) Math.ceil(percent / 100 * count) - 1, 0, count - 1)];
    }
}
