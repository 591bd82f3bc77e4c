package telos.plans;

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
 * @param drained the groups among them of which iterators alone may have changed
 * @param result of a call: what it can return
 * @param before of each of a group that may have changed: what was known of it when that began, whatever this run makes of it
 */
record Settlement(
        @Nullable State end,
        Set<State.Cell> written,
        Map<Object, Long> changed,
        Set<Object> drained,
        Label label,
        @Nullable Shadow result,
        Map<Box, Outline> before)
        implements RegionEnd {}
