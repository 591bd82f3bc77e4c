package telos.inference.tokenizer;

/**
 * Llama-3 and, with single digits, Qwen-2:
 * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}.
 */
final class LlamaScanner implements PreTokenizer {
    private final int digits;

    /**
     * A scanner for one of the family.
     *
     * @param digits how many digits stay together at most
     */
    LlamaScanner(int digits) {
        this.digits = digits;
    }

    /** Llama-3 takes a pre-token that is a token whole; Qwen-2 goes by the merges alone. */
    boolean wholeWords() {
        return digits > 1;
    }

    @Override
    public void split(String text, int from, int to, Spans spans) {
        int at = from;
        while (at < to) {
            int end = next(text, at, to);
            spans.accept(at, end);
            at = end;
        }
    }

    private int next(String text, int at, int to) {
        int contraction = Scan.contraction(text, at, to, true);
        if (contraction > 0) {
            return at + contraction;
        }
        int c = text.codePointAt(at);
        int after = at + Character.charCount(c);
        if (Unicode.letter(c)) {
            return Scan.run(text, after, to, Unicode::letter);
        }
        if (Unicode.number(c)) {
            int end = after;
            for (int n = 1; n < digits && Scan.at(text, end, to, Unicode::number); n++) {
                end += Character.charCount(text.codePointAt(end));
            }
            return end;
        }
        if (!Unicode.newline(c) && Scan.at(text, after, to, Unicode::letter)) {
            return Scan.run(text, after, to, Unicode::letter);
        }
        int start = c == ' ' ? after : at;
        if (Scan.at(text, start, to, Unicode::other)) {
            return Scan.run(text, Scan.run(text, start, to, Unicode::other), to, Unicode::newline);
        }
        int lastNewline = -1;
        int end = at;
        while (end < to && Unicode.space(text.charAt(end))) {
            if (Unicode.newline(text.charAt(end))) {
                lastNewline = end;
            }
            end++;
        }
        if (lastNewline >= 0) {
            return lastNewline + 1;
        }
        return end == to || end - at == 1 ? end : end - 1;
    }
}
