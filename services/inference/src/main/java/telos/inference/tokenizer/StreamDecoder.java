package telos.inference.tokenizer;

/**
 * Turns tokens into text as they come. A character is given out once all of its bytes are there, so never half of one;
 * bytes that cannot become UTF-8 turn into U+FFFD as soon as that is certain, one per maximal part (Unicode 16, 3.9,
 * table 3-8). All that is given out, joined, is what {@link Tokenizer#decode} gives.
 */
public final class StreamDecoder {
    private static final char REPLACEMENT = '\uFFFD';

    private final Tokenizer tokenizer;
    private boolean stripSpace;
    /** The code point so far, how many continuation bytes it lacks, and the range that the next must be in. */
    private int partial;

    private int missing;
    private int low = 0x80;
    private int high = 0xBF;

    public StreamDecoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.stripSpace = tokenizer.stripsLeadingSpace();
    }

    /** The text that this token completes: often some, sometimes none. */
    public String accept(int token) {
        byte[] bytes = tokenizer.raw(token);
        if (bytes.length == 0) {
            return "";
        }
        StringBuilder out = new StringBuilder(bytes.length + 1);
        for (byte b : bytes) {
            add(b & 0xFF, out);
        }
        if (stripSpace && !out.isEmpty()) {
            stripSpace = false;
            if (out.charAt(0) == ' ') {
                out.deleteCharAt(0);
            }
        }
        return out.toString();
    }

    /** What is left at the end: U+FFFD for a character that was never completed, otherwise nothing. */
    public String finish() {
        if (missing == 0) {
            return "";
        }
        missing = 0;
        return String.valueOf(REPLACEMENT);
    }

    private void add(int b, StringBuilder out) {
        if (missing > 0) {
            if (b >= low && b <= high) {
                partial = partial << 6 | (b & 0x3F);
                low = 0x80;
                high = 0xBF;
                if (--missing == 0) {
                    out.appendCodePoint(partial);
                }
                return;
            }
            missing = 0;
            out.append(REPLACEMENT);
        }
        low = 0x80;
        high = 0xBF;
        if (b < 0x80) {
            out.append((char) b);
        } else if (b >= 0xC2 && b <= 0xDF) {
            partial = b & 0x1F;
            missing = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            partial = b & 0x0F;
            missing = 2;
            // no overlong forms, no surrogates
            low = b == 0xE0 ? 0xA0 : 0x80;
            high = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            partial = b & 0x07;
            missing = 3;
            // no overlong forms, nothing above U+10FFFF
            low = b == 0xF0 ? 0x90 : 0x80;
            high = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            out.append(REPLACEMENT);
        }
    }
}
