package telos.plans.syntax;

/** Decodes the characters of strings. */
final class Escapes {
    private static final int LAST_OCTAL = 0377;

    private final Source source;
    private final String text;

    Escapes(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** Adds what the character or the escape at an offset stands for; the answer is the offset behind it. */
    int character(Quotation quotation, int at, StringBuilder decoded) {
        char c = text.charAt(at);
        if (c != '\\' || at + 1 == text.length()) {
            decoded.append(c);
            return at + 1;
        }
        char next = text.charAt(at + 1);
        if (quotation.formatted() && (next == '{' || next == '}')) {
            decoded.append(c);
            return at + 1;
        }
        if (quotation.raw()) {
            decoded.append(c).append(next);
            return at + 2;
        }
        return escape(at, decoded);
    }

    private int escape(int at, StringBuilder decoded) {
        char kind = text.charAt(at + 1);
        int plain = "\\'\"abfnrtv".indexOf(kind);
        if (plain >= 0) {
            decoded.append("\\'\"\007\b\f\n\r\t\013".charAt(plain));
            return at + 2;
        }
        return switch (kind) {
            case '\n' -> at + 2;
            case 'x' -> digits(at, 2, decoded);
            case 'u' -> digits(at, 4, decoded);
            case 'U' -> digits(at, 8, decoded);
            case 'N' -> {
                String message = "escapes by name such as \\N{BULLET} are not supported";
                throw source.refusal(at, message, "the character itself or \\uXXXX");
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(at, decoded);
            default -> {
                decoded.append('\\');
                yield at + 1;
            }
        };
    }

    private int digits(int at, int count, StringBuilder decoded) {
        int value = 0;
        for (int i = at + 2; i < at + 2 + count; i++) {
            int digit = i < text.length() && text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                String message = "\\" + text.charAt(at + 1) + " takes exactly " + count + " hexadecimal digits";
                throw source.refusal(at, message, "them, or \\\\ for a backslash");
            }
            value = value << 4 | digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw source.refusal(at, "this escape is above \\U0010ffff, the last character", "");
        }
        if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
            String message = "\\u%04x is half of a surrogate pair and no character".formatted(value);
            throw source.refusal(at, message, "the character itself or \\UXXXXXXXX");
        }
        decoded.appendCodePoint(value);
        return at + 2 + count;
    }

    private int octal(int at, StringBuilder decoded) {
        int value = 0;
        int end = at + 1;
        while (end < text.length() && end < at + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            value = value * 8 + text.charAt(end++) - '0';
        }
        if (value > LAST_OCTAL) {
            throw source.refusal(at, "an octal escape ends at \\377", "\\uXXXX");
        }
        decoded.append((char) value);
        return end;
    }
}
