package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.Value;

/**
 * A list or a dictionary of scalars that everybody knows by its reference, as it was once. As long as it {@link #is so still},
 * everything that can be known of it is as it was, whatever scalars stand in it by now.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
record Steady(Box box, int version, Label scalars) {
    /** As it is now; null where it may hold more than scalars, or its reference is not for everybody. */
    static @Nullable Steady of(Machine machine, Value container) {
        Label scalars = container.isPublic()
                        && machine.pc == Label.BOTTOM
                        && machine.rules.isComplete()
                        && machine.remembers
                        && container.payload() instanceof Box box
                        && box.among() == null
                        && box.outline().isFlat()
                ? box.scalars()
                : null;
        return scalars == null
                ? null
                : new Steady((Box) container.payload(), ((Box) container.payload()).version(), scalars);
    }

    /** Whether this is that container, and the run stands where everybody knows. */
    boolean is(Machine machine, Value container) {
        return container.payload() == box && container.isPublic() && machine.pc == Label.BOTTOM && isStill();
    }

    boolean isStill() {
        return box.version() == version && box.scalars() == scalars;
    }
}
