package telos.kernel;

/**
 * Text from tools, models and people elsewhere, made fit for a terminal: nothing in it can steer the terminal, hide, or look
 * like other text by its direction. What is taken out leaves a sign ({@code U+FFFD}), so that it is seen that there was
 * something. This is the one place that says what steers.
 */
public final class PlainText {
    private static final char SIGN = '\ufffd';

    private PlainText() {}

    /** Several lines: line ends and tabs stay. */
    public static String lines(String text) {
        StringBuilder plain = null;
        int length = text.length();
        int before = 0;
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (steers(c) || (hides(c) && !joins(c, before))) {
                if (plain == null) {
                    plain = new StringBuilder(length).append(text, 0, i);
                }
                plain.append(SIGN);
            } else if (plain != null) {
                plain.appendCodePoint(c);
            }
            before = c;
            i = next;
        }
        return plain == null ? text : plain.toString();
    }

    /** One line: line ends and tabs become spaces. */
    public static String line(String text) {
        return lines(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** Whether a character is not seen (default ignorable, Unicode 17, and the fillers): text may look like other text by it. */
    public static boolean hides(int c) {
        return c == 0xad
                || c == 0x34f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || (c >= 0x200b && c <= 0x200d)
                || (c >= 0x2060 && c <= 0x2065)
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0xfff0 && c <= 0xfff8)
                || (c >= 0x1bca0 && c <= 0x1bca3)
                || (c >= 0x1d173 && c <= 0x1d17a)
                || (c >= 0xe0080 && c <= 0xe0fff);
    }

    /**
     * Whether it has its place there: a joiner and the choice of a picture after an emoji, and joiners after letters of scripts
     * that are written with them.
     */
    private static boolean joins(int c, int before) {
        if (c == 0xfe0e || c == 0xfe0f) {
            return Character.isEmoji(before);
        }
        if (c != 0x200c && c != 0x200d) {
            return false;
        }
        if (c == 0x200d && (before == 0xfe0f || (before > 0x7f && Character.isEmoji(before)))) {
            return true;
        }
        return switch (Character.UnicodeScript.of(before)) {
            case ARABIC,
                    SYRIAC,
                    MONGOLIAN,
                    DEVANAGARI,
                    BENGALI,
                    GURMUKHI,
                    GUJARATI,
                    ORIYA,
                    TAMIL,
                    TELUGU,
                    KANNADA,
                    MALAYALAM,
                    SINHALA,
                    KHMER,
                    MYANMAR -> true;
            default -> false;
        };
    }

    /**
     * Whether a character steers or turns: control characters of both sets but for line end and tab (with ESC, CSI and OSC
     * every sequence begins with one), what turns the direction of writing, separators of lines that terminals do not know,
     * tags, which are text that nobody sees, and halves of pairs.
     */
    public static boolean steers(int c) {
        if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            return c != '\n' && c != '\t';
        }
        return c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xd800 && c <= 0xdfff)
                || (c >= 0xfff9 && c <= 0xfffb)
                || (c >= 0xe0000 && c <= 0xe007f);
    }
}
