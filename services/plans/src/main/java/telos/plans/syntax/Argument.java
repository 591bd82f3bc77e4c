package telos.plans.syntax;

/** One argument of a call. */
public sealed interface Argument extends Node {
    Expression value();

    record Positional(Position position, Expression value) implements Argument {}

    /** {@code name=value}; no name occurs twice in one call. */
    record Keyword(Position position, String name, Expression value) implements Argument {}

    /** {@code *value}. */
    record Starred(Position position, Expression value) implements Argument {}

    /** {@code **value}. */
    record DoubleStarred(Position position, Expression value) implements Argument {}
}
