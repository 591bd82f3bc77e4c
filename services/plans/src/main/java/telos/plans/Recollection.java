package telos.plans;

import java.util.function.BiFunction;
import telos.plans.values.Outline;
import telos.plans.values.Prospect;

/**
 * What the operation at one place of a plan may come to, as it was told there before. A prospect is told from outlines alone,
 * and those never change: from the very same outlines comes the same prospect, in whatever world.
 */
final class Recollection {
    private final Ring<Told> told = new Ring<>();

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
}
