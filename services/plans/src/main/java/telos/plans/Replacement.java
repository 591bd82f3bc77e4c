package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Errors;
import telos.plans.values.Outline;
import telos.plans.values.Prospect;
import telos.plans.values.Value;

/**
 * A scalar that was put under a secret index or key, after which all that could be known of the container was as before: an
 * inline cache. Another of which the same is known, put in the place of one, then changes nothing but what stands there.
 *
 * @param way who may know where it was put
 * @param after what everybody may know of the container then
 * @param errors what may fail
 */
record Replacement(BoxVersion into, Value at, Value value, Label way, Outline after, Errors errors) {
    /** What was just done; null where doing it again may do more than to replace. */
    static @Nullable Replacement of(BoxVersion into, Value at, Value value, Label way, Prospect prospect) {
        Outline after = prospect.receiver();
        return after != null && at.isScalar() && value.isScalar()
                ? new Replacement(into, at, value, way, after, prospect.errors())
                : null;
    }

    boolean isLike(Machine machine, Value container, Value index, Value scalar) {
        return into.is(machine, container)
                && (errors.isEmpty() || !machine.tries())
                && Scalars.isAlike(at, index)
                && Scalars.isAlike(value, scalar);
    }

    /**
     * Does it; false where there was nothing to replace. Then all is done that comes before the change, and the caller has still
     * to fill the container and to assign.
     */
    boolean perform(Frame frame, Value index, Value scalar) {
        Machine machine = frame.machine;
        machine.repeat(Shortcut.REPLACEMENT);
        machine.reserve(Targets.STEPS, Targets.BYTES, way);
        into.box().grow(after, machine);
        if (!errors.isEmpty()) {
            machine.mayFail(frame, Failures.of(errors), way);
        }
        return into.isStill() && into.box().replace(machine, index.payload(), scalar);
    }
}
