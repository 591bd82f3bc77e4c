package telos.inference.tokenizer;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * The tokens with a role, and what the tokenizer adds by itself.
 *
 * @param eos ends a text
 * @param eot ends a turn, where that is another token
 * @param addBos whether the model expects {@code bos} before its input
 * @param addSpacePrefix SentencePiece only: whether a space goes before the text
 */
public record SpecialTokens(
        OptionalInt bos,
        OptionalInt eos,
        OptionalInt eot,
        OptionalInt unknown,
        OptionalInt padding,
        boolean addBos,
        boolean addSpacePrefix) {
    public SpecialTokens {
        Objects.requireNonNull(bos, "bos");
        Objects.requireNonNull(eos, "eos");
        Objects.requireNonNull(eot, "eot");
        Objects.requireNonNull(unknown, "unknown");
        Objects.requireNonNull(padding, "padding");
    }

    public static SpecialTokens none() {
        OptionalInt no = OptionalInt.empty();
        return new SpecialTokens(no, no, no, no, no, false, false);
    }

    public SpecialTokens withEnd(int token) {
        OptionalInt end = OptionalInt.of(token);
        return new SpecialTokens(bos, end, end, unknown, padding, addBos, addSpacePrefix);
    }
}
