package telos.inference.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * SentencePiece BPE: the text, its spaces written as ▁, starts as code points; the neighbours whose concatenation is
 * the token with the highest score, leftmost first, become that token. A code point without a token falls back to the
 * tokens of its UTF-8 bytes.
 */
final class SentenceEncoder implements TextEncoder {
    private static final char SPACE = '\u2581';

    private final Map<String, Integer> ordinary = new HashMap<>();
    private final float[] scores;
    private final int[] byteTokens = new int[256];
    private final int longest;
    private final boolean spacePrefix;
    private final OptionalInt unknown;

    SentenceEncoder(Vocabulary vocabulary) {
        spacePrefix = vocabulary.specials().addSpacePrefix();
        unknown = vocabulary.specials().unknown();
        scores = new float[vocabulary.size()];
        Arrays.fill(byteTokens, -1);
        int length = 1;
        for (int token = 0; token < scores.length; token++) {
            String text = vocabulary.tokens().get(token);
            scores[token] =
                    vocabulary.scores().isEmpty() ? 0 : vocabulary.scores().get(token);
            TokenKind kind = vocabulary.kinds().get(token);
            if (kind == TokenKind.BYTE) {
                byteTokens[byteOf(text)] = token;
            } else if ((kind == TokenKind.NORMAL || kind == TokenKind.USER_DEFINED) && !text.isEmpty()) {
                ordinary.putIfAbsent(text, token);
                length = Math.max(length, text.length());
            }
        }
        longest = length;
    }

    private static int byteOf(String text) {
        if (text.matches("<0x[0-9A-Fa-f]{2}>")) {
            return Integer.parseInt(text, 3, 5, 16);
        }
        throw new TokenizerException("the byte token '" + text + "' is not spelled <0xHH>");
    }

    @Override
    public void encode(String text, int from, int to, boolean first, TokenList out) {
        String escaped =
                (first && spacePrefix ? SPACE : "") + text.substring(from, to).replace(' ', SPACE);
        new Line(escaped).encode(out);
    }

    @Override
    public byte[] bytes(String token, TokenKind kind) {
        if (kind == TokenKind.BYTE) {
            return new byte[] {(byte) byteOf(token)};
        }
        return token.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }

    /** The text while it is merged: symbol i spans {@code text[i, next[i])}; a dead one has next 0. */
    private final class Line {
        private final String text;
        private final int[] next;
        private final int[] previous;
        private final LongHeap heap = new LongHeap();

        Line(String text) {
            this.text = text;
            next = new int[text.length()];
            previous = new int[text.length() + 1];
        }

        void encode(TokenList out) {
            int before = -1;
            for (int i = 0; i < text.length(); i = next[i]) {
                next[i] = i + Character.charCount(text.codePointAt(i));
                previous[i] = before;
                before = i;
            }
            for (int i = 0; i < text.length(); i = next[i]) {
                offer(i);
            }
            while (!heap.isEmpty()) {
                long best = heap.pop();
                int left = (int) best;
                if (next[left] == 0 || key(left) != best) {
                    continue;
                }
                int right = next[left];
                next[left] = next[right];
                next[right] = 0;
                previous[next[left]] = left;
                offer(left);
                if (previous[left] >= 0) {
                    offer(previous[left]);
                }
            }
            for (int i = 0; i < text.length(); i = next[i]) {
                write(i, next[i], out);
            }
        }

        private void offer(int left) {
            long key = key(left);
            if (key != Long.MAX_VALUE) {
                heap.push(key);
            }
        }

        /** Orders the pair that starts at {@code left}: best score first, then leftmost; MAX_VALUE when it is no token. */
        private long key(int left) {
            int right = next[left];
            if (right >= text.length() || next[right] - left > longest) {
                return Long.MAX_VALUE;
            }
            Integer token = ordinary.get(text.substring(left, next[right]));
            if (token == null) {
                return Long.MAX_VALUE;
            }
            int bits = Float.floatToIntBits(scores[token] + 0.0f);
            int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
            return (long) ~ascending << 32 | left;
        }

        private void write(int from, int to, TokenList out) {
            Integer token = ordinary.get(text.substring(from, to));
            if (token != null) {
                out.add(token);
                return;
            }
            byte[] utf8 = new byte[3 * (to - from)];
            int length = Utf8.write(text, from, to, utf8);
            boolean spelled = true;
            for (int i = 0; i < length; i++) {
                spelled &= byteTokens[utf8[i] & 0xFF] >= 0;
            }
            if (spelled) {
                for (int i = 0; i < length; i++) {
                    out.add(byteTokens[utf8[i] & 0xFF]);
                }
            } else if (unknown.isPresent()) {
                out.add(unknown.getAsInt());
            }
        }
    }
}
