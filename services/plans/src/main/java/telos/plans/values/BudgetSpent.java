package telos.plans.values;

/** A plan asked for more than it may have. It ends the plan, and no handler of the plan catches it. */
public final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message which budget, and how large it is */
    public BudgetSpent(String message) {
        super(message, null, false, false);
    }
}
