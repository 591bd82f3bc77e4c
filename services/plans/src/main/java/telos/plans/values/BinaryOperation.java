package telos.plans.values;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** An operator between two operands. */
public enum BinaryOperation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    MODULO("%"),
    POWER("**"),
    LEFT_SHIFT("<<"),
    RIGHT_SHIFT(">>"),
    AND("&"),
    OR("|"),
    XOR("^");

    private final String symbol;

    BinaryOperation(String symbol) {
        this.symbol = symbol;
    }

    /** The operator that is written so; there must be one. */
    public static BinaryOperation of(String symbol) {
        for (BinaryOperation each : values()) {
            if (each.symbol.equals(symbol)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no operator is written '" + symbol + "'");
    }

    public String symbol() {
        return symbol;
    }

    /** Does it, or throws the {@link PlanFailure} that Python raises. */
    public Value apply(Context context, Value left, Value right) {
        Label label = left.label().join(right.label());
        Payload a = left.payload();
        Payload b = right.payload();
        Payload quick = quick(a, b);
        if (quick != null) {
            return new Value(quick, label);
        }
        try {
            if (this == MODULO && a instanceof Text template) {
                return new Value(PercentFormat.format(context, template, right), label.join(Labels.deep(right)));
            }
            return new Value(Arithmetic.compute(context, this, a, b), label);
        } catch (Fault fault) {
            throw fault.raised(label, this == MODULO && a instanceof Text ? Labels.deep(right) : Label.BOTTOM);
        }
    }

    /** What two ints of a word come to; null of anything else, or where that takes more. It uses nothing and cannot fail. */
    public @Nullable Payload quick(Payload a, Payload b) {
        return a instanceof Whole x && b instanceof Whole y && x.isSmall() && y.isSmall()
                ? quick(x.small(), y.small())
                : null;
    }

    private @Nullable Whole quick(long x, long y) {
        return switch (this) {
            case ADD -> {
                long sum = x + y;
                yield ((x ^ sum) & (y ^ sum)) < 0 ? null : Whole.of(sum);
            }
            case SUBTRACT -> {
                long difference = x - y;
                yield ((x ^ y) & (x ^ difference)) < 0 ? null : Whole.of(difference);
            }
            case MULTIPLY -> {
                long product = x * y;
                yield Math.multiplyHigh(x, y) == product >> 63 ? Whole.of(product) : null;
            }
            case FLOOR_DIVIDE -> y == 0 || y == -1 ? null : Whole.of(Math.floorDiv(x, y));
            case MODULO -> y == 0 ? null : Whole.of(Math.floorMod(x, y));
            default -> null;
        };
    }

    /** {@code left op= right}: lists, sets and dictionaries are changed and given back, all else is computed anew. */
    public Value applyInPlace(Context context, Value left, Value right) {
        try {
            if (InPlace.changes(this, left.payload())) {
                InPlace.apply(context, this, left, right);
                return left;
            }
        } catch (Fault fault) {
            throw fault.raised(left.label().join(right.label()), Labels.deep(right));
        }
        return apply(context, left, right);
    }

    public Prospect outline(Outline left, Outline right) {
        return ArithmeticOutline.of(this, left, right);
    }

    public Prospect outlineInPlace(Outline left, Outline right) {
        return InPlace.outline(this, left, right);
    }
}
