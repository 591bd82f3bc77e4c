package telos.plans.values;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * What a box holds, taken together, where all of it is scalar: what comes behind the rest is added to what was found of the
 * rest, so that something that grows is not looked through anew each time.
 */
final class Sum {
    private static final int HOLDS = -1;

    private Label labels = Label.BOTTOM;
    /** Up to which place labels and outlines were added; {@link #HOLDS} where something before it is no scalar. */
    private int labelled;

    private Outline elements = Outline.NEVER;
    private Outline keys = Outline.NEVER;
    private int outlined;

    /** A scalar stands in the place of another that had the same label. */
    void forgetOutlines() {
        elements = Outline.NEVER;
        keys = Outline.NEVER;
        outlined = 0;
    }

    /** The join of all labels; null where not all is scalar. */
    @Nullable
    Label labels(Box box) {
        for (int end = box.places(); labelled != HOLDS && labelled < end; labelled++) {
            Value at = box.at(labelled);
            Value key = box.key(labelled);
            if (at == null) {
                continue;
            }
            if (!isScalar(at, key)) {
                labelled = HOLDS;
                return null;
            }
            labels = labels.join(key == null ? Label.BOTTOM : key.label()).join(at.label());
        }
        return labelled == HOLDS ? null : labels;
    }

    /** What the elements can be; null where not all that is there is scalar. */
    @Nullable
    Outline elements(Box box) {
        for (int end = box.places(); outlined != HOLDS && outlined < end; outlined++) {
            Value at = box.at(outlined);
            Value key = box.key(outlined);
            if (at == null) {
                continue;
            }
            if (!isScalar(at, key)) {
                outlined = HOLDS;
                return null;
            }
            elements = elements.union(Outline.of(at));
            keys = key == null ? keys : keys.union(Outline.of(key));
        }
        return outlined == HOLDS ? null : elements;
    }

    /** What the keys can be, once it was told what the elements can be. */
    Outline keys() {
        return keys;
    }

    private static boolean isScalar(Value at, @Nullable Value key) {
        return at.isScalar() && (key == null || key.isScalar());
    }
}
