package telos.plans.values;

import java.util.EnumSet;
import java.util.Set;

/** A set of built-in exceptions that something may raise. */
public record Errors(int mask) {
    public static final Errors NONE = new Errors(0);
    /** All that operations raise. */
    static final Errors ANY = of(
            ErrorKind.TYPE,
            ErrorKind.VALUE,
            ErrorKind.INDEX,
            ErrorKind.KEY,
            ErrorKind.OVERFLOW,
            ErrorKind.RECURSION,
            ErrorKind.RUNTIME,
            ErrorKind.ATTRIBUTE,
            ErrorKind.ZERO_DIVISION,
            ErrorKind.STOP_ITERATION,
            ErrorKind.EXCEPTION);

    static final Errors TYPE = of(ErrorKind.TYPE);
    static final Errors VALUE = of(ErrorKind.VALUE);
    static final Errors INDEX = of(ErrorKind.INDEX);
    static final Errors KEY = of(ErrorKind.KEY);
    static final Errors OVERFLOW = of(ErrorKind.OVERFLOW);
    static final Errors RECURSION = of(ErrorKind.RECURSION);
    static final Errors RUNTIME = of(ErrorKind.RUNTIME);
    static final Errors ATTRIBUTE = of(ErrorKind.ATTRIBUTE);
    static final Errors ZERO_DIVISION = of(ErrorKind.ZERO_DIVISION);
    static final Errors STOP_ITERATION = of(ErrorKind.STOP_ITERATION);

    public static Errors of(ErrorKind... kinds) {
        int mask = 0;
        for (ErrorKind each : kinds) {
            mask |= each.bit();
        }
        return new Errors(mask);
    }

    public Errors and(Errors other) {
        return (mask | other.mask) == mask ? this : new Errors(mask | other.mask);
    }

    Errors andIf(boolean may, Errors other) {
        return may ? and(other) : this;
    }

    public boolean isEmpty() {
        return mask == 0;
    }

    public boolean contains(ErrorKind kind) {
        return (mask & kind.bit()) != 0;
    }

    /** What is left when a handler for this type takes what it catches. */
    public Errors without(Type caught) {
        int left = mask;
        for (ErrorKind each : kinds()) {
            if (each.type().isWithin(caught)) {
                left &= ~each.bit();
            }
        }
        return left == mask ? this : new Errors(left);
    }

    public Set<ErrorKind> kinds() {
        Set<ErrorKind> all = EnumSet.noneOf(ErrorKind.class);
        for (ErrorKind each : ErrorKind.values()) {
            if (contains(each)) {
                all.add(each);
            }
        }
        return all;
    }
}
