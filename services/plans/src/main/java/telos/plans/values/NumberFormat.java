package telos.plans.values;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Ints and floats written as a format asks. */
final class NumberFormat {
    private NumberFormat() {}

    static String whole(Context context, Whole whole, FormatSpec spec, String typeName) {
        switch (spec.type()) {
            case 'e', 'E', 'f', 'F', 'g', 'G', '%' -> {
                return real(context, Numbers.real(whole), spec, typeName);
            }
            case 0, 'b', 'c', 'd', 'n', 'o', 'x', 'X' -> {}
            default -> throw spec.unknown(typeName);
        }
        if (spec.precision() >= 0) {
            throw Fault.value("Precision not allowed in integer format specifier");
        }
        if (spec.noNegativeZero()) {
            throw Fault.value("Negative zero coercion (z) not allowed in format specifier with integer format code '"
                    + (spec.type() == 0 ? 'd' : spec.type()) + "'");
        }
        if (spec.type() == 'c') {
            return character(context, whole, spec);
        }
        int base = switch (spec.type()) {
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        String digits;
        if (base == 10) {
            digits = Texts.digits(
                    context, whole.sign() < 0 ? Whole.of(whole.big().negate()) : whole);
        } else {
            context.bytes(whole.bits());
            digits = whole.big().abs().toString(base);
        }
        String prefix = spec.alternate() && base != 10 ? "0" + spec.type() : "";
        if (spec.type() == 'X') {
            digits = LetterCase.upper(digits);
        }
        return spec.number(context, spec.sign(whole.sign() < 0) + prefix, digits, "");
    }

    private static String character(Context context, Whole whole, FormatSpec spec) {
        if (spec.sign() != 0) {
            throw Fault.value("Sign not allowed with integer format specifier 'c'");
        }
        if (spec.alternate()) {
            throw Fault.value("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        if (!whole.isSmall() || whole.small() < 0 || whole.small() > Character.MAX_CODE_POINT) {
            throw Fault.overflow("%c arg not in range(0x110000)");
        }
        return spec.padded(context, "", Character.toString((int) whole.small()), '>');
    }

    static String real(Context context, double value, FormatSpec spec, String typeName) {
        char type = spec.type();
        if (type != 0 && "eEfFgGn%".indexOf(type) < 0) {
            throw spec.unknown(typeName);
        }
        if (spec.precision() > FormatSpec.MOST) {
            throw Fault.value("precision too big");
        }
        context.bytes(Math.max(0, spec.precision()) + 340);
        boolean negative = Math.copySign(1, value) < 0 && !Double.isNaN(value);
        double magnitude = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            String word = Double.isNaN(value) ? "nan" : "inf";
            if (type == '%') {
                word += "%";
            }
            boolean upper = type == 'E' || type == 'F' || type == 'G';
            return spec.padded(
                    context, spec.sign(negative), upper ? LetterCase.upper(word) : word, spec.zero() ? '=' : '>');
        }
        String digits = digits(magnitude, spec);
        if (negative && spec.noNegativeZero() && digits.chars().noneMatch(c -> c >= '1' && c <= '9')) {
            negative = false;
        }
        int end = 0;
        while (end < digits.length() && digits.charAt(end) >= '0' && digits.charAt(end) <= '9') {
            end++;
        }
        return spec.number(context, spec.sign(negative), digits.substring(0, end), digits.substring(end));
    }

    private static String digits(double magnitude, FormatSpec spec) {
        int precision = spec.precision() < 0 ? 6 : (int) spec.precision();
        return switch (spec.type()) {
            case 'f', 'F' -> fixed(new BigDecimal(magnitude), precision, spec.alternate());
            case '%' -> {
                double hundredfold = magnitude * 100;
                yield Double.isInfinite(hundredfold)
                        ? "inf%"
                        : fixed(new BigDecimal(hundredfold), precision, spec.alternate()) + "%";
            }
            case 'e', 'E' -> exponential(magnitude, precision, spec.type(), spec.alternate());
            case 'g', 'n', 'G' ->
                general(magnitude, Math.max(1, precision), spec.type() == 'G' ? 'E' : 'e', spec.alternate());
            default ->
                spec.precision() < 0 ? bare(magnitude, spec) : shortGeneral(magnitude, Math.max(1, precision), spec);
        };
    }

    /** No type and no precision: as repr, always with a fraction or an exponent. */
    private static String bare(double magnitude, FormatSpec spec) {
        String repr = Reals.repr(magnitude);
        return spec.alternate() && repr.indexOf('e') >= 0 && repr.indexOf('.') < 0 ? repr.replace("e", ".e") : repr;
    }

    /** No type but a precision: as g, but with an exponent one digit earlier and a digit behind the point. */
    private static String shortGeneral(double magnitude, int precision, FormatSpec spec) {
        BigDecimal rounded = magnitude == 0
                ? BigDecimal.ZERO
                : new BigDecimal(magnitude).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = magnitude == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        boolean plain = exponent >= -4 && exponent < precision - 1;
        String text = general(magnitude, precision, 'e', spec.alternate(), plain);
        return plain && text.indexOf('.') < 0 ? text + ".0" : text;
    }

    /** A double has no more digits than that behind the point, but for zeros. */
    private static final int MOST_DIGITS = 1100;

    static String fixed(BigDecimal value, int precision, boolean point) {
        int digits = Math.min(precision, Math.max(MOST_DIGITS, value.scale()));
        String text = value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString() + "0".repeat(precision - digits);
        return precision == 0 && point ? text + "." : text;
    }

    static String exponential(double magnitude, int precision, char mark, boolean point) {
        BigDecimal rounded = magnitude == 0
                ? BigDecimal.ZERO
                : new BigDecimal(magnitude).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = magnitude == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String padded = digits.length() < precision + 1
                ? digits + "0".repeat(precision + 1 - digits.length())
                : digits.substring(0, precision + 1);
        String text = Reals.scientific(padded, exponent, mark);
        return point && precision == 0 ? text.substring(0, 1) + "." + text.substring(1) : text;
    }

    static String general(double magnitude, int precision, char mark, boolean alternate) {
        BigDecimal rounded = magnitude == 0
                ? BigDecimal.ZERO
                : new BigDecimal(magnitude).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = magnitude == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return general(magnitude, precision, mark, alternate, exponent >= -4 && exponent < precision);
    }

    private static String general(double magnitude, int precision, char mark, boolean alternate, boolean plain) {
        BigDecimal rounded = magnitude == 0
                ? BigDecimal.ZERO
                : new BigDecimal(magnitude).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = magnitude == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        if (plain) {
            String text = fixed(rounded, Math.max(0, precision - 1 - exponent), alternate);
            return alternate ? text : bared(text);
        }
        String text = exponential(magnitude, precision - 1, mark, alternate);
        if (alternate) {
            return text;
        }
        int at = text.indexOf(mark);
        return bared(text.substring(0, at)) + text.substring(at);
    }

    /** Without zeros at the end of a fraction. */
    private static String bared(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
