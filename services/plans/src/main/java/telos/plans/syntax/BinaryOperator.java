package telos.plans.syntax;

/** An arithmetic or bitwise operator between two operands; with {@code =} behind it, of an augmented assignment. */
public enum BinaryOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    MODULO("%"),
    POWER("**"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    BIT_AND("&"),
    BIT_OR("|"),
    BIT_XOR("^");

    private final String symbol;

    BinaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in source, without the {@code =} of an augmented assignment. */
    public String symbol() {
        return symbol;
    }
}
