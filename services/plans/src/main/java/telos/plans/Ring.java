package telos.plans;

import java.util.ArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Up to 32 of something that was kept at one place of a plan. It is looked through from where something was found last, for
 * what is asked for is most often that, or what stands behind it: in a loop within a loop the same comes in the same order.
 * Where it is full, a new one takes the place behind the one that was found or kept last.
 */
final class Ring<T> {
    private static final int MOST = 32;

    /** How often in a row nothing was found before most are not kept any more. */
    private static final int PATIENCE = 128;

    private static final int KEPT_THEN = 32;

    private final ArrayList<T> all = new ArrayList<>(0);
    private int at;
    private int missed;

    boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable
    T find(Predicate<T> sought) {
        int size = all.size();
        // Where little is found, only the next two are looked at.
        int looked = missed > PATIENCE ? Math.min(size, 2) : size;
        for (int i = 0; i < looked; i++) {
            int place = at + i < size ? at + i : at + i - size;
            T each = all.get(place);
            if (sought.test(each)) {
                at = place;
                missed = 0;
                return each;
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
