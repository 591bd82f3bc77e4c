package telos.inference.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns a byte-level BPE vocabulary (Sennrich et al. 2016, arXiv:1508.07909) from texts. Ids are laid out as control
 * tokens, user-defined tokens, the 256 bytes, then merges best first, so that the first three kinds do not move when
 * the size changes. Deterministic: of equally frequent pairs the one with the lower ids is merged first, whatever the
 * order of the texts. Not for several threads.
 */
public final class BpeTrainer {
    /**
     * What to learn.
     *
     * @param size tokens in all; fewer come out when no pair is left that occurs {@code minimumCount} times
     * @param control names of control tokens; one of them is {@code end}
     * @param userDefined strings that are one token each, matched before BPE, the longest first
     * @param end the control token that ends a turn: the vocabulary's eos and eot
     */
    public record Options(
            int size,
            List<String> control,
            List<String> userDefined,
            String end,
            Boundary boundary,
            long minimumCount) {
        public Options {
            control = List.copyOf(control);
            userDefined = List.copyOf(userDefined);
            int fixed = control.size() + userDefined.size() + 256;
            if (size < fixed) {
                throw new TokenizerException("a vocabulary of " + size + " tokens is too small: " + fixed
                        + " are control tokens, user-defined tokens and bytes");
            }
            if (!control.contains(end)) {
                throw new TokenizerException("the end token '" + end + "' is not among the control tokens");
            }
            Set<String> distinct = new TreeSet<>(control);
            distinct.addAll(userDefined);
            if (distinct.size() != fixed - 256 || distinct.contains("")) {
                throw new TokenizerException("control and user-defined tokens must be distinct and not empty");
            }
        }

        public Options(int size, List<String> control, List<String> userDefined, String end, Boundary boundary) {
            this(size, control, userDefined, end, boundary, 2);
        }
    }

    private final Options options;
    private final SpecialMatcher specials = new SpecialMatcher();
    private final PreTokenizer preTokenizer;
    /** Sorted, so that the result does not depend on the order of the texts. */
    private final Map<String, Long> counts = new TreeMap<>();

    public BpeTrainer(Options options) {
        this.options = options;
        this.preTokenizer = options.boundary() == Boundary.LETTERS ? new LetterScanner() : new GptScanner();
        options.control().forEach(token -> specials.add(token, 0, true));
        options.userDefined().forEach(token -> specials.add(token, 0, true));
    }

    /** Counts a text that occurs this many times; special tokens in it are cut out first. */
    public void add(String text, long count) {
        if (count < 1) {
            throw new IllegalArgumentException("a text must occur at least once, not " + count + " times");
        }
        int start = 0;
        for (int at = 0; at < text.length(); ) {
            long match = specials.match(text, at, text.length());
            if (match < 0) {
                at++;
                continue;
            }
            count(text, start, at, count);
            at = (int) (match >> 32);
            start = at;
        }
        count(text, start, text.length(), count);
    }

    public void add(String text) {
        add(text, 1);
    }

    private void count(String text, int from, int to, long count) {
        preTokenizer.split(text, from, to, (a, b) -> {
            if (b - a > 1 || text.charAt(a) >= 128) {
                counts.merge(text.substring(a, b), count, Long::sum);
            }
        });
    }

    public Vocabulary train() {
        List<String> tokens = new ArrayList<>();
        List<TokenKind> kinds = new ArrayList<>();
        for (String token : options.control()) {
            tokens.add(token);
            kinds.add(TokenKind.CONTROL);
        }
        for (String token : options.userDefined()) {
            tokens.add(token);
            kinds.add(TokenKind.USER_DEFINED);
        }
        int firstByte = tokens.size();
        for (int b = 0; b < 256; b++) {
            tokens.add(String.valueOf(ByteAlphabet.spell(b)));
            kinds.add(TokenKind.NORMAL);
        }
        List<String> merges = new ArrayList<>();
        merge(firstByte, tokens, merges);
        while (kinds.size() < tokens.size()) {
            kinds.add(TokenKind.NORMAL);
        }
        SpecialTokens roles = SpecialTokens.none().withEnd(options.control().indexOf(options.end()));
        return new Vocabulary("gpt2", "gpt-2", options.boundary(), tokens, kinds, List.of(), merges, roles);
    }

