package telos.inference.chat;

import java.io.IOException;

/** Whoever waits for a piece of work, and is asked now and then whether it still does. Throwing cancels the work. */
@FunctionalInterface
public interface Patience {
    void waiting() throws IOException;

    /** Waits for ever. */
    static Patience endless() {
        return () -> {};
    }
}
