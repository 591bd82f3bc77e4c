package telos.kernel.scheduling;

/**
 * As they came, for comparison.
 *
 * <p>Contract: of all leaves that wait, anywhere in the tree, the one that became ready first goes first. One that was
 * taken out of service keeps its place.
 */
public record FirstCome() implements Policy {
    static final Discipline BY_ARRIVAL = Account::arrival;

    @Override
    public String name() {
        return "first-come";
    }

    @Override
    public Discipline children(Level parent) {
        return BY_ARRIVAL;
    }
}
