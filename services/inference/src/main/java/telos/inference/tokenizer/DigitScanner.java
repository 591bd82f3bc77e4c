package telos.inference.tokenizer;

/** Cuts out each number character first and scans what lies between with another scanner: SmolLM, StarCoder, Command-R. */
final class DigitScanner implements PreTokenizer {
    private final PreTokenizer between;

    DigitScanner(PreTokenizer between) {
        this.between = between;
    }

    @Override
    public void split(String text, int from, int to, Spans spans) {
        int at = from;
        while (at < to) {
            int end = Scan.run(text, at, to, c -> !Unicode.number(c));
            if (end > at) {
                between.split(text, at, end, spans);
                at = end;
            } else {
                end = at + Character.charCount(text.codePointAt(at));
                spans.accept(at, end);
                at = end;
            }
        }
    }
}
