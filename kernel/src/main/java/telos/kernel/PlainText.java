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
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (steers(c)) {
                if (plain == null) {
                    plain = new StringBuilder(length).append(text, 0, i);
                }
                plain.append(SIGN);
            } else if (plain != null) {
                plain.appendCodePoint(c);
            }
            i = next;
        }
        return plain == null ? text : plain.toString();
    }

    /** One line: line ends and tabs become spaces. */
    public static String line(String text) {
        return lines(text).replace('\n', ' ').replace('\t', ' ');
    }

    /**
     * Whether a character steers or hides: control characters of both sets but for line end and tab (with ESC, CSI and OSC
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
