package telos.tools.report;

import java.util.Locale;

/**
 * Text from outside made safe to print on a terminal: what is not a printing character is shown as {@code \x1b} or
 * <code>&#92;u202e</code>, so that no escape sequence, line break or change of writing direction survives.
 */
public final class Printable {
    private Printable() {}

    /** One line: tabs stay, every other control character, line break and invisible formatting character is shown. */
    public static String line(String text) {
        StringBuilder safe = null;
        int length = text.length();
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (!printing(c)) {
                if (safe == null) {
                    safe = new StringBuilder(length + 16).append(text, 0, i);
                }
                safe.append(shown(c));
            } else if (safe != null) {
                safe.appendCodePoint(c);
            }
            i = next;
        }
        return safe == null ? text : safe.toString();
    }

    /** As {@link #line}, and tabs are shown too, so that a name never looks like two columns. */
    public static String name(String text) {
        return line(text).replace("\t", "\\x09");
    }

    private static boolean printing(int c) {
        if (c == '\t') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String shown(int c) {
        return String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
    }
}
