package telos.inference.tokenizer;

/** What a token is for, with the numbers that GGUF gives these kinds in {@code tokenizer.ggml.token_type}. */
public enum TokenKind {
    NORMAL(1),
    UNKNOWN(2),
    /** Steers the model; has no text of its own and is never read out of untrusted text. */
    CONTROL(3),
    /** Matched literally, before BPE, in any text. */
    USER_DEFINED(4),
    UNUSED(5),
    /** One byte, spelled {@code <0xHH>}: SentencePiece's fallback. */
    BYTE(6);

    private final int number;

    TokenKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static TokenKind of(int number) {
        return switch (number) {
            // 0 is "undefined" in the format; writers that leave it out mean an ordinary token
            case 0, 1 -> NORMAL;
            case 2 -> UNKNOWN;
            case 3 -> CONTROL;
            case 4 -> USER_DEFINED;
            case 5 -> UNUSED;
            case 6 -> BYTE;
            default -> throw new TokenizerException("token type " + number + " is unknown; GGUF defines 1 to 6");
        };
    }
}
