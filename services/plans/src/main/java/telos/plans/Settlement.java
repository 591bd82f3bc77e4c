package telos.plans;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * What is known, whichever way was taken, when something ends that was decided in secret.
 *
 * @param end the walk's state there; null if no way comes to that end
 * @param changed the objects that may have changed, and how many each can hold then; of a group, nothing that counts
 * @param result of a call: what it can return
 */
record Settlement(
        @Nullable State end,
        Set<State.Cell> written,
        Map<Object, Long> changed,
        Label label,
        @Nullable Shadow result) {}
