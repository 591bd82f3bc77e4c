package telos.plans.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A {@code datetime.timedelta}.
 *
 * @param days at most 999,999,999 either way
 * @param micros of the day, never negative
 */
public record Delta(long days, long micros) implements Payload {
    static final long MOST_DAYS = 999_999_999;
    static final long DAY = 86_400_000_000L;
    private static final BigInteger MICROS_OF_DAY = BigInteger.valueOf(DAY);

    static Delta ofMicros(long micros) {
        return new Delta(Math.floorDiv(micros, DAY), Math.floorMod(micros, DAY));
    }

    /** Of so many microseconds, or the OverflowError that these are too many. */
    static Delta of(BigInteger micros) {
        BigInteger[] parts = micros.divideAndRemainder(MICROS_OF_DAY);
        if (parts[1].signum() < 0) {
            parts = new BigInteger[] {parts[0].subtract(BigInteger.ONE), parts[1].add(MICROS_OF_DAY)};
        }
        if (parts[0].bitLength() > 40 || Math.abs(parts[0].longValue()) > MOST_DAYS) {
            throw Fault.overflow("days=" + parts[0] + "; must have magnitude <= 999999999");
        }
        return new Delta(parts[0].longValue(), parts[1].longValue());
    }

    /** Rounded half to even. */
    static Delta of(BigDecimal micros) {
        return of(micros.setScale(0, RoundingMode.HALF_EVEN).toBigInteger());
    }

    BigInteger total() {
        return BigInteger.valueOf(days).multiply(MICROS_OF_DAY).add(BigInteger.valueOf(micros));
    }

    Delta negated() {
        return of(total().negate());
    }

    boolean isNegative() {
        return days < 0;
    }

    boolean isZero() {
        return days == 0 && micros == 0;
    }

    int compareTo(Delta other) {
        return days != other.days ? Long.compare(days, other.days) : Long.compare(micros, other.micros);
    }

    String text() {
        long seconds = micros / 1_000_000;
        String start = days == 0 ? "" : days + (Math.abs(days) == 1 ? " day, " : " days, ");
        String end = micros % 1_000_000 == 0 ? "" : String.format(".%06d", micros % 1_000_000);
        return start + seconds / 3600 + String.format(":%02d:%02d", seconds / 60 % 60, seconds % 60) + end;
    }

    String repr() {
        StringBuilder out = new StringBuilder();
        long seconds = micros / 1_000_000;
        if (days != 0) {
            out.append("days=").append(days);
        }
        if (seconds != 0) {
            out.append(out.isEmpty() ? "" : ", ").append("seconds=").append(seconds);
        }
        if (micros % 1_000_000 != 0) {
            out.append(out.isEmpty() ? "" : ", ").append("microseconds=").append(micros % 1_000_000);
        }
        return "datetime.timedelta(" + (out.isEmpty() ? "0" : out) + ")";
    }

    @Override
    public Kind kind() {
        return Kind.TIMEDELTA;
    }
}
