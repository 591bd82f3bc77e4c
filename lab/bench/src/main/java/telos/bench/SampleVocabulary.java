package telos.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import telos.inference.constraint.TokenTrie;

/** A vocabulary of all bytes and cuts of text that looks like JSON; its last token ends a text. */
record SampleVocabulary(List<byte[]> tokens, TokenTrie trie) {
    private static final int PIECES = 2000;
    private static final String SAMPLE =
            "{\"name\":\"value\",\"id\":12345,\"tags\":[\"a\",\"b\"],\"ok\":true,\"none\":null}"
                    + " false,\"property_0042\":{\"type\":\"string\"},\"date\":\"2026-11-21T10:20:30Z\",\"mail\":\"ada@example.org\","
                    + "\"price\":-19.99e+2,\"url\":\"https://example.org/path?q=1#top\",\"text\":\"The quick brown fox\\n jumps"
                    + " \\u00e9 é ü 漢字 😀\"}],[0,1,2,3.5]";

    static SampleVocabulary make() {
        byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(1);
        TreeSet<String> pieces = new TreeSet<>();
        List<byte[]> tokens = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            tokens.add(new byte[] {(byte) value});
        }
        for (int i = 0; i < PIECES; i++) {
            int length = 2 + random.nextInt(6);
            int from = random.nextInt(sample.length - length);
            String piece = new String(sample, from, length, StandardCharsets.ISO_8859_1);
            if (pieces.add(piece)) {
                tokens.add(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        tokens.add("<end>".getBytes(StandardCharsets.UTF_8));
        return new SampleVocabulary(tokens, TokenTrie.of(tokens, Set.of(), Set.of(tokens.size() - 1)));
    }

    int size() {
        return tokens.size();
    }

    int end() {
        return tokens.size() - 1;
    }

    byte[] spelling(int token) {
        return tokens.get(token);
    }
}
