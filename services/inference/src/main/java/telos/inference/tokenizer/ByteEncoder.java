package telos.inference.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Byte-level BPE. A pre-token starts as its UTF-8 bytes; the pair with the lowest merge rank, leftmost first, is merged
 * until none is left. Pairs wait in a heap as {@code rank << 32 | position} and are looked up again when they come out,
 * so a stale entry is dropped and n bytes cost O(n log n).
 *
 * <p>A merge may name a string that is no ordinary token (a pruned vocabulary, a control token): it gets a symbol
 * beyond the vocabulary, which is written as its bytes if it survives.
 */
final class ByteEncoder implements TextEncoder {
    private static final int NONE = -1;

    private final PreTokenizer preTokenizer;
    /** Whether a pre-token that is itself a token is taken whole, whatever the merges say (Llama-3). */
    private final boolean wholeWords;

    private final Map<String, Integer> ordinary = new HashMap<>();
    /** Symbols beyond the vocabulary: what they spell. */
    private final List<byte[]> virtual = new ArrayList<>();

    private final int size;
    private final int[] byteSymbols = new int[256];
    private final PairTable merges;
    private final OptionalInt unknown;

    ByteEncoder(Vocabulary vocabulary, PreTokenizer preTokenizer, boolean wholeWords) {
        this.preTokenizer = preTokenizer;
        this.wholeWords = wholeWords;
        this.unknown = vocabulary.specials().unknown();
        this.size = vocabulary.size();
        for (int token = 0; token < size; token++) {
            TokenKind kind = vocabulary.kinds().get(token);
            if (kind == TokenKind.NORMAL || kind == TokenKind.USER_DEFINED || kind == TokenKind.BYTE) {
                ordinary.putIfAbsent(vocabulary.tokens().get(token), token);
            }
        }
        Map<String, Integer> symbols = new HashMap<>(ordinary);
        for (int b = 0; b < 256; b++) {
            byteSymbols[b] = symbol(String.valueOf(ByteAlphabet.spell(b)), symbols);
        }
        merges = new PairTable(vocabulary.merges().size());
        int rank = 0;
        for (String merge : vocabulary.merges()) {
            int gap = merge.indexOf(' ', 1);
            if (gap < 0 || gap == merge.length() - 1) {
                throw new TokenizerException("merge " + rank
                        + " (tokenizer.ggml.merges) is not two strings with a space between: '" + merge + "'");
            }
            String left = merge.substring(0, gap);
            String right = merge.substring(gap + 1);
            merges.add(symbol(left, symbols), symbol(right, symbols), rank, symbol(left + right, symbols));
            rank++;
        }
    }

    private int symbol(String spelling, Map<String, Integer> symbols) {
        Integer known = symbols.get(spelling);
        if (known != null) {
            return known;
        }
        byte[] bytes = ByteAlphabet.bytes(spelling);
        if (bytes == null) {
            throw new TokenizerException("a merge (tokenizer.ggml.merges) names '" + spelling
                    + "', which does not spell bytes as GPT-2 does");
        }
        virtual.add(bytes);
        int symbol = size + virtual.size() - 1;
        symbols.put(spelling, symbol);
        return symbol;
    }

    @Override
    public void encode(String text, int from, int to, boolean first, TokenList out) {
        Word word = new Word();
        preTokenizer.split(text, from, to, (a, b) -> {
            word.read(text, a, b);
            if (wholeWords && word.length > 1) {
                Integer whole = ordinary.get(ByteAlphabet.spell(Arrays.copyOf(word.utf8, word.length)));
                if (whole != null) {
                    out.add(whole);
                    return;
                }
            }
            word.merge();
            word.write(out);
        });
    }

    @Override
    public byte[] bytes(String token, TokenKind kind) {
        if (kind == TokenKind.USER_DEFINED) {
            return token.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = ByteAlphabet.bytes(token);
        return bytes != null ? bytes : token.getBytes(StandardCharsets.UTF_8);
    }

    private void write(int symbol, TokenList out) {
        if (symbol < size) {
            out.add(symbol);
            return;
        }
        byte[] bytes = virtual.get(symbol - size);
        for (byte b : bytes) {
            int single = byteSymbols[b & 0xFF];
            if (single < size) {
                out.add(single);
            } else if (unknown.isPresent()) {
                out.add(unknown.getAsInt());
            }
        }
    }

    /** One pre-token while it is merged: a linked list over arrays that are used again for the next. */
    private final class Word {
        private byte[] utf8 = new byte[64];
        private int[] symbols = new int[64];
        private int[] next = new int[64];
        private int[] previous = new int[64];
        private final LongHeap heap = new LongHeap();
        private int length;

        void read(String text, int from, int to) {
            int room = Math.multiplyExact(to - from, 3);
            if (utf8.length < room) {
                int capacity = Math.max(room, 64);
                utf8 = new byte[capacity];
                symbols = new int[capacity];
                next = new int[capacity];
                previous = new int[capacity];
            }
            length = Utf8.write(text, from, to, utf8);
            for (int i = 0; i < length; i++) {
                symbols[i] = byteSymbols[utf8[i] & 0xFF];
                previous[i] = i - 1;
                next[i] = i + 1;
            }
        }

        void merge() {
            heap.clear();
            for (int i = 0; i + 1 < length; i++) {
                offer(i);
            }
            while (!heap.isEmpty()) {
                long best = heap.pop();
                int left = (int) best;
                if (symbols[left] == NONE || next[left] >= length) {
                    continue;
                }
                int right = next[left];
                long found = merges.find(symbols[left], symbols[right]);
                if (found < 0 || found >> 32 != best >> 32) {
                    continue;
                }
                symbols[left] = (int) found;
                symbols[right] = NONE;
                next[left] = next[right];
                if (next[left] < length) {
                    previous[next[left]] = left;
                    offer(left);
                }
                if (previous[left] >= 0) {
                    offer(previous[left]);
                }
            }
        }

        private void offer(int left) {
            long found = merges.find(symbols[left], symbols[next[left]]);
            if (found >= 0) {
                heap.push((found >> 32) << 32 | left);
            }
        }

        void write(TokenList out) {
            for (int i = 0; i < length; i = next[i]) {
                ByteEncoder.this.write(symbols[i], out);
            }
        }
    }
}
