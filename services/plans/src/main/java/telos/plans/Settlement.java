package telos.plans;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * What is known, whichever way was taken, when something ends that was decided in secret.
 *
 * @param end the walk's state there; null if no way comes to that end
 * @param result of a call: what it can return
 */
record Settlement(
        @Nullable State end,
        Set<State.Cell> written,
        Set<Object> changed,
        Label label,
        @Nullable Shadow result) {}
