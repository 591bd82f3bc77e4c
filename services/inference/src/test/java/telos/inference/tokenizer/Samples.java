package telos.inference.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Small vocabularies for the tests. */
final class Samples {
    private Samples() {}

    /** Byte b is token b; token 256 is the control token {@code <|c|>}. */
    static Tokenizer bytes() {
        return byteLevel("gpt-2", List.of());
    }

    /** 256 bytes, {@code <|c|>}, then one token for each merge given as {@code "left right"}. */
    static Tokenizer byteLevel(String pre, List<String> merges, String... userDefined) {
        List<String> tokens = new ArrayList<>();
        List<TokenKind> kinds = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            tokens.add(String.valueOf(ByteAlphabet.spell(b)));
            kinds.add(TokenKind.NORMAL);
        }
        tokens.add("<|c|>");
        kinds.add(TokenKind.CONTROL);
        for (String merge : merges) {
            String token = merge.replace(" ", "");
            if (!tokens.contains(token)) {
                tokens.add(token);
                kinds.add(TokenKind.NORMAL);
            }
        }
        for (String token : userDefined) {
            tokens.add(token);
            kinds.add(TokenKind.USER_DEFINED);
        }
        return Tokenizer.of(new Vocabulary(
                "gpt2",
                pre,
                Boundary.WORDS,
                tokens,
                kinds,
                List.of(),
                merges,
                SpecialTokens.none().withEnd(256)));
    }

    /** {@code <unk> <s> </s>}, 256 byte tokens from id 3, then the pieces from id 259 with these scores. */
    static Tokenizer sentencePiece(boolean spacePrefix, List<String> pieces, List<Float> scores) {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<TokenKind> kinds = new ArrayList<>(List.of(TokenKind.UNKNOWN, TokenKind.CONTROL, TokenKind.CONTROL));
        List<Float> all = new ArrayList<>(List.of(0f, 0f, 0f));
        for (int b = 0; b < 256; b++) {
            tokens.add("<0x%02X>".formatted(b));
            kinds.add(TokenKind.BYTE);
            all.add(0f);
        }
        for (int i = 0; i < pieces.size(); i++) {
            tokens.add(pieces.get(i));
            kinds.add(TokenKind.NORMAL);
            all.add(scores.get(i));
        }
        SpecialTokens roles = new SpecialTokens(
                OptionalInt.of(1),
                OptionalInt.of(2),
                OptionalInt.empty(),
                OptionalInt.of(0),
                OptionalInt.empty(),
                true,
                spacePrefix);
        return Tokenizer.of(new Vocabulary("llama", "default", Boundary.WORDS, tokens, kinds, all, List.of(), roles));
    }

    static List<String> names(Tokenizer tokenizer, int... tokens) {
        List<String> out = new ArrayList<>();
        for (int token : tokens) {
            out.add(tokenizer.name(token));
        }
        return out;
    }

    /** A random string of all sorts of characters, never half of a surrogate pair. */
    static String text(Random random, int most) {
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> out.append((char) ('a' + random.nextInt(4)));
                case 4, 5 -> out.append(' ');
                case 6 -> out.append((char) random.nextInt(128));
                case 7 -> out.append((char) random.nextInt(0xD800));
                case 8 -> out.appendCodePoint(0x1F600 + random.nextInt(64));
                default -> out.appendCodePoint(random.nextInt(0xE000, 0x110000));
            }
        }
        return out.toString();
    }
}
