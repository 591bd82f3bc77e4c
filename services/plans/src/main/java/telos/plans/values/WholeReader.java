package telos.plans.values;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Strings read as ints, as {@code int(text, base)} does. */
final class WholeReader {
    private WholeReader() {}

    static Whole read(Context context, String text, int base) {
        String bare = Strings.strip(text);
        boolean negative = bare.startsWith("-");
        String unsigned = negative || bare.startsWith("+") ? bare.substring(1) : bare;
        @Nullable String ascii = Strings.asciiDigits(unsigned);
        int radix = base;
        String digits = ascii;
        if (ascii != null && ascii.length() > 1 && ascii.charAt(0) == '0') {
            int named = switch (ascii.charAt(1)) {
                case 'b', 'B' -> 2;
                case 'o', 'O' -> 8;
                case 'x', 'X' -> 16;
                default -> 0;
            };
            if (named != 0 && (base == 0 || base == named)) {
                radix = named;
                digits = ascii.substring(ascii.startsWith("_", 2) ? 3 : 2);
            }
        }
        boolean leading = radix == 0;
        radix = radix == 0 ? 10 : radix;
        String plain = digits == null ? null : plain(digits, radix);
        if (plain == null
                || (leading
                        && plain.length() > 1
                        && plain.charAt(0) == '0'
                        && !plain.chars().allMatch(c -> c == '0'))) {
            throw Fault.value("invalid literal for int() with base " + base + ": " + Texts.quoted(text));
        }
        if (plain.length() > Texts.MOST_DIGITS && Integer.bitCount(radix) != 1) {
            throw Fault.value("Exceeds the limit (4300 digits) for integer string conversion: value has "
                    + plain.length() + " digits; use sys.set_int_max_str_digits() to increase the limit");
        }
        context.bytes(plain.length());
        if (plain.length() <= 11) {
            long value = Long.parseLong(plain, radix);
            return Whole.of(negative ? -value : value);
        }
        BigInteger value = new BigInteger(plain, radix);
        return Whole.of(negative ? value.negate() : value);
    }

    /** The digits without underscores, or null if there are others than digits of the radix, or none. */
    private static @Nullable String plain(String digits, int radix) {
        StringBuilder out = new StringBuilder(digits.length());
        boolean between = false;
        for (int at = 0; at < digits.length(); at++) {
            char each = digits.charAt(at);
            if (each == '_' && between) {
                between = false;
            } else if (each < 0x80 && Character.digit(each, radix) >= 0) {
                out.append(each);
                between = true;
            } else {
                return null;
            }
        }
        return between ? out.toString() : null;
    }
}
