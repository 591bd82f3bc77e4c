package telos.kernel.scheduling;

import java.util.Comparator;
import java.util.Optional;

/**
 * The policy that says who goes first: who is admitted next, whose prompt is computed first, and who gives way. A
 * scheduler tells it of every sequence: it joins and waits, starts, perhaps returns to wait again, and leaves. Between two
 * calls that change something its answers stay the same.
 */
public interface Line {
    /** A sequence came and waits. */
    void joins(Candidate sequence, long now);

    /** Who is admitted next of those that wait. */
    Optional<Candidate> first(long now);

    /** One that waits runs from now on. */
    void starts(Candidate sequence, long now);

    /** One that runs lost its blocks and waits again. */
    void returns(Candidate sequence, long now);

    /** It ended, whether it ran or waited. */
    void leaves(Candidate sequence, long now);

    /**
     * Tokens of the prompt that are to be computed for a sequence, or were generated for it; below zero for those that were
     * charged and not computed.
     */
    default void charge(Candidate sequence, int prompt, int generated, long now) {}

    /** Less than zero if the first goes before the second; 0 for the same sequence alone. */
    int compare(Candidate one, Candidate other);

    /** Whether one that waits may take the place of one that runs. */
    default boolean overtakes(Candidate waits, Candidate runs) {
        return false;
    }

    /**
     * Why a request is not taken, though alone it would fit.
     *
     * @param waiting how many wait that never ran
     * @param most how many may
     */
    default Optional<Admission.Refused> refuses(Request request, int waiting, int most) {
        return waiting < most
                ? Optional.empty()
                : Optional.of(new Admission.Refused(request.sequence(), Admission.Why.QUEUE_FULL, waiting + 1L, most));
    }

    /** The earlier arrival goes first, so whoever is first stays it until it ends, and everybody gets there. */
    static Line firstComeFirstServed() {
        return by(Comparator.comparingLong(Candidate::arrival));
    }

    /** An order that stays as it is for a sequence while it waits; ties go to the earlier arrival. */
    static Line by(Comparator<Candidate> order) {
        return new SortedLine(order);
    }
}
