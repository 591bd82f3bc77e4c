package telos.kernel.scheduling;

/**
 * What one tree allows.
 *
 * @param entities in the tree at most, the root not counted
 * @param reservable units of service per second that all reservations may come to together
 * @param carried units of service for each {@link Shares#USUAL_WEIGHT} of weight that an entity may still be ahead of its
 *     siblings' virtual time when the policy changes or a reservation of it or below it is replaced or taken away; what it
 *     was ahead beyond that is forgiven, since under another rule it was no debt
 */
public record Bounds(int entities, long reservable, long carried) {
    /** A million entities, and 95 % of one processor's time in nanoseconds. */
    public static final Bounds USUAL = new Bounds(1_000_000, 950_000_000);

    /** 1,000 tokens at price 1, or 1 s. */
    private static final long USUALLY_CARRIED = 1_000_000_000;

    /** With as much carried as is usual. */
    public Bounds(int entities, long reservable) {
        this(entities, reservable, USUALLY_CARRIED);
    }

    /** Virtual time that one may be ahead where the rule has changed. */
    long ahead() {
        return carried / Shares.USUAL_WEIGHT;
    }

    public Bounds {
        if (entities < 1) {
            throw new IllegalArgumentException("a tree holds at least one entity, not " + entities);
        }
        if (reservable < 0) {
            throw new IllegalArgumentException("no less than nothing can be reserved, not " + reservable);
        }
        if (carried < 0 || carried > EntityTree.MAX_SERVICE) {
            throw new IllegalArgumentException(
                    "from nothing to " + EntityTree.MAX_SERVICE + " units of service can be carried, not " + carried);
        }
    }
}
