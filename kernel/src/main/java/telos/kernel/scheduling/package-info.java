/**
 * Who is served next, and how much. An {@link telos.kernel.scheduling.EntityTree} divides service among tenants, agents and
 * what they want done, by a {@link telos.kernel.scheduling.Policy}. A {@link telos.kernel.scheduling.Scheduler} is driven by
 * one loop: {@code submit(request)}, then again and again {@code schedule() → batch}, run it, {@code apply(outcome)}. They
 * decide and never run anything themselves; the same calls lead to the same decisions.
 */
@NullMarked
package telos.kernel.scheduling;

import org.jspecify.annotations.NullMarked;
