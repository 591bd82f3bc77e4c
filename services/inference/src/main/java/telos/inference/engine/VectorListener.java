package telos.inference.engine;

/** Hears the vector of one text, on the engine's thread; it must return at once. */
public interface VectorListener {
    /** The mean of the final normalised hidden states over the tokens of the text; given away. */
    void vector(float[] mean);

    /** Nothing follows; {@link #vector} was called before if all went well. */
    void ended(Ending ending);
}
