package telos.inference.engine;

import telos.inference.sampling.Likelihood;

/** Hears the tokens of one answer, on the engine's thread; it must return at once. */
public interface TokenListener {
    /** The next token; never one that ends the answer. */
    void token(int token);

    /** As {@link #token(int)}, where the request asked for probabilities. */
    default void token(int token, Likelihood likelihood) {
        token(token);
    }

    /** The answer is over; nothing follows. */
    void ended(Ending ending);
}
