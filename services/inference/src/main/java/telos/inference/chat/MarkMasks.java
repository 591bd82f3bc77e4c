package telos.inference.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import telos.inference.sampling.TokenMask;
import telos.inference.tokenizer.Tokenizer;

/**
 * Which tokens of a model may come while the mark of a call may be under way. A token that would write more than the mark
 * at once is not among them. Made once for each model.
 */
final class MarkMasks {
    private final String mark;
    /** By how many characters of the mark stand there already. */
    private final List<TokenMask> begun;

    private final List<TokenMask> tooLate;

    private MarkMasks(String mark, List<TokenMask> begun, List<TokenMask> tooLate) {
        this.mark = mark;
        this.begun = begun;
        this.tooLate = tooLate;
    }

    static MarkMasks of(Tokenizer tokenizer, CallStyle style) {
        String mark = style.mark();
        int size = tokenizer.size();
        boolean[][] left = new boolean[Math.max(1, mark.length())][size];
        for (int token = 0; token < size && !mark.isEmpty(); token++) {
            String text = tokenizer.isControl(token) ? tokenizer.name(token) : tokenizer.decode(new int[] {token});
            int at = text.indexOf(mark);
            boolean whole = at >= 0 && at + mark.length() < text.length();
            for (int length = 0; length < left.length; length++) {
                int rest = mark.length() - length;
                left[length][token] =
                        whole || (length > 0 && text.length() > rest && text.startsWith(mark.substring(length)));
            }
        }
        List<TokenMask> begun = Arrays.stream(left).map(MarkMasks::without).toList();
        List<TokenMask> tooLate = new ArrayList<>();
        for (TokenMask each : begun) {
            tooLate.add(style.opens().isPresent() ? without(each, style.opens().getAsInt()) : each);
        }
        return new MarkMasks(mark, begun, tooLate);
    }

    private static TokenMask without(boolean[] left) {
        TokenMask.Builder kept = TokenMask.builder(left.length);
        for (int token = 0; token < left.length; token++) {
            if (!left[token]) {
                kept.add(token);
            }
        }
        return kept.build();
    }

    private static TokenMask without(TokenMask mask, int token) {
        TokenMask.Builder kept = TokenMask.builder(mask.size());
        mask.forEach(each -> {
            if (each != token) {
                kept.add(each);
            }
        });
        return kept.build();
    }

    String mark() {
        return mark;
    }

    /**
     * The tokens that may come.
     *
     * @param length how many characters of the mark the text ends with
     * @param late whether no call may be announced any more
     */
    TokenMask after(int length, boolean late) {
        return (late ? tooLate : begun).get(length);
    }
}
