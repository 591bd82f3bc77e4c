package telos.plans;

import java.util.ArrayList;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Prospect;
import telos.plans.values.Tuple;
import telos.plans.values.Value;

/**
 * What the operation at one place of a plan may come to, as it was told there before. A prospect is told from outlines alone,
 * and those never change: from the very same outlines comes the same prospect, in whatever world.
 *
 * <p>What is asked for is most often what was asked for last, or what came after that before: in a loop within a loop the
 * same outlines come in the same order.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Recollection {
    private final Ring<Told> told = new Ring<>();
    private final Ring<Scalars> scalars = new Ring<>();
    private @Nullable Lookup lookup;

    /** The last few of something, in the order in which they came. */
    private static final class Ring<T> {
        private static final int MOST = 32;

        /** How often in a row nothing was found before most are not kept any more. */
        private static final int PATIENCE = 128;

        private static final int KEPT_THEN = 32;

        private final ArrayList<T> all = new ArrayList<>(0);
        private int at;
        private int missed;

        @Nullable
        T find(Predicate<T> sought) {
            int size = all.size();
            for (int i = 0; i < size; i++) {
                int place = at + i < size ? at + i : at + i - size;
                T each = all.get(place);
                if (sought.test(each)) {
                    at = place;
                    missed = 0;
                    return each;
                }
                if (i == 1 && missed > PATIENCE) {
                    break;
                }
            }
            missed++;
            return null;
        }

        void keep(T made) {
            if (missed > PATIENCE && missed % KEPT_THEN != 0) {
                return;
            }
            if (all.size() < MOST) {
                at = all.size();
                all.add(made);
            } else {
                at = at + 1 == MOST ? 0 : at + 1;
                all.set(at, made);
            }
        }
    }

    /** What three outlines tell. */
    interface Tell {
        Prospect tell(Outline one, Outline two, Outline three);
    }

    private record Told(Outline one, Outline two, Outline three, Prospect prospect) {
        boolean is(Outline a, Outline b, Outline c) {
            return a.says(one) && b.says(two) && c.says(three);
        }
    }

    Prospect of(Outline one, Outline two, Outline three, Tell tell) {
        Told known = told.find(each -> each.is(one, two, three));
        if (known != null) {
            return known.prospect();
        }
        Prospect prospect = tell.tell(one, two, three);
        told.keep(new Told(one, two, three, prospect));
        return prospect;
    }

    Prospect of(Outline one, Outline two, BiFunction<Outline, Outline, Prospect> tell) {
        return of(one, two, Outline.NONE, (a, b, _) -> tell.apply(a, b));
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
            machine.repeated++;
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
        return scalars.all.isEmpty() ? null : scalars.find(each -> each.isOf(machine, a, b));
    }

    /** Keeps what came of two values, where that is as public as both together. */
    void keep(Machine machine, Value a, Value b, Prospect prospect, Value result) {
        Outline outline = result.outline();
        boolean plain = prospect.cannotFail()
                && outline != null
                && a.isScalar()
                && (b.isScalar() || isPlainTuple(b))
                && result.isScalar()
                && machine.rules.isComplete()
                && machine.remembers;
        if (plain && outline != null && result.label() == a.label().join(b.label())) {
            scalars.keep(new Scalars(
                    a, b, machine.pc, result.label(), outline, Machine.steps(prospect), Machine.bytes(prospect)));
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
