package telos.plans.values;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A whole number of any size; one that fits a long is always held as a long. */
public final class Whole implements Payload {
    private static final int LEAST_KEPT = -128;
    private static final Whole[] KEPT = new Whole[1152];
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    static {
        for (int i = 0; i < KEPT.length; i++) {
            KEPT[i] = new Whole(i + LEAST_KEPT, null);
        }
    }

    private final long small;
    private final @Nullable BigInteger big;

    private Whole(long small, @Nullable BigInteger big) {
        this.small = small;
        this.big = big;
    }

    public static Whole of(long value) {
        int at = (int) value - LEAST_KEPT;
        return value >= LEAST_KEPT && value < LEAST_KEPT + KEPT.length ? KEPT[at] : new Whole(value, null);
    }

    public static Whole of(BigInteger value) {
        return value.bitLength() <= 63 ? of(value.longValue()) : new Whole(0, value);
    }

    public boolean isSmall() {
        return big == null;
    }

    /** Meaningful only where {@link #isSmall}. */
    public long small() {
        return small;
    }

    public BigInteger big() {
        return big == null ? BigInteger.valueOf(small) : big;
    }

    public int sign() {
        return big == null ? Long.signum(small) : big.signum();
    }

    /** As a long, the nearest one where it does not fit. */
    long clamped() {
        if (big == null) {
            return small;
        }
        return big.signum() < 0 ? LEAST.longValue() : MOST.longValue();
    }

    public long bits() {
        return big == null
                ? 64 - Long.numberOfLeadingZeros(Math.abs(small))
                : big.abs().bitLength();
    }

    @Override
    public Kind kind() {
        return Kind.INT;
    }

    @Override
    public String toString() {
        return big == null ? Long.toString(small) : big.toString();
    }
}
