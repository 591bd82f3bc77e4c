package telos.plans.values;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floats as digits, and digits as floats. */
final class Reals {
    private Reals() {}

    /** The digits of a finite number's magnitude, without zeros at either end, and where the point lies. */
    record Digits(String digits, int point) {
        /** Of the shortest decimal that reads back as this number; of those, the nearest. */
        static Digits shortest(double value) {
            double magnitude = Math.abs(value);
            if (magnitude == 0) {
                return new Digits("0", 1);
            }
            Digits found = of(new BigDecimal(Double.toString(magnitude)));
            if (found.digits.length() == 2) {
                Digits one = oneDigit(magnitude);
                return one == null ? found : one;
            }
            return found;
        }

        /** Double.toString gives two digits where one would do but two come nearer. */
        private static @org.jspecify.annotations.Nullable Digits oneDigit(double magnitude) {
            BigDecimal exact = new BigDecimal(magnitude);
            BigDecimal one = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
            return one.doubleValue() == magnitude ? of(one) : null;
        }

        static Digits of(BigDecimal decimal) {
            BigDecimal bare = decimal.stripTrailingZeros();
            String digits = bare.unscaledValue().toString();
            return new Digits(digits, digits.length() - bare.scale());
        }
    }

    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        Digits digits = Digits.shortest(value);
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        int exponent = digits.point() - 1;
        if (exponent < -4 || exponent >= 16) {
            return sign + scientific(digits.digits(), exponent, 'e');
        }
        return sign + plain(digits.digits(), digits.point());
    }

    private static String plain(String digits, int point) {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    static String scientific(String digits, int exponent, char mark) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        int magnitude = Math.abs(exponent);
        return digits.charAt(0)
                + fraction
                + mark
                + (exponent < 0 ? "-" : "+")
                + (magnitude < 10 ? "0" : "")
                + magnitude;
    }

    /** What {@code float(text)} reads, or NaN with {@code ok} false. */
    record Read(boolean ok, double value) {}

    static Read read(String text) {
        String bare = Strings.strip(text);
        String lower = bare.toLowerCase(java.util.Locale.ROOT);
        String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
        return switch (unsigned) {
            case "inf", "infinity" ->
                new Read(true, lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            case "nan" -> new Read(true, Double.NaN);
            default -> {
                String ascii = Strings.asciiDigits(unsigned);
                if (ascii == null || !isNumeral(ascii)) {
                    yield new Read(false, Double.NaN);
                }
                double value = Double.parseDouble(ascii.replace("_", ""));
                yield new Read(true, lower.startsWith("-") ? -value : value);
            }
        };
    }

    /** Digits with single underscores between, at most one point, and an exponent. */
    private static boolean isNumeral(String text) {
        int at = 0;
        int mantissa = 0;
        boolean point = false;
        int exponent = -1;
        char before = ' ';
        for (; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each >= '0' && each <= '9') {
                if (exponent >= 0) {
                    exponent++;
                } else {
                    mantissa++;
                }
            } else if (each == '_') {
                if (!isDigit(before) || at + 1 == text.length() || !isDigit(text.charAt(at + 1))) {
                    return false;
                }
            } else if (each == '.' && !point && exponent < 0) {
                point = true;
            } else if (each == 'e' && exponent < 0 && mantissa > 0) {
                exponent = 0;
            } else if (!((each == '+' || each == '-') && before == 'e')) {
                return false;
            }
            before = each;
        }
        return mantissa > 0 && exponent != 0;
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    /** {@code round(value, places)}: correctly rounded half to even, of the number that the float is. */
    static double round(double value, long places) {
        if (Double.isNaN(value) || Double.isInfinite(value) || places > 330) {
            return value;
        }
        if (places < -330) {
            return Math.copySign(0, value);
        }
        double rounded = new BigDecimal(value)
                .setScale((int) places, RoundingMode.HALF_EVEN)
                .doubleValue();
        if (Double.isInfinite(rounded)) {
            throw Fault.overflow("rounded value too large to represent");
        }
        return rounded == 0 ? Math.copySign(0, value) : rounded;
    }

    /** {@code a % b} with the sign of b. */
    static double modulo(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0, b);
        }
        return b < 0 == rest < 0 ? rest : rest + b;
    }

    static double floorDivide(double a, double b) {
        double rest = a % b;
        double quotient = (a - rest) / b;
        if (rest != 0 && b < 0 != rest < 0) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0, a / b);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw Fault.zero("0.0 cannot be raised to a negative power");
        }
        if (base < 0 && !Double.isInfinite(base) && exponent != Math.rint(exponent) && !Double.isNaN(exponent)) {
            throw Fault.value("a negative number cannot be raised to a fraction: there are no complex numbers here");
        }
        if (base == 1) {
            return 1;
        }
        if (base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        double value = exponent == 0.5 && base > 0 && !Double.isInfinite(base)
                ? Math.sqrt(base)
                : exact(base, exponent) ? exactPower(base, (int) exponent) : Math.pow(base, exponent);
        if (Double.isInfinite(value) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw Fault.overflow("(34, 'Numerical result out of range')");
        }
        return value;
    }

    private static boolean exact(double base, double exponent) {
        return exponent == Math.rint(exponent)
                && Math.abs(exponent) <= 64
                && !Double.isInfinite(base)
                && base != 0
                && !Double.isNaN(base);
    }

    private static double exactPower(double base, int exponent) {
        BigDecimal power = new BigDecimal(base).pow(Math.abs(exponent), new MathContext(120, RoundingMode.HALF_EVEN));
        return exponent >= 0
                ? power.doubleValue()
                : BigDecimal.ONE
                        .divide(power, new MathContext(60, RoundingMode.HALF_EVEN))
                        .doubleValue();
    }
}
