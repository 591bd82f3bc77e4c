package telos.plans.values;

import java.util.EnumSet;
import java.util.Set;
import telos.kernel.security.Label;

/** The run that an operation is part of: what it writes under, what it is charged to, and who calls functions. */
public interface Context {
    /** What decided that we are here; joined to whatever is written into a box. */
    Label pc();

    /** Charges work, or throws {@link BudgetSpent} if there is not so much left. */
    void steps(long count);

    /** Charges memory, before it is taken, or throws {@link BudgetSpent} if there is not so much left. */
    void bytes(long count);

    /**
     * An element of an iterator is about to be computed by code of the plan.
     *
     * @return to be run once it was computed; {@link #IDLE} where there is nothing to do
     */
    default Runnable pulling(IteratorBox iterator) {
        return IDLE;
    }

    /** Does nothing. */
    Runnable IDLE = () -> {};

    /** The kinds of objects that may be changed in the run at all. */
    default Set<Kind> changing() {
        return EnumSet.allOf(Kind.class);
    }

    /** Calls anything that can be called; functions of the plan are the interpreter's. */
    Value call(Value callee, Arguments arguments);
}
