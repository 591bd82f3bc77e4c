package telos.inference.tokenizer;

/** GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. */
final class GptScanner implements PreTokenizer {
    @Override
    public void split(String text, int from, int to, Spans spans) {
        int at = from;
        while (at < to) {
            int end = next(text, at, to);
            spans.accept(at, end);
            at = end;
        }
    }

    private static int next(String text, int at, int to) {
        int contraction = Scan.contraction(text, at, to, false);
        if (contraction > 0) {
            return at + contraction;
        }
        int start = text.charAt(at) == ' ' ? at + 1 : at;
        if (Scan.at(text, start, to, Unicode::letter)) {
            return Scan.run(text, start, to, Unicode::letter);
        }
        if (Scan.at(text, start, to, Unicode::number)) {
            return Scan.run(text, start, to, Unicode::number);
        }
        if (Scan.at(text, start, to, Unicode::other)) {
            return Scan.run(text, start, to, Unicode::other);
        }
        return Scan.spaces(text, at, to);
    }
}
