package telos.kernel.scheduling;

/**
 * What one tree allows.
 *
 * @param entities in the tree at most, the root not counted
 * @param reservable units of service per second that all reservations may come to together
 */
public record Bounds(int entities, long reservable) {
    /** A million entities, and 95 % of one processor's time in nanoseconds. */
    public static final Bounds USUAL = new Bounds(1_000_000, 950_000_000);

    public Bounds {
        if (entities < 1) {
            throw new IllegalArgumentException("a tree holds at least one entity, not " + entities);
        }
        if (reservable < 0) {
            throw new IllegalArgumentException("no less than nothing can be reserved, not " + reservable);
        }
    }
}
