package telos.plans.values;

/** What binary operators may come to. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class ArithmeticOutline {
    private static final long WHOLES = Kind.INT.bit() | Kind.BOOL.bit();
    private static final long NUMBERS = WHOLES | Kind.FLOAT.bit();
    /** An int of so many bytes may be more than a float holds. */
    private static final long LARGER_THAN_FLOAT = 128;

    private ArithmeticOutline() {}

    static Prospect of(BinaryOperation operation, Outline a, Outline b) {
        if (a.isOnly(NUMBERS) && b.isOnly(NUMBERS)) {
            return numbers(operation, a, b);
        }
        if (a == Outline.ANY || b == Outline.ANY) {
            return new Prospect(
                    Outline.ANY,
                    Errors.of(
                            ErrorKind.TYPE,
                            ErrorKind.ZERO_DIVISION,
                            ErrorKind.OVERFLOW,
                            ErrorKind.VALUE,
                            ErrorKind.KEY,
                            ErrorKind.INDEX,
                            ErrorKind.RECURSION),
                    null,
                    true);
        }
        Prospect all = Prospect.NEVER;
        for (Kind x : a.kinds()) {
            for (Kind y : b.kinds()) {
                all = all.or(pair(operation, x, a.only(x), y, b.only(y)));
            }
        }
        return all;
    }

    private static Prospect pair(BinaryOperation operation, Kind x, Outline a, Kind y, Outline b) {
        boolean wholes = (y.bit() & WHOLES) != 0;
        if ((x.bit() & NUMBERS) != 0 && (y.bit() & NUMBERS) != 0) {
            return numbers(operation, a, b);
        }
        switch (operation) {
            case ADD -> {
                if (x == y && (x == Kind.STR || x == Kind.LIST || x == Kind.TUPLE)) {
                    long extent = Outline.plus(a.extent(), b.extent());
                    return Prospect.sure(
                            x == Kind.STR
                                    ? Outline.text(extent)
                                    : Outline.holding(
                                            x, extent, a.elementOrNone().union(b.elementOrNone()), null));
                }
            }
            case MULTIPLY -> {
                if ((x == Kind.STR || x == Kind.LIST || x == Kind.TUPLE) && wholes) {
                    return repeated(a, b);
                }
                if ((y == Kind.STR || y == Kind.LIST || y == Kind.TUPLE) && (x.bit() & WHOLES) != 0) {
                    return repeated(b, a);
                }
            }
            case MODULO -> {
                if (x == Kind.STR) {
                    return PercentFormat.outline(a, b);
                }
            }
            case AND, OR, XOR, SUBTRACT -> {
                Prospect sets = Sets.outline(operation, x, a, y, b);
                if (sets != null) {
                    return sets;
                }
            }
            default -> {}
        }
        Prospect dates = Dates.outline(operation, x, y);
        return dates != null ? dates : Prospect.of(Outline.NEVER, Errors.TYPE);
    }

    private static Prospect repeated(Outline sequence, Outline times) {
        long most = times.greatest();
        long extent = Outline.times(sequence.extent(), most);
        return Prospect.sure(sequence.withoutFields().anyValue().extent(extent))
                .unboundedIf(extent == Outline.UNBOUNDED);
    }

    private static Prospect numbers(BinaryOperation operation, Outline a, Outline b) {
        if (a.isNever() || b.isNever()) {
            return Prospect.NEVER;
        }
        boolean mayReal = a.may(Kind.FLOAT) || b.may(Kind.FLOAT);
        boolean mayWhole = a.mayAny(WHOLES) && b.mayAny(WHOLES);
        Errors errors = Errors.NONE;
        Outline result = Outline.NEVER;
        boolean unbounded = false;
        boolean large = Math.max(wide(a), wide(b)) >= LARGER_THAN_FLOAT;
        if (mayReal) {
            result = Outline.FLOAT;
            errors = errors.andIf(large, Errors.OVERFLOW);
        }
        long wider = Math.max(wide(a), wide(b));
        boolean zero = !b.isNonZeroConstant();
        switch (operation) {
            case ADD, SUBTRACT -> result = mayWhole ? result.union(Outline.whole(wider + 1)) : result;
            case MULTIPLY -> result = mayWhole ? result.union(Outline.whole(Outline.plus(wide(a), wide(b)))) : result;
            case DIVIDE -> {
                result = Outline.FLOAT;
                errors = errors.andIf(zero, Errors.ZERO_DIVISION).andIf(large, Errors.OVERFLOW);
            }
            case FLOOR_DIVIDE -> {
                errors = errors.andIf(zero, Errors.ZERO_DIVISION);
                result = mayWhole ? result.union(Outline.whole(wide(a) + 1)) : result;
            }
            case MODULO -> {
                errors = errors.andIf(zero, Errors.ZERO_DIVISION);
                result = mayWhole ? result.union(Outline.whole(wide(b))) : result;
            }
            case POWER -> {
                Long exponent = b.constantWhole();
                boolean plain = exponent != null && exponent >= 0;
                errors = mayReal ? errors.and(Errors.OVERFLOW).andIf(!plain, Errors.VALUE) : errors;
                errors = errors.andIf(!plain, Errors.ZERO_DIVISION.and(Errors.OVERFLOW));
                result = plain ? result : result.union(Outline.FLOAT);
                if (mayWhole) {
                    long extent = Outline.times(wide(a), Math.max(1, b.greatest()));
                    unbounded = extent > 1 << 20;
                    result = result.union(Outline.whole(unbounded ? Outline.UNBOUNDED : extent + 1));
                }
            }
            case LEFT_SHIFT, RIGHT_SHIFT -> {
                Long by = b.constantWhole();
                errors = Errors.NONE.andIf(mayReal, Errors.TYPE).andIf(by == null || by < 0, Errors.VALUE);
                long more = operation == BinaryOperation.RIGHT_SHIFT ? 0 : b.greatest() / 8 + 1;
                unbounded = more > 1 << 20;
                result = mayWhole
                        ? Outline.whole(unbounded ? Outline.UNBOUNDED : Outline.plus(wide(a), more))
                        : Outline.NEVER;
            }
            case AND, OR, XOR -> {
                errors = Errors.NONE.andIf(mayReal, Errors.TYPE);
                result = a.may(Kind.BOOL) && b.may(Kind.BOOL) ? Outline.BOOL : Outline.NEVER;
                if ((a.may(Kind.INT) && b.mayAny(WHOLES)) || (b.may(Kind.INT) && a.mayAny(WHOLES))) {
                    result = result.union(Outline.whole(wider));
                }
            }
        }
        return new Prospect(result, errors, null, unbounded);
    }

    private static long wide(Outline outline) {
        return outline.may(Kind.INT) ? Math.min(outline.extent(), Outline.UNBOUNDED - 1) : 1;
    }
}
