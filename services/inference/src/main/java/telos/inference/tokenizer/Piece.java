package telos.inference.tokenizer;

import java.util.Objects;

/**
 * A stretch of a rendered prompt.
 *
 * @param trusted whether control tokens may be read out of it: true for the template's own text, false for whatever came
 *     out of a message, a tool or a document
 */
public record Piece(String text, boolean trusted) {
    public Piece {
        Objects.requireNonNull(text, "text");
    }
}
