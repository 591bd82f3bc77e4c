package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Outline;
import telos.plans.values.Prospect;
import telos.plans.values.Value;

/**
 * A scalar that was put under a secret index or key, after which all that could be known of the container was as before.
 * Another of which the same is known, put in the place of one, then changes nothing but what stands there.
 */
record Replacement(Steady into, Value at, Value value, Label way, Prospect prospect) {
    /** What was just done; null where doing it again may do more than to replace. */
    static @Nullable Replacement of(Steady into, Value at, Value value, Label way, Prospect prospect) {
        boolean scalars = at.isScalar() && value.isScalar() && prospect.receiver() != null;
        return scalars ? new Replacement(into, at, value, way, prospect) : null;
    }

    boolean isLike(Machine machine, Value container, Value index, Value scalar) {
        return into.is(machine, container)
                && (prospect.errors().isEmpty() || !machine.tries())
                && Recollection.isAlike(at, index)
                && Recollection.isAlike(value, scalar);
    }

    /** Does it; tells whether there was something to replace. What comes before the change is done in any case. */
    boolean replaces(Frame frame, Value index, Value scalar) {
        Machine machine = frame.machine;
        machine.reserve(Targets.STEPS, Targets.BYTES, way);
        Outline after = java.util.Objects.requireNonNull(prospect.receiver());
        into.box().grow(after, machine);
        if (!prospect.errors().isEmpty()) {
            machine.mayFail(frame, Failures.of(prospect.errors()), way);
        }
        machine.repeated++;
        return into.isStill() && into.box().replaces(machine, index.payload(), scalar);
    }
}
