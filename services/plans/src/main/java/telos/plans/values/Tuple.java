package telos.plans.values;

import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * A tuple. Each element has its own label; the length is as public as the reference. Two are equal where they are the same
 * object, as with every payload; what Python calls equal is {@link Equality}'s.
 */
public final class Tuple implements Payload {
    public static final Tuple EMPTY = new Tuple(List.of());

    private final List<Value> elements;
    private final Label within;
    /** What it is, once that was told, where all that it holds are scalars of which everybody may know everything. */
    private @Nullable Outline told;

    public Tuple(List<Value> elements) {
        this.elements = List.copyOf(elements);
        this.within = Labels.fixed(this.elements);
    }

    /** The join of the labels of what it holds, as far as that never changes. */
    Label within() {
        return within;
    }

    public List<Value> elements() {
        return elements;
    }

    Outline outline(Sight sight) {
        Outline known = told;
        if (known != null) {
            return known;
        }
        known = size() <= Outline.MOST_FIELDS
                ? Outline.tuple(elements.stream().map(sight::inside).toList())
                : Outline.holding(Kind.TUPLE, size(), sight.all(elements), null);
        if (elements.stream().allMatch(each -> each.outline() == null && each.isScalar())) {
            told = known;
        }
        return known;
    }

    public static Tuple of(Value... elements) {
        return new Tuple(List.of(elements));
    }

    public int size() {
        return elements.size();
    }

    @Override
    public Kind kind() {
        return Kind.TUPLE;
    }
}
