package telos.inference.tokenizer;

/** Turns a stretch of ordinary text, free of special tokens, into tokens. */
sealed interface TextEncoder permits ByteEncoder, SentenceEncoder {
    /**
     * Appends the tokens of {@code text[from, to)}.
     *
     * @param first whether the stretch opens the text or follows a special token
     */
    void encode(String text, int from, int to, boolean first, TokenList out);

    /** The bytes that an ordinary token stands for. */
    byte[] bytes(String token, TokenKind kind);
}
