package telos.inference.constraint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in JSON. A range is exact: digits are compared with those of both bounds from the left, so every number
 * spelled lies within, and no text is begun that could not become one. Minus zero and leading zeros are left out.
 */
final class NumberRules {
    /** The most digits of an integer. */
    static final int INTEGER_DIGITS = 18;

    private static final int WHOLE_DIGITS = 15;
    private static final int FRACTION_DIGITS = 6;
    private static final int MOST_FRACTION_DIGITS = 12;
    private static final Rule DIGIT = Rule.bytes('0', '9');

    private NumberRules() {}

    /** A number without bounds: at most 15 digits before and after the point, and an exponent of two digits. */
    static Rule number() {
        Rule whole = Rule.choice(
                Rule.literal("0"), Rule.sequence(Rule.bytes('1', '9'), Rule.repeat(DIGIT, 0, WHOLE_DIGITS - 1)));
        Rule fraction = Rule.sequence(Rule.literal("."), Rule.repeat(DIGIT, 1, WHOLE_DIGITS));
        Rule exponent = Rule.sequence(Rule.oneOf("eE"), Rule.optional(Rule.oneOf("+-")), Rule.repeat(DIGIT, 1, 2));
        return Rule.sequence(Rule.optional(Rule.literal("-")), whole, Rule.optional(fraction), Rule.optional(exponent));
    }

    /** The integers of a range; at most 18 digits. A bound that is {@code out} is not part of it. */
    static Rule integers(@Nullable BigDecimal low, boolean lowOut, @Nullable BigDecimal high, boolean highOut) {
        return range(low, lowOut, high, highOut, 0, INTEGER_DIGITS);
    }

    /** The decimal numbers of a range, without exponent and with at most 12 digits after the point. */
    static Rule decimals(@Nullable BigDecimal low, boolean lowOut, @Nullable BigDecimal high, boolean highOut) {
        int scale = FRACTION_DIGITS;
        scale = Math.max(scale, low == null ? 0 : low.stripTrailingZeros().scale());
        scale = Math.max(scale, high == null ? 0 : high.stripTrailingZeros().scale());
        scale = Math.min(scale, MOST_FRACTION_DIGITS);
        return range(low, lowOut, high, highOut, scale, WHOLE_DIGITS + scale);
    }

    /** The numbers n / 10^scale in a range, n of at most {@code digits} digits. */
    private static Rule range(
            @Nullable BigDecimal low,
            boolean lowOut,
            @Nullable BigDecimal high,
            boolean highOut,
            int scale,
            int digits) {
        BigInteger most = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
        BigInteger from = most.negate();
        if (low != null) {
            BigDecimal scaled = low.movePointRight(scale);
            from = scaled.setScale(0, RoundingMode.CEILING).toBigInteger().max(from);
            if (lowOut && new BigDecimal(from).compareTo(scaled) == 0) {
                from = from.add(BigInteger.ONE);
            }
        }
        BigInteger to = most;
        if (high != null) {
            BigDecimal scaled = high.movePointRight(scale);
            to = scaled.setScale(0, RoundingMode.FLOOR).toBigInteger().min(to);
            if (highOut && new BigDecimal(to).compareTo(scaled) == 0) {
                to = to.subtract(BigInteger.ONE);
            }
        }
        return range(from, to, scale);
    }

    /** The numbers n / 10^scale for n in a range. */
    private static Rule range(BigInteger from, BigInteger to, int scale) {
        BigInteger zero = BigInteger.ZERO;
        BigInteger one = BigInteger.ONE;
        List<Rule> options = new ArrayList<>();
        if (from.signum() < 0) {
            options.add(Rule.sequence(Rule.literal("-"), magnitudes(to.negate().max(one), from.negate(), scale)));
        }
        options.add(magnitudes(from.max(zero), to, scale));
        return Rule.choice(options);
    }

    /** The same for a range that starts at zero or above, one option for each count of digits. */
    private static Rule magnitudes(BigInteger from, BigInteger to, int scale) {
        List<Rule> options = new ArrayList<>();
        int digits = scale + 1;
        while (from.compareTo(to) <= 0) {
            BigInteger last =
                    BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).min(to);
            if (from.compareTo(last) <= 0) {
                options.add(new Digits(pad(from, digits), pad(last, digits), digits - scale).rule());
                from = last.add(BigInteger.ONE);
            }
            digits++;
        }
        return Rule.choice(options);
    }

    private static String pad(BigInteger value, int digits) {
        String text = value.toString();
        return "0".repeat(digits - text.length()) + text;
    }

    /** Numbers of equally many digits from {@code low} to {@code high}, the point after {@code whole} of them. */
    private record Digits(String low, String high, int whole, Map<Integer, Rule> known) {
        Digits(String low, String high, int whole) {
            this(low, high, whole, new HashMap<>());
        }

        Rule rule() {
            return from(0, true, true);
        }

        /** The digits from {@code place} on, when those before equal the low bound's or the high bound's. */
        private Rule from(int place, boolean atLow, boolean atHigh) {
            int key = place * 4 + (atLow ? 2 : 0) + (atHigh ? 1 : 0);
            Rule rule = known.get(key);
            if (rule == null) {
                rule = make(place, atLow, atHigh);
                known.put(key, rule);
            }
            return rule;
        }

        private Rule make(int place, boolean atLow, boolean atHigh) {
            if (place == low.length()) {
                return Rule.EMPTY;
            }
            int least = atLow ? low.charAt(place) : '0';
            int most = atHigh ? high.charAt(place) : '9';
            List<Rule> options = new ArrayList<>();
            if (atLow && atHigh && least == most) {
                options.add(Rule.sequence(Rule.bytes(least, least), from(place + 1, true, true)));
            } else {
                int first = atLow ? least + 1 : least;
                int last = atHigh ? most - 1 : most;
                if (atLow) {
                    options.add(Rule.sequence(Rule.bytes(least, least), from(place + 1, true, false)));
                }
                if (first <= last) {
                    options.add(Rule.sequence(Rule.bytes(first, last), from(place + 1, false, false)));
                }
                if (atHigh) {
                    options.add(Rule.sequence(Rule.bytes(most, most), from(place + 1, false, true)));
                }
            }
            Rule digits = Rule.choice(options);
            if (place == whole) {
                digits = Rule.sequence(Rule.literal("."), digits);
            }
            boolean restMayBeZero = !atLow || low.substring(place).chars().allMatch(c -> c == '0');
            return place >= whole && restMayBeZero ? Rule.optional(digits) : digits;
        }
    }
}
