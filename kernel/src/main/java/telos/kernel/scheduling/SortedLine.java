package telos.kernel.scheduling;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** A line by a fixed order, that counts no service. */
final class SortedLine implements Line {
    private final Comparator<Candidate> order;
    private final TreeSet<Candidate> waiting;

    SortedLine(Comparator<Candidate> order) {
        this.order = order.thenComparingLong(Candidate::arrival);
        this.waiting = new TreeSet<>(this.order);
    }

    @Override
    public void joins(Candidate sequence, long now) {
        waiting.add(sequence);
    }

    @Override
    public Optional<Candidate> first(long now) {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first());
    }

    @Override
    public void starts(Candidate sequence, long now) {
        waiting.remove(sequence);
    }

    @Override
    public void returns(Candidate sequence, long now) {
        waiting.add(sequence);
    }

    @Override
    public void leaves(Candidate sequence, long now) {
        waiting.remove(sequence);
    }

    @Override
    public int compare(Candidate one, Candidate other) {
        return order.compare(one, other);
    }
}
