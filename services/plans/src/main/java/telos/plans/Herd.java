package telos.plans;

import java.util.List;
import telos.plans.values.Box;

/**
 * Objects of one list that nothing tells apart but that they are several: a walk that only reads them sees one thing. A walk
 * that may change one of them must not know herds.
 *
 * @param sketch what each of them is
 */
record Herd(List<Box> members, Sketch sketch) {
    /** Lists that are shorter are not worth it. */
    static final int LEAST = 8;

    Herd {
        members = List.copyOf(members);
    }

    /** It is what it is, whoever else is alike. */
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Ends a walk in which one of a herd may be changed: it is to be made again without herds. */
    static final class Touched extends RuntimeException {
        private static final long serialVersionUID = 1;

        Touched() {
            super(null, null, false, false);
        }
    }
}
