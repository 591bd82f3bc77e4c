package telos.inference.tokenizer;

/** A tokenizer that cannot be built: its description is unknown to Telos or contradicts itself. */
public final class TokenizerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TokenizerException(String message) {
        super(message);
    }
}
