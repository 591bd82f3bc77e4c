package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.Value;

/**
 * A container of scalars that everybody knows by its reference, as it was once. While it {@link #isStill() is so still},
 * everything that can be known of it is as it was, whatever scalars stand in it by now.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
record BoxVersion(Box box, int version, Label scalars) {
    /** As it is now; null where it may hold more than scalars, or its reference or where the run stands is not for everybody. */
    static @Nullable BoxVersion of(Machine machine, Value container) {
        if (!machine.mayRepeat()
                || machine.pc != Label.BOTTOM
                || !container.isPublic()
                || !(container.payload() instanceof Box box)
                || box.among() != null
                || !box.outline().isFlat()) {
            return null;
        }
        Label scalars = box.scalars();
        return scalars == null ? null : new BoxVersion(box, box.version(), scalars);
    }

    /** Whether this is that container, and the run stands where everybody knows. */
    boolean is(Machine machine, Value container) {
        return container.payload() == box && container.isPublic() && machine.pc == Label.BOTTOM && isStill();
    }

    boolean isStill() {
        return box.version() == version && box.scalars() == scalars;
    }
}
