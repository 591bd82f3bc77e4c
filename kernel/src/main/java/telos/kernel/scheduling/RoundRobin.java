package telos.kernel.scheduling;

/**
 * In turn, for comparison: among siblings, whoever was dispatched longest ago goes first.
 *
 * <p>Contract: between two dispatches of a sibling that waits all the time, each other is dispatched at most once.
 */
public record RoundRobin() implements Policy {
    private static final Discipline BY_TURN = Account::turn;

    @Override
    public String name() {
        return "round-robin";
    }

    @Override
    public Discipline children(Level parent) {
        return BY_TURN;
    }
}
