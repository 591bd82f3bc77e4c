package telos.kernel.scheduling;

/**
 * Earliest deadline first among those whose {@link Reservation} has budget left, then the others by weight.
 *
 * <p>Contract: the tree takes no more reservations than {@link Bounds#reservable} allows; so if that is what is served, and
 * whoever is first can be put into service at once, everybody gets its budget in each period. Nobody takes more than its
 * budget out of a period ahead of those that reserved nothing; beyond it, it waits with them, and by its weight. Whoever
 * is new shares from the beginning in what those with reservations leave. One with budget left that waits may take the
 * place of one in service without.
 *
 * <p>Abeni and Buttazzo, RTSS 1998; Liu and Layland, JACM 1973.
 */
public record EarliestDeadline() implements Policy {
    @Override
    public String name() {
        return "deadline";
    }

    @Override
    public Discipline children(Level parent) {
        return new ByDeadline();
    }

    private record ByDeadline() implements Discipline {
        @Override
        public long rank(Account account) {
            return account.due();
        }

        @Override
        public Tie tie() {
            return Tie.TAG;
        }

        @Override
        public boolean promised(Account account) {
            return account.due() != Account.NEVER;
        }

        @Override
        public Overtaking overtaking(Account waits, Account served) {
            return promised(waits) && !promised(served) ? Overtaking.AT_ONCE : Overtaking.NEVER;
        }
    }
}
