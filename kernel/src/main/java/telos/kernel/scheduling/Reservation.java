package telos.kernel.scheduling;

/**
 * A promise of service: {@code budget} in every {@code period}, each time before the period ends.
 *
 * @param budget in units of service
 * @param period in nanoseconds
 */
public record Reservation(long budget, long period) {
    public static final long MAX_BUDGET = 1_000_000_000_000_000L;
    public static final long MAX_PERIOD = 10_000_000_000_000L;

    public Reservation {
        if (budget < 1 || budget > MAX_BUDGET) {
            throw new IllegalArgumentException(
                    "a reservation's budget is from 1 to " + MAX_BUDGET + " units of service, not " + budget);
        }
        if (period < 1 || period > MAX_PERIOD) {
            throw new IllegalArgumentException(
                    "a reservation's period is from 1 to " + MAX_PERIOD + " ns, not " + period);
        }
    }

    /** Units of service per second, rounded up. */
    long bandwidth() {
        return (long) Math.ceil(budget * 1e9 / period);
    }
}
