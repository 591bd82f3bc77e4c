package telos.cli.top;

/** What was pressed. */
sealed interface Key {
    /** A character that is typed. */
    record Typed(int character) implements Key {}

    /** One without a character. */
    enum Named implements Key {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        TAB,
        ENTER,
        BACKSPACE,
        ESCAPE,
        REDRAW,
        LEAVE,
        UNKNOWN
    }
}
