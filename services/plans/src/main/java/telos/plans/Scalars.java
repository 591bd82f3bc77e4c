package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Prospect;
import telos.plans.values.Tuple;
import telos.plans.values.Value;

/**
 * What came of two scalars that not everybody may know, of an operation that could not fail: an inline cache. Of two others of
 * which the same is known to the same comes something of which the same is known.
 *
 * @param pc what decided that the run was there
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
record Scalars(Value left, Value right, Label pc, Label label, Outline outline, long steps, long bytes) {
    /** What computes without using anything and without failing; null of what it does not take. */
    interface Quick {
        @Nullable
        Payload of(Payload left, Payload right);
    }

    /** What was just computed; null where that is not all that there is to say. */
    static @Nullable Scalars of(Machine machine, Value a, Value b, Prospect prospect, Value result) {
        Outline outline = result.outline();
        boolean plain = prospect.cannotFail()
                && a.isScalar()
                && (b.isScalar() || isPlainTuple(b))
                && result.isScalar()
                && machine.mayRepeat();
        if (outline == null || !plain || result.label() != a.label().join(b.label())) {
            return null;
        }
        return new Scalars(a, b, machine.pc, result.label(), outline, prospect.mostSteps(), prospect.mostBytes());
    }

    /** A tuple is only itself, and holds nothing that not everybody may know. */
    private static boolean isPlainTuple(Value value) {
        return value.payload() instanceof Tuple && Labels.deep(value) == Label.BOTTOM && value.outline() == null;
    }

    /** Whether the same is known of two scalars to the same. */
    static boolean isAlike(Value one, Value two) {
        Outline known = one.outline();
        return one == two || (known != null && known == two.outline() && one.label() == two.label());
    }

    private boolean isOf(Machine machine, Value a, Value b) {
        return machine.pc == pc && isAlike(left, a) && isAlike(right, b);
    }

    /** What comes of two values, where something came of two like them before; else null. */
    static @Nullable Value again(Ring<Scalars> kept, Machine machine, Value a, Value b, Quick quick) {
        Scalars known = kept.isEmpty() ? null : kept.find(each -> each.isOf(machine, a, b));
        Payload result = known == null ? null : quick.of(a.payload(), b.payload());
        if (known == null || result == null) {
            return null;
        }
        machine.repeat(Shortcut.SCALARS);
        machine.reserve(known.steps, known.bytes, known.label);
        return new Value(result, known.label, known.outline);
    }
}
