package telos.plans.values;

import java.math.BigInteger;
import telos.kernel.security.Label;

/** An operator before one operand. */
public enum UnaryOperation {
    NEGATE("-"),
    PLUS("+"),
    INVERT("~"),
    NOT("not");

    private static final long WHOLES = Kind.INT.bit() | Kind.BOOL.bit();

    private final String symbol;

    UnaryOperation(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Does it, or throws the {@link PlanFailure} that Python raises. */
    public Value apply(Context context, Value of) {
        if (this == NOT) {
            Value truth = Truths.of(of);
            return new Value(Truth.of(!((Truth) truth.payload()).holds()), truth.label());
        }
        try {
            return new Value(compute(context, of), of.label());
        } catch (Fault fault) {
            throw fault.raised(of.label(), Label.BOTTOM);
        }
    }

    private Payload compute(Context context, Value of) {
        Payload payload = of.payload();
        if (this != INVERT && payload instanceof Real real) {
            return this == PLUS ? real : new Real(-real.value());
        }
        if (this != INVERT && payload instanceof Delta delta) {
            return this == PLUS ? delta : delta.negated();
        }
        if (!Numbers.isWhole(payload)) {
            throw Fault.type("bad operand type for unary " + symbol + ": '"
                    + payload.type().name() + "'");
        }
        Whole whole = Numbers.whole(payload);
        if (this == PLUS) {
            return whole;
        }
        if (whole.isSmall() && whole.small() != Long.MIN_VALUE) {
            return Whole.of(this == NEGATE ? -whole.small() : ~whole.small());
        }
        context.bytes(whole.bits() / 8);
        BigInteger negated = whole.big().negate();
        return Whole.of(this == NEGATE ? negated : negated.subtract(BigInteger.ONE));
    }

    public Prospect outline(Outline of) {
        if (this == NOT) {
            return Prospect.sure(Outline.BOOL);
        }
        Outline result = Outline.NEVER;
        if (of.mayAny(WHOLES)) {
            result = Outline.whole(of.may(Kind.INT) ? Outline.plus(of.extent(), 1) : 2);
        }
        if (this != INVERT) {
            result = result.union(of.only(Kind.FLOAT)).union(of.only(Kind.TIMEDELTA));
        }
        boolean bad = !of.isOnly(WHOLES | (this == INVERT ? 0 : Kind.FLOAT.bit() | Kind.TIMEDELTA.bit()));
        return Prospect.of(
                result.anyValue(), Errors.NONE.andIf(bad, Errors.TYPE).andIf(of.may(Kind.TIMEDELTA), Errors.OVERFLOW));
    }
}
