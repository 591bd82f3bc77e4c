package telos.server.monitor;

import java.io.IOException;

/** Sees to it that a policy outlives this daemon. */
@FunctionalInterface
public interface Keeper {
    /** Makes ready to keep it. */
    Kept prepare(Rules rules) throws IOException;
}
