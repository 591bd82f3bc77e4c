package telos.plans;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Prospect;
import telos.plans.values.Tuple;
import telos.plans.values.Value;

/**
 * What the operation at one place of a plan may come to, as it was told last there. A prospect is told from outlines alone,
 * and those never change: from the very same outlines comes the same prospect, in whatever world.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Recollection {
    private @Nullable Outline left;
    private @Nullable Outline right;
    private @Nullable Outline third;
    private @Nullable Prospect told;
    private @Nullable Scalars scalars;
    private @Nullable Lookup lookup;

    /** What three outlines tell. */
    interface Tell {
        Prospect tell(Outline one, Outline two, Outline three);
    }

    Prospect of(Outline one, Outline two, Outline three, Tell tell) {
        Prospect known = told;
        if (known != null
                && left != null
                && right != null
                && third != null
                && one.says(left)
                && two.says(right)
                && three.says(third)) {
            return known;
        }
        known = tell.tell(one, two, three);
        left = one;
        right = two;
        third = three;
        told = known;
        return known;
    }

    Prospect of(Outline one, Outline two, BiFunction<Outline, Outline, Prospect> tell) {
        Prospect known = told;
        if (known != null && left != null && right != null && one.says(left) && two.says(right)) {
            return known;
        }
        known = tell.apply(one, two);
        left = one;
        right = two;
        told = known;
        return known;
    }

    /**
     * What came last of two scalars that not everybody may know, of an operation that could not fail.
     *
     * @param pc what decided that the run was there
     */
    record Scalars(Value left, Value right, Label pc, Label label, Outline outline, long steps, long bytes) {
        /** Whether these are known to be the like; a tuple is only itself. */
        private boolean isOf(Machine machine, Value a, Value b) {
            return machine.pc == pc && isAlike(left, a) && isAlike(right, b);
        }

        /** The value of what came of two that are alike. */
        Value value(Machine machine, Payload payload) {
            machine.reserve(steps, bytes, label);
            return new Value(payload, label, outline);
        }
    }

    private static boolean isPlainTuple(Value value) {
        return value.payload() instanceof Tuple && Labels.deep(value) == Label.BOTTOM && value.outline() == null;
    }

    /** Whether the same is known of two scalars to the same. */
    static boolean isAlike(Value one, Value two) {
        Outline known = one.outline();
        return one == two || (known != null && known == two.outline() && one.label() == two.label());
    }

    /** What came of two like these, where that is all that there is to say; else null. */
    @Nullable
    Scalars again(Machine machine, Value a, Value b) {
        Scalars known = scalars;
        return known != null && known.isOf(machine, a, b) ? known : null;
    }

    /** Keeps what came of two values, where that is as public as both together. */
    void keep(Machine machine, Value a, Value b, Prospect prospect, Value result) {
        Outline outline = result.outline();
        boolean plain = prospect.cannotFail()
                && outline != null
                && a.isScalar()
                && (b.isScalar() || isPlainTuple(b))
                && result.isScalar()
                && machine.rules.isComplete();
        if (plain && outline != null && result.label() == a.label().join(b.label())) {
            scalars = new Scalars(
                    a, b, machine.pc, result.label(), outline, Machine.steps(prospect), Machine.bytes(prospect));
        }
    }

    /** The same of whether a key is in a dictionary. */
    @Nullable
    Lookup lookup(Machine machine, Value dict, Value key) {
        Lookup known = lookup;
        return known != null && known.isLike(machine, dict, key, Value.NOTHING) ? known : null;
    }

    void keepLookup(Machine machine, Value dict, Value key, Label led, Value found) {
        lookup = Lookup.of(machine, dict, key, Value.NOTHING, led, found);
    }
}
