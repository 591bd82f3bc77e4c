package telos.inference.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import telos.inference.tokenizer.Boundary;
import telos.inference.tokenizer.SpecialTokens;
import telos.inference.tokenizer.TokenKind;
import telos.inference.tokenizer.Vocabulary;

/** A SentencePiece vocabulary of any size: control tokens, all bytes, then letter groups with and without a space before. */
final class RandomVocabulary {
    static final int LEAST = 512;
    static final int MOST = 500_000;

    private static final String LETTERS = "etaoinshrdlucmfwypvbgkjqxz";
    private static final String SPACE = "▁";

    private RandomVocabulary() {}

    static Vocabulary of(int size) {
        List<String> tokens = new ArrayList<>(size);
        List<TokenKind> kinds = new ArrayList<>(size);
        add(tokens, kinds, "<unk>", TokenKind.UNKNOWN);
        add(tokens, kinds, "<s>", TokenKind.CONTROL);
        add(tokens, kinds, "</s>", TokenKind.CONTROL);
        for (int b = 0; b < 256; b++) {
            add(tokens, kinds, String.format("<0x%02X>", b), TokenKind.BYTE);
        }
        int firstPiece = tokens.size();
        add(tokens, kinds, SPACE, TokenKind.NORMAL);
        List<String> shorter = List.of("");
        while (tokens.size() < size) {
            List<String> longer = new ArrayList<>();
            for (String group : shorter) {
                for (int i = 0; i < LETTERS.length() && tokens.size() < size; i++) {
                    String next = group + LETTERS.charAt(i);
                    longer.add(next);
                    add(tokens, kinds, next, TokenKind.NORMAL);
                    if (tokens.size() < size) {
                        add(tokens, kinds, SPACE + next, TokenKind.NORMAL);
                    }
                }
            }
            shorter = longer;
        }
        List<Float> scores = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            scores.add(i < firstPiece ? 0f : (float) (firstPiece - i - 1));
        }
        OptionalInt end = OptionalInt.of(2);
        SpecialTokens specials =
                new SpecialTokens(OptionalInt.of(1), end, end, OptionalInt.of(0), OptionalInt.empty(), true, true);
        return new Vocabulary("llama", "default", Boundary.WORDS, tokens, kinds, scores, List.of(), specials);
    }

    private static void add(List<String> tokens, List<TokenKind> kinds, String token, TokenKind kind) {
        tokens.add(token);
        kinds.add(kind);
    }
}
