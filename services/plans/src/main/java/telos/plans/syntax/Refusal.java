package telos.plans.syntax;

/** Carries the fault from wherever it is found to {@link PlanParser}, which makes a value of it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SyntaxFault fault;

    Refusal(SyntaxFault fault) {
        super(fault.message(), null, false, false);
        this.fault = fault;
    }

    SyntaxFault fault() {
        return fault;
    }
}
