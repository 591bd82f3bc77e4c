package telos.plans;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import telos.plans.values.Outline;
import telos.plans.values.Prospect;

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
}