    /** Merges the most frequent pair until the vocabulary is full; counts are kept up to date word by word. */
    private void merge(int firstByte, List<String> tokens, List<String> merges) {
        List<int[]> words = new ArrayList<>();
        List<Long> wordCounts = new ArrayList<>();
        Map<Long, Pair> pairs = new HashMap<>();
        counts.forEach((text, count) -> {
            boolean letters = options.boundary() == Boundary.WORDS || Unicode.letter(text.codePointAt(0));
            if (letters) {
                byte[] utf8 = new byte[3 * text.length()];
                int[] word = new int[Utf8.write(text, 0, text.length(), utf8)];
                for (int i = 0; i < word.length; i++) {
                    word[i] = firstByte + (utf8[i] & 0xFF);
                }
                for (int i = 0; i + 1 < word.length; i++) {
                    pairs.computeIfAbsent(key(word, i), Pair::new).add(words.size(), count);
                }
                words.add(word);
                wordCounts.add(count);
            }
        });
        PriorityQueue<Candidate> queue = new PriorityQueue<>();
        pairs.values().forEach(pair -> queue.add(new Candidate(pair.key, pair.count)));
        Map<String, Integer> ids = new HashMap<>();
        for (int token = 0; token < tokens.size(); token++) {
            ids.put(tokens.get(token), token);
        }
        while (tokens.size() < options.size() && !queue.isEmpty()) {
            Candidate best = queue.remove();
            Pair pair = pairs.get(best.key);
            if (pair == null || pair.count == 0) {
                continue;
            }
            if (pair.count != best.count) {
                queue.add(new Candidate(pair.key, pair.count));
                continue;
            }
            if (best.count < options.minimumCount()) {
                return;
            }
            int left = (int) (best.key >> 32);
            int right = (int) best.key;
            String spelling = tokens.get(left) + tokens.get(right);
            Integer known = ids.get(spelling);
            if (known != null && known < firstByte) {
                // a special token has this name: it is matched before BPE
                continue;
            }
            int merged = known != null ? known : tokens.size();
            if (known == null) {
                ids.put(spelling, merged);
                tokens.add(spelling);
            }
            pairs.remove(best.key);
            merges.add(tokens.get(left) + " " + tokens.get(right));
            Map<Long, Pair> grown = new TreeMap<>();
            for (int index : pair.words) {
                int[] before = words.get(index);
                int[] after = join(before, left, right, merged);
                long count = wordCounts.get(index);
                for (int i = 0; i + 1 < before.length; i++) {
                    Pair old = pairs.get(key(before, i));
                    if (old != null) {
                        old.count -= count;
                    }
                }
                for (int i = 0; i + 1 < after.length; i++) {
                    if (key(after, i) == best.key) {
                        continue;
                    }
                    Pair now = pairs.computeIfAbsent(key(after, i), Pair::new);
                    now.add(index, count);
                    if (after[i] == merged || after[i + 1] == merged) {
                        grown.put(now.key, now);
                    }
                }
                words.set(index, after);
            }
            grown.values().forEach(now -> queue.add(new Candidate(now.key, now.count)));
        }
    }

    private static long key(int[] word, int at) {
        return (long) word[at] << 32 | word[at + 1];
    }

    private static int[] join(int[] word, int left, int right, int merged) {
        int[] out = new int[word.length];
        int n = 0;
        for (int i = 0; i < word.length; i++) {
            if (i + 1 < word.length && word[i] == left && word[i + 1] == right) {
                out[n++] = merged;
                i++;
            } else {
                out[n++] = word[i];
            }
        }
        return Arrays.copyOf(out, n);
    }

    /** A pair of neighbours: how often it occurs, and the words in which it did at some time. */
    private static final class Pair {
        private final long key;
        private final Set<Integer> words = new TreeSet<>();
        private long count;

        Pair(long key) {
            this.key = key;
        }

        void add(int word, long times) {
            words.add(word);
            count += times;
        }
    }

    private record Candidate(long key, long count) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate that) {
            int byCount = Long.compare(that.count, count);
            return byCount != 0 ? byCount : Long.compare(key, that.key);
        }
    }
}
