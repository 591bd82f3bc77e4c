package telos.plans.values;

import java.util.List;

/** Tells what calling something may come to; the interpreter's walk answers for the plan's own functions. */
public interface Callback {
    /** The callee tells what it can be, and the callables themselves where they are known. */
    Prospect call(Outline callee, List<Outline> arguments);
}
