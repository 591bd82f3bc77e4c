package telos.kernel.scheduling;

import java.util.Comparator;

/**
 * The policy that says who goes first: the first is admitted and computed first, the last is preempted first. It must
 * stay as it is for a sequence that waits; ties go to the earlier arrival.
 */
@FunctionalInterface
public interface Order extends Comparator<Candidate> {

    /** The earlier arrival goes first, so whoever is first stays it until it ends, and everybody gets there. */
    static Order firstComeFirstServed() {
        return (a, b) -> Long.compare(a.arrival(), b.arrival());
    }
}
