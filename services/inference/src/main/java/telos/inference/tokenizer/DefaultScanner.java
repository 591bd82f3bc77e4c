package telos.inference.tokenizer;

/**
 * What llama.cpp does for files that name no pre-tokenizer: runs of {@code [\p{P}$+<=>^~|]} are cut out, the rest is
 * scanned as GPT-2, and numbers are cut off their space and, ASCII ones, into groups of three.
 */
final class DefaultScanner implements PreTokenizer {
    private final PreTokenizer words;

    DefaultScanner(PreTokenizer words) {
        this.words = words;
    }

    @Override
    public void split(String text, int from, int to, Spans spans) {
        int at = from;
        while (at < to) {
            boolean mark = mark(text.codePointAt(at));
            int end = Scan.run(text, at, to, c -> mark(c) == mark);
            if (mark) {
                spans.accept(at, end);
            } else {
                words.split(text, at, end, (a, b) -> numbers(text, a, b, spans));
            }
            at = end;
        }
    }

    private static boolean mark(int c) {
        return Unicode.punctuation(c) || (c < 128 && "$+<=>^~|".indexOf(c) >= 0);
    }

    private static void numbers(String text, int from, int to, Spans spans) {
        int digits = Scan.run(text, from, to, c -> !Unicode.number(c));
        if (digits > from) {
            spans.accept(from, digits);
        }
        int start = digits;
        int ascii = 0;
        for (int at = digits; at < to; ) {
            int c = text.codePointAt(at);
            ascii = c < 128 ? ascii + 1 : 0;
            at += Character.charCount(c);
            if (ascii == 3) {
                if (at - 3 > start) {
                    spans.accept(start, at - 3);
                }
                spans.accept(at - 3, at);
                start = at;
                ascii = 0;
            }
        }
        if (start < to) {
            spans.accept(start, to);
        }
    }
}
