package telos.inference.engine;

/** Hears the tokens of one answer, on the engine's thread; it must return at once. */
public interface TokenListener {
    /** The next token; never one that ends the answer. */
    void token(int token);

    /** The answer is over; nothing follows. */
    void ended(Ending ending);
}
