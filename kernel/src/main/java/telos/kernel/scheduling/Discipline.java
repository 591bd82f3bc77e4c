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

    /** By virtual time: service in proportion to weight. */
    Discipline FAIR = (a, b) -> a.tag().compareTo(b.tag());
}
