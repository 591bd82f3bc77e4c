package telos.inference.tokenizer;

/** The character classes that pre-tokenizers speak of. All take code points. */
final class Unicode {
    private static final int NUMBERS =
            1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.LETTER_NUMBER | 1 << Character.OTHER_NUMBER;
    private static final int PUNCTUATION = 1 << Character.CONNECTOR_PUNCTUATION
            | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION
            | 1 << Character.END_PUNCTUATION
            | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION
            | 1 << Character.OTHER_PUNCTUATION;

    private Unicode() {}

    /** {@code \p{L}} */
    static boolean letter(int c) {
        return c < 128 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : Character.isLetter(c);
    }

    /** {@code \p{N}} */
    static boolean number(int c) {
        return c < 128 ? c >= '0' && c <= '9' : (NUMBERS >> Character.getType(c) & 1) != 0;
    }

    /** {@code \p{P}} */
    static boolean punctuation(int c) {
        return (PUNCTUATION >> Character.getType(c) & 1) != 0;
    }

    /** {@code \s} as Unicode's White_Space, no-break spaces included. */
    static boolean space(int c) {
        if (c < 128) {
            return c == ' ' || (c >= 9 && c <= 13);
        }
        return c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** {@code [\r\n]} */
    static boolean newline(int c) {
        return c == '\n' || c == '\r';
    }

    /** {@code [^\s\p{L}\p{N}]} */
    static boolean other(int c) {
        return !space(c) && !letter(c) && !number(c);
    }
}
