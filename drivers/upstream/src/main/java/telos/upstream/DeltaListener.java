package telos.upstream;

import java.io.IOException;

/** Hears an answer as it arrives. Throwing breaks the turn off. */
@FunctionalInterface
public interface DeltaListener {
    void text(String delta) throws IOException;
}
