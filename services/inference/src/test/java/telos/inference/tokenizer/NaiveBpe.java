package telos.inference.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** BPE as its definition says, quadratic and worse: what the real one is compared with. */
final class NaiveBpe {
    private NaiveBpe() {}

    /** Merges over texts of ASCII letters, whose byte ids are {@code firstByte + byte}. */
    static List<String> train(List<String> texts, int tokens, int firstByte) {
        List<String> vocabulary = new ArrayList<>();
        for (int b = 0; b < firstByte; b++) {
            vocabulary.add("<" + b + ">");
        }
        for (int b = 0; b < 256; b++) {
            vocabulary.add(String.valueOf(ByteAlphabet.spell(b)));
        }
        List<List<String>> words = new ArrayList<>();
        texts.forEach(text -> words.add(new ArrayList<>(List.of(text.split("")))));
        int size = vocabulary.size() + tokens;
        List<String> merges = new ArrayList<>();
        while (vocabulary.size() < size) {
            TreeMap<Long, Long> counts = new TreeMap<>();
            for (List<String> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    long key = (long) vocabulary.indexOf(word.get(i)) << 32 | vocabulary.indexOf(word.get(i + 1));
                    counts.merge(key, 1L, Long::sum);
                }
            }
            long best = -1;
            long most = 0;
            for (var entry : counts.entrySet()) {
                if (entry.getValue() > most) {
                    most = entry.getValue();
                    best = entry.getKey();
                }
            }
            if (most < 2) {
                break;
            }
            String left = vocabulary.get((int) (best >> 32));
            String right = vocabulary.get((int) best);
            merges.add(left + " " + right);
            if (!vocabulary.contains(left + right)) {
                vocabulary.add(left + right);
            }
            for (List<String> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    if (word.get(i).equals(left) && word.get(i + 1).equals(right)) {
                        word.set(i, left + right);
                        word.remove(i + 1);
                    }
                }
            }
        }
        return merges;
    }

    /** The tokens of one pre-token: the best merge, leftmost first, one at a time. */
    static List<String> encode(String preToken, List<String> merges) {
        List<String> word = new ArrayList<>();
        for (byte b : preToken.getBytes(StandardCharsets.UTF_8)) {
            word.add(String.valueOf(ByteAlphabet.spell(b & 0xFF)));
        }
        while (true) {
            int bestRank = Integer.MAX_VALUE;
            int bestAt = -1;
            for (int i = 0; i + 1 < word.size(); i++) {
                int rank = merges.indexOf(word.get(i) + " " + word.get(i + 1));
                if (rank >= 0 && rank < bestRank) {
                    bestRank = rank;
                    bestAt = i;
                }
            }
            if (bestAt < 0) {
                return word;
            }
            word.set(bestAt, word.get(bestAt) + word.get(bestAt + 1));
            word.remove(bestAt + 1);
        }
    }
}
