package telos.plans.values;

import org.jspecify.annotations.Nullable;

/**
 * Python's format mini-language: {@code [[fill]align][sign][z][#][0][width][grouping][.precision][type]}.
 *
 * @param fill a code point
 * @param align one of {@code < > = ^}, or 0 where none was given
 * @param sign one of {@code + -} and space, or 0
 * @param width -1 where none was given
 * @param grouping {@code ,} or {@code _}, or 0
 * @param precision -1 where none was given
 * @param type 0 where none was given
 */
record FormatSpec(
        int fill,
        char align,
        char sign,
        boolean alternate,
        boolean zero,
        boolean noNegativeZero,
        long width,
        char grouping,
        long precision,
        char type) {
    /** A width or precision beyond this is more than any budget. */
    static final long MOST = Integer.MAX_VALUE;

    /** Reads a spec for a value of that type, or throws the ValueError that it is none. */
    static FormatSpec of(String text, String typeName) {
        Reader in = new Reader(text);
        int fill = ' ';
        char align = 0;
        int first = in.point();
        if (first >= 0 && isAlign(in.after(Character.charCount(first)))) {
            fill = first;
            in.skip(Character.charCount(first));
            align = in.take();
        } else if (isAlign(in.peek())) {
            align = in.take();
        }
        char sign = in.oneOf("+- ");
        boolean noNegativeZero = in.oneOf("z") != 0;
        boolean alternate = in.oneOf("#") != 0;
        boolean zero = false;
        if (in.peek() == '0') {
            in.take();
            zero = true;
            if (align == 0 || (fill == ' ' && first != ' ')) {
                fill = '0';
            }
        }
        long width = in.number("Too many decimal digits in format string");
        char grouping = in.oneOf(",_");
        if (grouping != 0 && in.oneOf(",_") != 0) {
            throw Fault.value("Cannot specify both ',' and '_'.");
        }
        long precision = -1;
        if (in.peek() == '.') {
            in.take();
            precision = in.number("Too many decimal digits in format string");
            if (precision < 0) {
                throw Fault.value("Format specifier missing precision");
            }
        }
        char type = in.atEnd() ? 0 : in.take();
        if (!in.atEnd()) {
            throw Fault.value("Invalid format specifier '" + text + "' for object of type '" + typeName + "'");
        }
        if (grouping != 0 && type != 0 && "bcdeEfFgGnosxX%".indexOf(type) >= 0) {
            boolean digits = "deEfFgG%".indexOf(type) >= 0;
            boolean powers = "boxX".indexOf(type) >= 0 && grouping == '_';
            if (!digits && !powers) {
                throw Fault.value("Cannot specify '" + grouping + "' with '" + type + "'.");
            }
        }
        return new FormatSpec(fill, align, sign, alternate, zero, noNegativeZero, width, grouping, precision, type);
    }

    private static boolean isAlign(char each) {
        return each == '<' || each == '>' || each == '=' || each == '^';
    }

    /** Puts sign, prefix, digits and what follows them into the width; commas stand also among zeros that fill it. */
    String number(Context context, String signAndPrefix, String whole, String rest) {
        String digits = whole;
        int every = grouping == 0 ? 0 : "boxX".indexOf(type) >= 0 && type != 0 ? 4 : 3;
        context.bytes(Math.max(width, 0) + 2L * whole.length());
        if (every > 0) {
            long least = fill == '0' && (align == '=' || (align == 0 && zero))
                    ? width - signAndPrefix.length() - rest.length()
                    : 0;
            digits = grouped(digits, every, least);
        }
        return padded(context, signAndPrefix, digits + rest, zero ? '=' : '>');
    }

    private String grouped(String digits, int every, long least) {
        StringBuilder out = new StringBuilder();
        int since = 0;
        for (int at = digits.length() - 1; at >= 0 || out.length() < least; at--) {
            if (since == every) {
                out.append(grouping);
                since = 0;
            }
            out.append(at >= 0 ? digits.charAt(at) : '0');
            since++;
        }
        return out.reverse().toString();
    }

    /** Fills up to the width, between the sign and the rest where that was asked for. */
    String padded(Context context, String sign, String body, char otherwise) {
        int length = sign.length() + body.codePointCount(0, body.length());
        if (width <= length) {
            return sign + body;
        }
        if (width > MOST) {
            throw new BudgetSpent("a width of " + width);
        }
        context.bytes(width);
        long more = width - length;
        char to = align == 0 ? otherwise : align;
        StringBuilder out = new StringBuilder();
        switch (to) {
            case '<' -> out.append(sign).append(body).repeat(fill, (int) more);
            case '=' -> out.append(sign).repeat(fill, (int) more).append(body);
            case '^' ->
                out.repeat(fill, (int) (more / 2)).append(sign).append(body).repeat(fill, (int) (more - more / 2));
            default -> out.repeat(fill, (int) more).append(sign).append(body);
        }
        return out.toString();
    }

    String sign(boolean negative) {
        if (negative) {
            return "-";
        }
        return sign == '+' ? "+" : sign == ' ' ? " " : "";
    }

    Fault unknown(String typeName) {
        return Fault.value("Unknown format code '" + type + "' for object of type '" + typeName + "'");
    }

    /** The largest width or precision that it has, for whoever must tell how long the outcome can be. */
    long most() {
        return Math.max(width, precision);
    }

    /** Of a text that is a spec for any type, or null. */
    static @Nullable FormatSpec parsed(String text) {
        try {
            return of(text, "any");
        } catch (Fault _) {
            return null;
        }
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at >= text.length();
        }

        int point() {
            return atEnd() ? -1 : text.codePointAt(at);
        }

        char peek() {
            return atEnd() ? 0 : text.charAt(at);
        }

        char after(int chars) {
            return at + chars < text.length() ? text.charAt(at + chars) : 0;
        }

        void skip(int chars) {
            at += chars;
        }

        char take() {
            return text.charAt(at++);
        }

        char oneOf(String some) {
            return !atEnd() && some.indexOf(peek()) >= 0 ? take() : 0;
        }

        long number(String tooLong) {
            if (atEnd() || peek() < '0' || peek() > '9') {
                return -1;
            }
            long value = 0;
            while (!atEnd() && peek() >= '0' && peek() <= '9') {
                value = value * 10 + (take() - '0');
                if (value > Long.MAX_VALUE / 20) {
                    throw Fault.value(tooLong);
                }
            }
            return value;
        }
    }
}
