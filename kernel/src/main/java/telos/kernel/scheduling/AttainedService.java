package telos.kernel.scheduling;

/**
 * Least attained service first, in levels that double, so that short work is not held up by long work. By program: the
 * agents of a tenant are ordered by what the whole of each got so far, and the requests of an agent as they came. By
 * request, for comparison: all requests of a tenant are ordered by what each got alone. Tenants are served fairly.
 *
 * <p>Contract: among the agents of a tenant, but for the reserved share, nobody is served while one of a lower level waits,
 * and in one level the earlier request goes first; and whoever waits all the time gets, by its weight, its part of
 * {@code reserve} percent of the service, less its part of one turn of each sibling. One of a lower level that waits may
 * take the place of one of a higher level in service.
 *
 * <p>Luo et al., "Autellix", arXiv 2502.13965 (program-level attained service).
 *
 * @param quantum service that fills the first level; each further one ends at twice the one before
 * @param reserve percent of the service that is dealt out by weight; from 1 to 50
 * @param byProgram else by request
 */
public record AttainedService(long quantum, int reserve, boolean byProgram) implements Policy {
    public AttainedService {
        if (quantum < 1) {
            throw new IllegalArgumentException("a quantum of service is at least one unit, not " + quantum);
        }
        if (reserve < 1 || reserve > 50) {
            throw new IllegalArgumentException("the reserved share is from 1 to 50 percent, not " + reserve);
        }
    }

    /** 200 tokens at price 1, or 200 ms. */
    private static final long QUANTUM = 200_000_000;

    public static AttainedService ofPrograms() {
        return new AttainedService(QUANTUM, 10, true);
    }

    public static AttainedService ofRequests() {
        return new AttainedService(QUANTUM, 10, false);
    }

    @Override
    public String name() {
        return byProgram ? "attained" : "attained-request";
    }

    @Override
    public Discipline children(Level parent) {
        return switch (parent) {
            case ROOT -> Fair.BY_TAG;
            case TENANT -> new Levels(quantum, reserve, byProgram);
            case AGENT, REQUEST, QUEUE, COMMAND ->
                byProgram ? FirstCome.BY_ARRIVAL : new Levels(quantum, reserve, false);
        };
    }

    private record Levels(long quantum, int reserve, boolean byProgram) implements Discipline {
        @Override
        public Tie tie() {
            return Tie.ARRIVAL;
        }

        /** The level: the bits of {@code attained / quantum}, without the division. */
        @Override
        public long rank(Account account) {
            long attained = (byProgram ? account : account.head()).attained();
            if (attained < quantum) {
                return 0;
            }
            int longer = Long.numberOfLeadingZeros(quantum) - Long.numberOfLeadingZeros(attained);
            return attained >= quantum << longer ? longer + 1 : longer;
        }

        @Override
        public Overtaking overtaking(Account waits, Account served) {
            return rank(waits) < rank(served) ? Overtaking.SPARINGLY : Overtaking.NEVER;
        }
    }
}
