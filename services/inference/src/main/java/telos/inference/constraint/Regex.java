package telos.inference.constraint;

import java.util.List;

/** A regular expression as a tree. It says which texts hold a match; what a group captured plays no part. */
sealed interface Regex {
    Regex EMPTY = new Join(List.of());

    /** One character out of a set. */
    record Characters(CodePoints set) implements Regex {}

    record Join(List<Regex> parts) implements Regex {}

    record Either(List<Regex> options) implements Regex {}

    /**
     * Something several times in a row.
     *
     * @param most {@link Rule#UNBOUNDED} where there is no bound
     */
    record Repeat(Regex item, int least, int most) implements Regex {}

    /** The start of the text. */
    record Start() implements Regex {}

    /** The end of the text. */
    record End() implements Regex {}

    /** Where a word starts or ends, or where none does. */
    record Boundary(boolean negative) implements Regex {}

    /** What comes next, without taking it; or what must not. */
    record Ahead(Regex what, boolean negative) implements Regex {}

    /** Any text, or any but those of the expression. */
    record Signed(Regex regex, boolean negative) {}
}
