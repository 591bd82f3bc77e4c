package telos.plans.values;

/** What binary operators may come to. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class ArithmeticOutline {
    private static final long WHOLES = Kind.INT.bit() | Kind.BOOL.bit();
    private static final long NUMBERS = WHOLES | Kind.FLOAT.bit();
    /** An int of so many bytes may be more than a float holds. */
    private static final long LARGER_THAN_FLOAT = 128;
    /** So many steps an operation may take that is not looked after while it runs. */
    private static final long MOST_STEPS = 1 << 20;

    private ArithmeticOutline() {}

    static Prospect of(BinaryOperation operation, Outline a, Outline b) {
        if (a.isOnly(NUMBERS) && b.isOnly(NUMBERS)) {
            return numbers(operation, a.orNumber(), b.orNumber());
        }
        if (operation == BinaryOperation.MULTIPLY && (a.isNever() || b.isNever())) {
            return of(operation, a.orNumber(), b.orNumber());
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
        boolean mayReal = a.may(Kind.FLOAT) || b.may(Kind.FLOAT);
        boolean mayWhole = a.mayAny(WHOLES) && b.mayAny(WHOLES);
        Errors errors = Errors.NONE;
        Outline result = Outline.NEVER;
        boolean large = isLarge(a) || isLarge(b);
        if (mayReal) {
            result = Outline.FLOAT;
            errors = errors.andIf(large, Errors.OVERFLOW);
        }
        long wider = Math.max(wide(a), wide(b));
        boolean multiplies = operation == BinaryOperation.MULTIPLY
                || operation == BinaryOperation.DIVIDE
                || operation == BinaryOperation.FLOOR_DIVIDE
                || operation == BinaryOperation.MODULO;
        boolean unbounded = multiplies && mayWhole && isLong(wide(a), wide(b));
        boolean zero = !b.isNonZeroConstant() && !(b.isOnly(WHOLES) && (b.low() > 0 || b.high() < 0));
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
                    unbounded = isLong(extent, extent);
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
        return new Prospect(mayWhole ? bounded(operation, a, b, result) : result, errors, null, unbounded);
    }

    /** Whether multiplying ints of so many bytes takes longer than what an operation takes anyway. */
    private static boolean isLong(long a, long b) {
        return Outline.times(a / 8 + 1, b / 8 + 1) / 64 > MOST_STEPS;
    }

    private static long wide(Outline outline) {
        return outline.may(Kind.INT) ? Math.min(outline.extent(), Outline.UNBOUNDED - 1) : 1;
    }

    private static boolean isLarge(Outline outline) {
        boolean bounded = outline.low() != Outline.UNKNOWN_LOW && outline.high() != Outline.UNKNOWN_HIGH;
        return !bounded && wide(outline) >= LARGER_THAN_FLOAT;
    }

    /** An int result with what is known of how small and how large it is. */
    private static Outline bounded(BinaryOperation operation, Outline a, Outline b, Outline result) {
        if (!result.may(Kind.INT)) {
            return result;
        }
        boolean adds = operation == BinaryOperation.ADD || operation == BinaryOperation.SUBTRACT;
        if (adds && (a.isPaced() || b.isPaced()) && a.pace() > 0 && b.pace() > 0) {
            int pace = Math.max(a.pace(), b.pace()) + (a.isPaced() && b.isPaced() ? 1 : 0);
            boolean negative = operation == BinaryOperation.SUBTRACT || a.low() < 0 || b.low() < 0;
            return result.paced(pace, negative);
        }
        long low = Outline.UNKNOWN_LOW;
        long high = Outline.UNKNOWN_HIGH;
        switch (operation) {
            case ADD -> {
                low = lower(a.low(), b.low());
                high = higher(a.high(), b.high());
            }
            case SUBTRACT -> {
                low = lower(a.low(), negated(b.high()));
                high = higher(a.high(), negated(b.low()));
            }
            case MULTIPLY -> {
                if (isSmall(a) && isSmall(b)) {
                    long w = a.low() * b.low();
                    long x = a.low() * b.high();
                    long y = a.high() * b.low();
                    long z = a.high() * b.high();
                    low = Math.min(Math.min(w, x), Math.min(y, z));
                    high = Math.max(Math.max(w, x), Math.max(y, z));
                }
            }
            case FLOOR_DIVIDE -> {
                if (b.low() > 0) {
                    low = a.low() >= 0 ? 0 : a.low();
                    high = a.high() < 0 ? -1 : a.high();
                }
            }
            case MODULO -> {
                if (b.low() > 0) {
                    low = 0;
                    high = b.high() == Outline.UNKNOWN_HIGH ? b.high() : b.high() - 1;
                    high = a.low() >= 0 ? Math.min(high, a.high()) : high;
                }
            }
            case AND -> {
                if (a.low() >= 0 || b.low() >= 0) {
                    low = 0;
                    high = Math.min(
                            a.low() >= 0 ? a.high() : Outline.UNKNOWN_HIGH,
                            b.low() >= 0 ? b.high() : Outline.UNKNOWN_HIGH);
                }
            }
            default -> {}
        }
        boolean known = low != Outline.UNKNOWN_LOW && high != Outline.UNKNOWN_HIGH;
        return known && result.isOnly(Kind.INT) ? Outline.within(low, high) : result.between(low, high);
    }

    private static boolean isSmall(Outline outline) {
        long most = 1L << 30;
        return outline.low() >= -most && outline.high() <= most;
    }

    private static long negated(long bound) {
        return bound == Outline.UNKNOWN_LOW
                ? Outline.UNKNOWN_HIGH
                : bound == Outline.UNKNOWN_HIGH ? Outline.UNKNOWN_LOW : -bound;
    }

    private static long lower(long one, long other) {
        long sum = one + other;
        boolean known = one != Outline.UNKNOWN_LOW && other != Outline.UNKNOWN_LOW;
        return known && ((one ^ sum) & (other ^ sum)) >= 0 ? sum : Outline.UNKNOWN_LOW;
    }

    private static long higher(long one, long other) {
        long sum = one + other;
        boolean known = one != Outline.UNKNOWN_HIGH && other != Outline.UNKNOWN_HIGH;
        return known && ((one ^ sum) & (other ^ sum)) >= 0 ? sum : Outline.UNKNOWN_HIGH;
    }
}
