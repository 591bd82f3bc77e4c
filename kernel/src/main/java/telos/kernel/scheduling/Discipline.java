package telos.kernel.scheduling;

import java.util.Comparator;

/**
 * Who goes first among siblings. An account must not change its place but by calls that concern it or one below it; ties go
 * to whoever was dispatched longest ago, then to the elder.
 */
@FunctionalInterface
public interface Discipline extends Comparator<Account> {

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
