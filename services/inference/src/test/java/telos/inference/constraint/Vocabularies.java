package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Vocabularies for tests: tokens 0 to 255 are the bytes, the last token is the end, the one before it a mark. */
record Vocabularies(List<byte[]> tokens, TokenTrie trie) {
    private static final String SAMPLE =
            "{\"name\":\"tail\",\"arguments\":{\"path\":\"README.md\",\"lines\":5}} true false"
                    + " null [1,2,3] {\"a\":{\"b\":[]}} \"state\":\"listening\" 0.5 -17 1e10 \\\"\\n\\u00e9 é 漢字 😀"
                    + " The file /var/log/syslog has 42 lines (see src/main/x.java). ";

    int end() {
        return tokens.size() - 1;
    }

    int mark() {
        return tokens.size() - 2;
    }

    static Vocabularies bytes() {
        return of(List.of());
    }

    /** Bytes and random longer tokens: cuts of text that looks like what is generated, and noise. */
    static Vocabularies random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
        List<byte[]> more = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 2 + random.nextInt(7);
            byte[] token = new byte[length];
            int from = random.nextInt(sample.length - length);
            System.arraycopy(sample, from, token, 0, length);
            if (random.nextInt(8) == 0) {
                random.nextBytes(token);
            }
            more.add(token);
        }
        return of(more);
    }

    static Vocabularies of(List<byte[]> more) {
        List<byte[]> tokens = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            tokens.add(new byte[] {(byte) value});
        }
        tokens.addAll(more);
        tokens.add("<|quote|>".getBytes(StandardCharsets.UTF_8));
        tokens.add("<|end|>".getBytes(StandardCharsets.UTF_8));
        int mark = tokens.size() - 2;
        return new Vocabularies(tokens, TokenTrie.of(tokens, Set.of(mark), Set.of(mark + 1)));
    }
}
