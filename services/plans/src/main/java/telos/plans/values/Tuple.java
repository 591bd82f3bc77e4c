package telos.plans.values;

import java.util.List;

/** A tuple. Each element has its own label; the length is as public as the reference. */
public record Tuple(List<Value> elements) implements Payload {
    public static final Tuple EMPTY = new Tuple(List.of());

    public Tuple {
        elements = List.copyOf(elements);
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

    /** Identity, as with every payload; what Python calls equal is {@link Equality}'s. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
