package telos.server.tenants;

/**
 * A bucket that fills at a steady rate up to what one minute brings, and from which units are taken. It may be
 * overdrawn: what was taken too much is refilled first. Level and time are whole numbers, so nothing is lost to rounding.
 */
final class TokenBucket {
    static final int MOST = 100_000_000;
    /** A unit in parts; one part comes in each nanosecond at a rate of one unit a minute. */
    private static final long PARTS = 60_000_000_000L;
    /** With a full bucket of at most 6e18 parts, differences stay within a long. */
    private static final long DEEPEST = -3_000_000_000_000_000_000L;

    private final long perMinute;
    private final long full;
    private long level;
    private long asOf;

    /** A full bucket. */
    TokenBucket(int perMinute, long now) {
        if (perMinute < 1 || perMinute > MOST) {
            throw new IllegalArgumentException("a rate must be 1 to " + MOST + " a minute, was " + perMinute);
        }
        this.perMinute = perMinute;
        this.full = perMinute * PARTS;
        this.level = full;
        this.asOf = now;
    }

    /** Takes the units, whether they are there or not. */
    void take(long units, long now) {
        refill(now);
        long parts = units > (level - DEEPEST) / PARTS ? level - DEEPEST : units * PARTS;
        level -= parts;
    }

    /** How many nanoseconds until so many units are there; 0 if they are. At most a full bucket can be waited for. */
    long untilHas(int units, long now) {
        refill(now);
        long missing = Math.min(units, perMinute) * PARTS - level;
        return missing <= 0 ? 0 : Math.ceilDiv(missing, perMinute);
    }

    /** Whole units that are there; 0 while it is overdrawn. */
    long has(long now) {
        refill(now);
        return Math.max(0, level / PARTS);
    }

    /** How many nanoseconds until it is full. */
    long untilFull(long now) {
        refill(now);
        return Math.ceilDiv(full - level, perMinute);
    }

    private void refill(long now) {
        long passed = Math.max(0, now - asOf);
        asOf += passed;
        level = passed > (full - level) / perMinute ? full : level + passed * perMinute;
    }
}
