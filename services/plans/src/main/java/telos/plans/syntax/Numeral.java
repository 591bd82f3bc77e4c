package telos.plans.syntax;

import java.math.BigInteger;

/** Reads number literals. */
final class Numeral {
    private final Source source;
    private final String text;
    private final Bounds bounds;

    Numeral(Source source, Bounds bounds) {
        this.source = source;
        this.text = source.text();
        this.bounds = bounds;
    }

    /** The number that starts at an offset, at a digit or at a point before one. */
    Token read(int start) {
        Position position = source.at(start);
        char prefix = start + 1 < text.length() ? Character.toLowerCase(text.charAt(start + 1)) : ' ';
        if (text.charAt(start) == '0' && (prefix == 'x' || prefix == 'o' || prefix == 'b')) {
            int radix = prefix == 'x' ? 16 : prefix == 'o' ? 8 : 2;
            int end = digits(start + 2, radix, true);
            if (end == start + 2) {
                throw source.refusal(start, "the number " + text.substring(start, end) + " has no digits", "");
            }
            return whole(start, end, position);
        }
        int end = digits(start, 10, false);
        boolean real = false;
        if (end < text.length() && text.charAt(end) == '.') {
            real = true;
            end = digits(end + 1, 10, false);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
            int exponent = digits(end + 1 + sign, 10, false);
            if (exponent > end + 1 + sign) {
                real = true;
                end = exponent;
            }
        }
        if (!real) {
            return whole(start, end, position);
        }
        follow(start, end);
        return new Token(Token.Kind.REAL, text.substring(start, end), position, start, end);
    }

    private Token whole(int start, int end, Position position) {
        follow(start, end);
        String digits = text.substring(start, end);
        if (digits.length() > bounds.integerDigits() && digits.replace("_", "").length() > bounds.integerDigits()) {
            String message = "the integer has more than " + bounds.integerDigits() + " digits";
            throw source.refusal(start, message, "a shorter one, or a computed one such as 10 ** 5000");
        }
        if (digits.charAt(0) == '0' && digits.length() > 1 && !Character.isLetter(digits.charAt(1))) {
            for (int i = 0; i < digits.length(); i++) {
                if (digits.charAt(i) != '0' && digits.charAt(i) != '_') {
                    String message = "a decimal integer cannot start with 0";
                    throw source.refusal(start, message, "no leading zeros, or 0o for an octal number");
                }
            }
        }
        return new Token(Token.Kind.INT, digits, position, start, end);
    }

    /** Behind a number no name may start. */
    private void follow(int start, int end) {
        if (end >= text.length()) {
            return;
        }
        int next = text.codePointAt(end);
        String number = text.substring(start, Math.min(end, start + 20));
        if ((next == 'j' || next == 'J') && (end + 1 == text.length() || !Names.part(text.codePointAt(end + 1)))) {
            throw source.refusal(start, "complex numbers such as " + number + "j are not supported", "a real number");
        }
        if (next == '_') {
            throw source.refusal(end, "an underscore in a number stands between two digits", "");
        }
        if (Names.part(next)) {
            String message = "the number " + number + " runs into '" + Character.toString(next) + "'";
            throw source.refusal(end, message, "a space or an operator between them, or quotes around a text");
        }
    }

    /** The end of the digits that start at an offset; single underscores stand between them, or before them if so allowed. */
    private int digits(int start, int radix, boolean underscoreFirst) {
        int at = start;
        while (at < text.length()) {
            boolean underscore = text.charAt(at) == '_' && (at > start || underscoreFirst);
            int digit = at + (underscore ? 1 : 0);
            if (digit >= text.length() || !digit(text.charAt(digit), radix)) {
                break;
            }
            at = digit + 1;
        }
        return at;
    }

    private static boolean digit(char c, int radix) {
        return c < 0x80 && Character.digit(c, radix) >= 0;
    }

    /** The value of an INT's text. */
    static BigInteger value(String literal) {
        String digits = literal.replace("_", "");
        if (digits.length() < 3 || digits.charAt(0) != '0') {
            return new BigInteger(digits);
        }
        return switch (Character.toLowerCase(digits.charAt(1))) {
            case 'x' -> new BigInteger(digits.substring(2), 16);
            case 'o' -> new BigInteger(digits.substring(2), 8);
            case 'b' -> new BigInteger(digits.substring(2), 2);
            default -> BigInteger.ZERO;
        };
    }
}
