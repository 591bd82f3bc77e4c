package telos.kernel.scheduling;

/**
 * Weighted fair: service in proportion to weight, by start-time fair queueing at every level.
 *
 * <p>Contract: of two siblings that wait all the time from one moment to another, the services that they got in between,
 * each divided by its weight, differ by at most 2·U, where U is the most that one of them can be charged for what it has
 * in service at one time, divided by its weight; of one that never wanted service before, the U of its other siblings count
 * too; and of two of which one was bounded in between ({@link Bounds#carried}), that bound by its weight. Charged with a price per token when a request is admitted and one per token generated, this is the virtual token
 * counter and its bound 2·max(wp·L, wq·M). However many new siblings come, whoever waits is served at some time. Whoever
 * waits and is more than {@link #QUANTUM} of service behind one in service may take its place.
 *
 * <p>Goyal, Guo, Vin, "Start-Time Fair Queueing", OSDI 1996; Bennett and Zhang, "Hierarchical Packet Fair Queueing",
 * SIGCOMM 1996; Sheng et al., "Fairness in Serving Large Language Models", OSDI 2024.
 */
public record Fair() implements Policy {
    /** 2,000 tokens at price 1, or 2 s. */
    public static final long QUANTUM = 2_000_000_000;

    /** By virtual time. */
    static final Discipline BY_TAG = new ByTag();

    @Override
    public String name() {
        return "fair";
    }

    @Override
    public Discipline children(Level parent) {
        return BY_TAG;
    }

    private record ByTag() implements Discipline {
        @Override
        public long rank(Account account) {
            return 0;
        }

        @Override
        public Tie tie() {
            return Tie.TAG;
        }

        @Override
        public Overtaking overtaking(Account waits, Account served) {
            long behind = served.tag().whole() - waits.tag().whole();
            return behind > QUANTUM / waits.shares().weight() ? Overtaking.SPARINGLY : Overtaking.NEVER;
        }
    }
}
