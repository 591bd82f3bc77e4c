package telos.plans.syntax;

import java.util.List;

/** What a value is bound to: a place, or several that it is unpacked into. */
public sealed interface Target extends Node {
    /** A target that is one place. */
    sealed interface Place extends Target {}

    record Name(Position position, String name) implements Place {}

    record Attribute(Position position, Expression value, String name) implements Place {}

    /** {@code value[index]}; the index may be an {@link Expression.Slice}. */
    record Item(Position position, Expression value, Expression index) implements Place {}

    /** A tuple or a list of targets, of which at most one is {@link Starred}; it may be empty. */
    record Several(Position position, List<Target> elements) implements Target {
        public Several {
            elements = List.copyOf(elements);
        }
    }

    /** {@code *target}: the list of what the other elements leave over. It stands only directly in {@link Several}. */
    record Starred(Position position, Target target) implements Target {}
}
