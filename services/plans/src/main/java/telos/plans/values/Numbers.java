package telos.plans.values;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers against numbers, exactly: a float is compared with an int by what it stands for. */
final class Numbers {
    private static final long EXACT = 1L << 53;

    private Numbers() {}

    static boolean isNumber(Payload payload) {
        return payload instanceof Whole || payload instanceof Real || payload instanceof Truth;
    }

    static boolean isWhole(Payload payload) {
        return payload instanceof Whole || payload instanceof Truth;
    }

    static Whole whole(Payload payload) {
        return payload instanceof Whole whole ? whole : Whole.of(((Truth) payload).count());
    }

    static boolean equal(Payload a, Payload b) {
        if (a instanceof Real x && b instanceof Real y) {
            return x.value() == y.value();
        }
        if (isNan(a) || isNan(b)) {
            return false;
        }
        return compare(a, b) == 0;
    }

    private static boolean isNan(Payload payload) {
        return payload instanceof Real real && Double.isNaN(real.value());
    }

    /** Whether neither is NaN, so that they have an order. */
    static boolean ordered(Payload a, Payload b) {
        return !isNan(a) && !isNan(b);
    }

    /** NaN, which nobody should ask for, lies above all. */
    static int compare(Payload a, Payload b) {
        if (a instanceof Real x) {
            return b instanceof Real y ? order(x.value(), y.value()) : -compare(whole(b), x.value());
        }
        return b instanceof Real y ? compare(whole(a), y.value()) : compare(whole(a), whole(b));
    }

    private static int order(double x, double y) {
        return x < y ? -1 : x == y ? 0 : x > y ? 1 : Double.compare(x, y);
    }

    static int compare(Whole a, Whole b) {
        return a.isSmall() && b.isSmall()
                ? Long.compare(a.small(), b.small())
                : a.big().compareTo(b.big());
    }

    private static int compare(Whole a, double b) {
        if (a.isSmall() && Math.abs(a.small()) <= EXACT) {
            return order((double) a.small(), b);
        }
        if (Double.isNaN(b) || b == Double.POSITIVE_INFINITY) {
            return -1;
        }
        return b == Double.NEGATIVE_INFINITY ? 1 : new BigDecimal(a.big()).compareTo(new BigDecimal(b));
    }

    /** As a float, or the OverflowError that it is too large. */
    static double real(Payload payload) {
        return switch (payload) {
            case Real real -> real.value();
            case Truth truth -> truth.count();
            case Whole whole -> {
                if (whole.isSmall()) {
                    yield whole.small();
                }
                double value = whole.big().doubleValue();
                if (Double.isInfinite(value)) {
                    throw Fault.overflow("int too large to convert to float");
                }
                yield value;
            }
            default -> throw new IllegalArgumentException(payload.kind() + " is no number");
        };
    }

    /** a / b, correctly rounded. */
    static double ratio(Whole a, Whole b) {
        if (a.isSmall() && b.isSmall() && Math.abs(a.small()) <= EXACT && Math.abs(b.small()) <= EXACT) {
            return (double) a.small() / b.small();
        }
        if (a.sign() == 0) {
            return b.sign() < 0 ? -0.0 : 0.0;
        }
        BigInteger over = a.big().abs();
        BigInteger under = b.big().abs();
        int shift = Math.max(0, 70 - (over.bitLength() - under.bitLength()));
        int drop = Math.max(0, over.bitLength() - under.bitLength() - 70);
        BigInteger[] parts = over.shiftLeft(shift).divideAndRemainder(under.shiftLeft(drop));
        BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        double value = Math.scalb(quotient.doubleValue(), drop - shift);
        if (Double.isInfinite(value)) {
            throw Fault.overflow("integer division result too large for a float");
        }
        return a.sign() == b.sign() ? value : -value;
    }

    /** The int that a float stands for once its fraction is cut off. */
    static Whole cut(double value) {
        if (Math.abs(value) < 0x1p62) {
            return Whole.of((long) value);
        }
        return Whole.of(new BigDecimal(value).toBigInteger());
    }
}
