package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.plans.values.UserFunction;
import telos.plans.values.Value;

/** A function of the plan with the variables around it. */
final class Closure implements UserFunction {
    final Code code;
    /** A {@link Frame}, or, in a walk, a {@link Walk.Place}. */
    final Object up;
    /** Defaults of the positional and the keyword-only parameters, null where there is none. */
    final @Nullable Value[] defaults;
    /** The same in a walk. */
    final @Nullable Shadow[] shadows;

    Closure(Code code, Object up, @Nullable Value[] defaults, @Nullable Shadow[] shadows) {
        this.code = code;
        this.up = up;
        this.defaults = defaults;
        this.shadows = shadows;
    }

    @Override
    public String name() {
        return code.name;
    }
}
