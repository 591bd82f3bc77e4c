package telos.kernel.scheduling;

/**
 * The higher priority goes first, with aging and a reserved share.
 *
 * <p>Contract, where all the service in between goes to siblings of which more than one waits: whoever waits all the time
 * gets, by its weight, its part of {@code reserve} percent of the service, less its part of one turn of each
 * sibling; and once it has waited
 * {@code step} for each point of priority by which others are above it, each of these is dispatched at most once more
 * before it in the turns that the order decides. Without waiting that long, and but for the reserved share, nobody is
 * served while somebody of a priority higher by the aging difference waits. A higher priority may take the place of a
 * lower one in service.
 *
 * @param step how long a waiting entity takes to rise by one point of priority, in nanoseconds
 * @param reserve percent of the service that is dealt out by weight; from 1 to 50
 */
public record FixedPriority(long step, int reserve) implements Policy {
    public FixedPriority {
        if (step < 1 || step > 1_000_000_000_000L) {
            throw new IllegalArgumentException("aging by one point takes from 1 ns to 1,000 s, not " + step + " ns");
        }
        if (reserve < 1 || reserve > 50) {
            throw new IllegalArgumentException("the reserved share is from 1 to 50 percent, not " + reserve);
        }
    }

    /** A point in 100 ms, and a tenth reserved. */
    public static FixedPriority usual() {
        return new FixedPriority(100_000_000, 10);
    }

    @Override
    public String name() {
        return "priority";
    }

    @Override
    public Discipline children(Level parent) {
        return new Aged(step, reserve);
    }

    /** Since everybody ages at the same pace, the order of those that wait stays as it is. */
    private record Aged(long step, int reserve) implements Discipline {
        @Override
        public long rank(Account account) {
            return account.since() - account.shares().priority() * step;
        }

        @Override
        public Overtaking overtaking(Account waits, Account served) {
            return waits.shares().priority() > served.shares().priority() ? Overtaking.AT_ONCE : Overtaking.NEVER;
        }
    }
}
