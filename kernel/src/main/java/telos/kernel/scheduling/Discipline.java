package telos.kernel.scheduling;

import java.util.Comparator;

/**
 * Who goes first among siblings: whoever has the lowest rank, and among those of the same rank whoever {@link #tie} says,
 * then whoever was dispatched longest ago, then the elder. Neither must change but by calls that concern the entity or one
 * below it.
 *
 * <p>That an order can be told by a number which each computes for itself is after Sivaraman et al., "Programmable Packet
 * Scheduling at Line Rate", SIGCOMM 2016.
 */
public interface Discipline extends Comparator<Account> {
    long rank(Account account);

    /** Among those of the same rank. */
    default Tie tie() {
        return Tie.TURN;
    }

    /** What decides between equals. */
    enum Tie {
        /** Whoever was dispatched longest ago. */
        TURN,
        /** Whoever came first, or has such a one below. */
        ARRIVAL,
        /** Whoever is behind in virtual time. */
        TAG
    }

    /** Who goes first; 0 where only the last dispatch decides. */
    @Override
    default int compare(Account a, Account b) {
        int apart = Long.compare(rank(a), rank(b));
        if (apart != 0) {
            return apart;
        }
        return switch (tie()) {
            case TURN -> 0;
            case ARRIVAL -> Long.compare(a.arrival(), b.arrival());
            case TAG -> a.tag().compareTo(b.tag());
        };
    }

    /**
     * Percent of the service that is dealt out by weight all the same, so that everybody who waits gets some: the turns
     * that this share pays for go to whoever got least of it for its weight.
     */
    default int reserve() {
        return 0;
    }

    /** Whether it goes first by a promise of its own, whatever its siblings got. Such service does not move even time. */
    default boolean promised(Account account) {
        return false;
    }

    /** Whether one that waits may take the place of one in service that comes after it. */
    default Overtaking overtaking(Account waits, Account served) {
        return Overtaking.NEVER;
    }
}
