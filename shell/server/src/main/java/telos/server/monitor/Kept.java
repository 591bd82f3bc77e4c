package telos.server.monitor;

import java.io.IOException;

/** What is ready to be kept; closed without {@link #commit}, it is forgotten. */
public interface Kept extends AutoCloseable {
    /** From now on it is kept, in one step. */
    void commit() throws IOException;

    @Override
    void close();

    /** Of a policy that nobody keeps. */
    Kept NOTHING = new Kept() {
        @Override
        public void commit() {}

        @Override
        public void close() {}
    };
}
