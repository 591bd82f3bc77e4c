package telos.inference.tokenizer;

/** {@code \p{L}+|.}: runs of letters, and every other code point for itself. See {@link Boundary#LETTERS}. */
final class LetterScanner implements PreTokenizer {
    @Override
    public void split(String text, int from, int to, Spans spans) {
        int at = from;
        while (at < to) {
            int end = Scan.run(text, at, to, Unicode::letter);
            if (end == at) {
                end = at + Character.charCount(text.codePointAt(at));
            }
            spans.accept(at, end);
            at = end;
        }
    }
}
