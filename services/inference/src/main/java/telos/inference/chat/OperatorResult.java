package telos.inference.chat;

import java.util.Arrays;
import telos.inference.tokenizer.Tokenizer;

/**
 * The part of a tool result that a model of the operator protocol reads. It quotes the whole, so it needs no more than
 * the beginning; what is cut here is cut in the same way when the model is trained.
 */
public final class OperatorResult {
    public static final int LINES = 12;
    public static final int CHARACTERS = 120;
    public static final int TOKENS = 320;

    private OperatorResult() {}

    /** The first lines, each cut to a greatest length. */
    public static String shorten(String result) {
        return String.join(
                "\n",
                result.lines()
                        .limit(LINES)
                        .map(line -> line.length() > CHARACTERS ? line.substring(0, CHARACTERS) : line)
                        .toList());
    }

    /** The tokens of {@link #shorten(String)}, no more than {@link #TOKENS}. */
    public static int[] shorten(Tokenizer tokenizer, String result) {
        int[] tokens = tokenizer.encode(shorten(result), false);
        return tokens.length > TOKENS ? Arrays.copyOf(tokens, TOKENS) : tokens;
    }
}
