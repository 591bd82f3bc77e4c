package telos.plans;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.Outline;

/**
 * What is known, whichever way was taken, when something ends that was decided in secret.
 *
 * @param end the walk's state there; null if no way comes to that end
 * @param changed the objects that may have changed, and how many each can hold then; of a group, nothing that counts
 * @param before what was known, when it began, of each of a group that may have changed: what this run makes of it counts for nothing
 * @param result of a call: what it can return
 */
record Settlement(
        @Nullable State end,
        Set<State.Cell> written,
        Map<Object, Long> changed,
        Label label,
        @Nullable Shadow result,
        Map<Box, Outline> before) {
    Settlement(
            @Nullable State end,
            Set<State.Cell> written,
            Map<Object, Long> changed,
            Label label,
            @Nullable Shadow result) {
        this(end, written, changed, label, result, new IdentityHashMap<>(0));
    }
}
