package telos.upstream;

import java.io.IOException;

/** Hears an answer as it arrives. Throwing breaks the turn off. */
@FunctionalInterface
public interface DeltaListener {
    void text(String delta) throws IOException;

    /** Nothing has come for a while; a chance to notice that whoever asked has gone. */
    default void waiting() throws IOException {}
}
