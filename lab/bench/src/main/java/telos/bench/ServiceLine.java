package telos.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import telos.kernel.scheduling.Admission;
import telos.kernel.scheduling.Candidate;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.Request;

/**
 * A line that another one leads, which opens when all have come, and which counts what each of two tenants got, in prices of
 * tokens. As long as both of them have requests waiting, it keeps the range in which the difference between them has been:
 * its width is the largest difference over any interval.
 */
final class ServiceLine implements Line {
    private final Line line;
    private final String one;
    private final Map<String, Integer> waiting = new HashMap<>();
    private int missing;
    private volatile long opened;
    private double difference;
    private double least;
    private double most;
    private boolean began;
    private boolean over;

    /**
     * Nobody starts before as many as are expected have joined.
     *
     * @param one the tenant whose service counts as positive
     */
    ServiceLine(Line line, String one, int expected) {
        this.line = line;
        this.one = one;
        this.missing = expected;
    }

    /** When the last one had come, by {@link System#nanoTime}. */
    long opened() {
        return opened;
    }

    /** The largest difference of service over an interval in which both had requests waiting; in prices of tokens. */
    double widest() {
        return most - least;
    }

    private void count(Candidate sequence, int by) {
        waiting.merge(sequence.claim().tenant(), by, Integer::sum);
        boolean both = waiting.size() == 2 && waiting.values().stream().allMatch(count -> count > 0);
        over |= began && !both;
        began |= both;
    }

    @Override
    public void joins(Candidate sequence, long now) {
        line.joins(sequence, now);
        count(sequence, 1);
        if (--missing == 0) {
            opened = System.nanoTime();
        }
    }

    @Override
    public Optional<Candidate> first(long now) {
        return missing > 0 ? Optional.empty() : line.first(now);
    }

    @Override
    public void starts(Candidate sequence, long now) {
        line.starts(sequence, now);
        count(sequence, -1);
    }

    @Override
    public void returns(Candidate sequence, long now) {
        line.returns(sequence, now);
        count(sequence, 1);
    }

    @Override
    public void leaves(Candidate sequence, long now) {
        line.leaves(sequence, now);
    }

    @Override
    public void charge(Candidate sequence, int prompt, int generated, long now) {
        line.charge(sequence, prompt, generated, now);
        if (began && !over) {
            double service = (prompt * Prices.USUAL.input() + generated * Prices.USUAL.output()) / (double) Prices.ONE;
            difference += sequence.claim().tenant().equals(one) ? service : -service;
            least = Math.min(least, difference);
            most = Math.max(most, difference);
        }
    }

    @Override
    public int compare(Candidate first, Candidate second) {
        return line.compare(first, second);
    }

    @Override
    public boolean overtakes(Candidate waits, Candidate runs) {
        return line.overtakes(waits, runs);
    }

    @Override
    public Optional<Admission.Refused> refuses(Request request, int waiting, int most) {
        return line.refuses(request, waiting, most);
    }
}
