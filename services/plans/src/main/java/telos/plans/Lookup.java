package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.DictBox;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Truth;
import telos.plans.values.Value;

/**
 * What {@code d.get(key, default)} or {@code key in d} gave under a secret key, of a dictionary of scalars. As long as nothing
 * new can be known of the dictionary, another key and default of which the same is known give something of which the same is
 * known, whether or not the key is there: an inline cache.
 *
 * @param otherwise the default; None where there is none
 * @param led who may know which entry was looked for
 */
@SuppressWarnings("ReferenceEquality") // the same label; another is asked for in another way
record Lookup(BoxVersion of, Value key, Value otherwise, Label led, Label label, Outline outline) {
    /** What was just looked for and found; null where another may be found in another way. */
    static @Nullable Lookup of(Machine machine, Value dict, Value key, Value otherwise, Label led, Value found) {
        Outline outline = found.outline();
        if (outline == null
                || machine.open(found.label())
                || !(key.isScalar() && otherwise.isScalar() && found.isScalar())) {
            return null;
        }
        BoxVersion of = BoxVersion.of(machine, dict);
        return of == null ? null : new Lookup(of, key, otherwise, led, found.label(), outline);
    }

    /** Whether all that is looked at is known to whoever knows that the run is here, by what that is decided by and no other label. */
    static boolean isOpen(Machine machine, Value reference, DictBox dict, Value key, Value otherwise) {
        return machine.mayRepeat()
                && isOpen(machine, reference.label())
                && isOpen(machine, key.label())
                && isOpen(machine, otherwise.label())
                && isOpen(machine, dict.shape())
                && Payload.isSimple(key.payload())
                && otherwise.isScalar();
    }

    private static boolean isOpen(Machine machine, Label label) {
        return label == Label.BOTTOM || label == machine.pc;
    }

    boolean isLike(Machine machine, Value dict, Value now, Value given) {
        return of.is(machine, dict) && Scalars.isAlike(key, now) && Scalars.isAlike(otherwise, given);
    }

    Value find(Machine machine, Value now, Value given) {
        Value standing = of.box().standing(now.payload());
        return found(machine, (standing == null ? given : standing).payload());
    }

    /** Whether the key is there, or is not. */
    Value isThere(Machine machine, Value now, boolean sought) {
        return found(machine, Truth.of((of.box().standing(now.payload()) != null) == sought));
    }

    private Value found(Machine machine, Payload payload) {
        machine.repeat(Shortcut.LOOKUP);
        machine.reserve(outline.mostSteps(), outline.mostBytes(), led);
        return new Value(payload, label, outline);
    }
}
