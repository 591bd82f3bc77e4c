package telos.server.tenants;

import telos.kernel.scheduling.Shares;

/**
 * How a tenant stands beside others.
 *
 * @param weight its part of the service in proportion to others' weights
 * @param urgent whether its requests may ask for a priority or a deadline
 */
public record Rank(int weight, boolean urgent) {
    /** A key that nothing else was said of. */
    public static final Rank USUAL = new Rank((int) Shares.USUAL_WEIGHT, false);

    /** Whoever needs no key. */
    public static final Rank OWNER = new Rank((int) Shares.USUAL_WEIGHT, true);

    public Rank {
        if (weight < Shares.MIN_WEIGHT || weight > Shares.MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "'weight' must be " + Shares.MIN_WEIGHT + " to " + Shares.MAX_WEIGHT + ", was " + weight);
        }
    }
}
