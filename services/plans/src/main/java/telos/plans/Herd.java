package telos.plans;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;

/**
 * Objects of one list that nothing tells apart but that they are several: a walk that only reads them sees one thing. A walk
 * that may change one of them must not know herds.
 */
final class Herd {
    /** Lists that are shorter are not worth it. */
    static final int LEAST = 8;

    private final List<Box> members;
    private final Sketch sketch;
    private final Label label;
    private @Nullable Set<Box> told;

    /**
     * @param sketch what each of them is
     * @param label who may know which of them the list holds
     */
    Herd(List<Box> members, Sketch sketch, Label label) {
        this.members = List.copyOf(members);
        this.sketch = sketch;
        this.label = label;
    }

    List<Box> members() {
        return members;
    }

    Sketch sketch() {
        return sketch;
    }

    Label label() {
        return label;
    }

    boolean has(Box box) {
        Set<Box> all = told;
        if (all == null) {
            all = Collections.newSetFromMap(new IdentityHashMap<>(members.size()));
            all.addAll(members);
            told = all;
        }
        return all.contains(box);
    }

    /** Ends a walk in which one of a herd may be changed: it is to be made again without herds. */
    static final class Touched extends RuntimeException {
        private static final long serialVersionUID = 1;

        Touched() {
            super(null, null, false, false);
        }
    }
}
