package telos.inference.tokenizer;

/** UTF-8 out of Java's strings. An unpaired surrogate becomes U+FFFD. */
final class Utf8 {
    private Utf8() {}

    /** Writes the text's bytes from index 0 and says how many; {@code out} has room for three bytes per char. */
    static int write(String text, int from, int to, byte[] out) {
        int n = 0;
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            int chars = Character.charCount(c);
            if ((chars == 1 && Character.isSurrogate((char) c)) || i + chars > to) {
                c = 0xFFFD;
                chars = 1;
            }
            i += chars;
            n = write(c, out, n);
        }
        return n;
    }

    /** Writes one code point at index n and says where the next goes. */
    static int write(int c, byte[] out, int n) {
        int at = n;
        if (c < 0x80) {
            out[at++] = (byte) c;
        } else if (c < 0x800) {
            out[at++] = (byte) (0xC0 | c >> 6);
            out[at++] = (byte) (0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            out[at++] = (byte) (0xE0 | c >> 12);
            out[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
            out[at++] = (byte) (0x80 | (c & 0x3F));
        } else {
            out[at++] = (byte) (0xF0 | c >> 18);
            out[at++] = (byte) (0x80 | (c >> 12 & 0x3F));
            out[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
            out[at++] = (byte) (0x80 | (c & 0x3F));
        }
        return at;
    }
}
