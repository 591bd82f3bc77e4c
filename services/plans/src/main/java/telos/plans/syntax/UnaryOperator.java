package telos.plans.syntax;

/** An operator before one operand. */
public enum UnaryOperator {
    NOT("not"),
    MINUS("-"),
    PLUS("+"),
    INVERT("~");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in source. */
    public String symbol() {
        return symbol;
    }
}
