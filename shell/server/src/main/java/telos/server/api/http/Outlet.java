package telos.server.api.http;

import java.io.IOException;

/** Where the bytes of an answer go. */
@FunctionalInterface
public interface Outlet {
    /**
     * Returns when the bytes are on their way.
     *
     * @param last whether the answer ends with them
     */
    void write(boolean last, byte[] bytes) throws IOException;
}
