/**
 * The reference monitor: the one place that decides about effects (J. P. Anderson, Computer Security Technology Planning
 * Study, 1972). An {@link telos.kernel.security.monitor.Attempt} says who wants what with which labels, and {@link
 * telos.kernel.security.monitor.ReferenceMonitor} judges it; nothing may have an effect that was not judged. It must never
 * carry an effect out itself, and it reads no clock: the time comes in.
 */
@NullMarked
package telos.kernel.security.monitor;

import org.jspecify.annotations.NullMarked;
