package telos.plans.values;

import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** An operator that gives a bool: equality, order, identity, membership. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in"),
    IS("is"),
    IS_NOT("is not");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /** The operator that is written so; there must be one. */
    public static Comparison of(String symbol) {
        for (Comparison each : values()) {
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
        Payload a = left.payload();
        Payload b = right.payload();
        Label label = left.label().join(right.label());
        Truth quick = isMembership() ? null : quick(a, b);
        return quick == null ? compute(context, left, right, label) : Value.of(quick.holds(), label);
    }

    /** Whether it asks whether something is in something. */
    public boolean isMembership() {
        return this == IN || this == NOT_IN;
    }

    /**
     * The order of two ints, whether two strings are equal, or whether a string is among at most {@link Membership#FEW}; null of
     * anything else. It cannot fail. Who may know of what a tuple holds is for the caller to ask.
     */
    public @Nullable Truth quick(Payload a, Payload b) {
        if (compareTo(GREATER_OR_EQUAL) <= 0) {
            if (a instanceof Whole x && b instanceof Whole y) {
                return Truth.of(holds(Numbers.compare(x, y)));
            }
            if (this == EQUAL && a instanceof Text x && b instanceof Text y) {
                return Truth.of(x == y || x.string().equals(y.string()));
            }
        } else if (isMembership() && a instanceof Text text && b instanceof Tuple tuple) {
            Boolean found = among(text, tuple);
            return found == null ? null : Truth.of(found == (this == IN));
        }
        return null;
    }

    private static @Nullable Boolean among(Text text, Tuple tuple) {
        List<Value> all = tuple.elements();
        boolean found = false;
        for (int i = 0; i < all.size(); i++) {
            if (!(all.get(i).payload() instanceof Text each) || all.size() > Membership.FEW) {
                return null;
            }
            found |= text == each || text.string().equals(each.string());
        }
        return found;
    }

    private Value compute(Context context, Value left, Value right, Label label) {
        Payload a = left.payload();
        Payload b = right.payload();
        try {
            return switch (this) {
                case EQUAL -> Value.of(Equality.equal(context, a, b), label.join(decided(left, right)));
                case NOT_EQUAL -> Value.of(!Equality.equal(context, a, b), label.join(decided(left, right)));
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    Value.of(Order.compare(context, this, a, b, 0), label.join(decided(left, right)));
                case IS -> Value.of(isSame(a, b), label);
                case IS_NOT -> Value.of(!isSame(a, b), label);
                case IN -> Membership.of(context, left, right);
                case NOT_IN -> {
                    Value in = Membership.of(context, left, right);
                    yield Value.of(!((Truth) in.payload()).holds(), in.label());
                }
            };
        } catch (Fault fault) {
            throw fault.raised(label, Labels.deep(left).join(Labels.deep(right)));
        }
    }

    /** Whether it is so of two that compare like this with each other. */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case IN, NOT_IN, IS, IS_NOT -> throw new IllegalStateException(symbol + " is no order");
        };
    }

    /** What decides beside the references: what they hold, unless their types alone tell. */
    private static Label decided(Value left, Value right) {
        boolean mine = Labels.holds(left.payload());
        boolean theirs = Labels.holds(right.payload());
        if (!mine && !theirs) {
            return Label.BOTTOM;
        }
        Kind a = left.payload().kind();
        Kind b = right.payload().kind();
        if (mine != theirs || (a != b && !isSet(a) && !isSet(b))) {
            return Label.BOTTOM;
        }
        return Labels.deep(left).join(Labels.deep(right));
    }

    private static boolean isSet(Kind kind) {
        return kind == Kind.SET || kind == Kind.FROZENSET || kind == Kind.VIEW;
    }

    /** Identity of objects; numbers and strings, whose identity Python leaves open, are the same where they are equal. */
    private static boolean isSame(Payload a, Payload b) {
        if (a == b) {
            return true;
        }
        return a.kind() == b.kind()
                && switch (a) {
                    case Whole _, Text _ -> Equality.equal(a, b);
                    case Tuple tuple -> tuple.size() == 0 && ((Tuple) b).size() == 0;
                    default -> false;
                };
    }

    public Prospect outline(Outline left, Outline right) {
        Errors errors = switch (this) {
            case IS, IS_NOT -> Errors.NONE;
            case EQUAL, NOT_EQUAL -> Equality.errors(left, right);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Order.errors(left, right);
            case IN, NOT_IN -> Membership.errors(left, right);
        };
        return Prospect.of(Outline.BOOL, errors)
                .taking(Sets.viewed(left))
                .taking(Sets.viewed(right))
                .taking(this == IN || this == NOT_IN ? Membership.frozen(left) : 0)
                .unboundedIf(this != IS && this != IS_NOT && left.isDeep() && right.isDeep());
    }
}
