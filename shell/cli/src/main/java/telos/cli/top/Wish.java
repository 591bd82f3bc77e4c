package telos.cli.top;

/** What is to be done about a key. */
sealed interface Wish {
    /** No more than to draw. */
    record Draw() implements Wish {}

    record Redraw() implements Wish {}

    record Leave() implements Wish {}

    record Refresh() implements Wish {}

    record Kill(Row row) implements Wish {}

    record Weigh(Row row, long weight) implements Wish {}
}
