/**
 * Who runs in the next iteration, and on how many tokens. A {@link telos.kernel.scheduling.Scheduler} is driven by one
 * loop: {@code submit(request)}, then again and again {@code schedule() → batch}, run it, {@code apply(outcome)}. It
 * decides and never runs anything itself; the same calls lead to the same decisions.
 */
@NullMarked
package telos.kernel.scheduling;

import org.jspecify.annotations.NullMarked;
