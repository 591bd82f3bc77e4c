/**
 * Complete mediation: every effect of the daemon goes through {@link telos.server.monitor.Mediator}, which asks the kernel's
 * reference monitor, writes the judgement into the audit, puts questions to people, and lets nothing come between the
 * judgement and the effect. What cannot be written down is not done. Nothing here may carry out an effect that was not
 * judged, and no record or log ever holds the value of an argument.
 */
@NullMarked
package telos.server.monitor;

import org.jspecify.annotations.NullMarked;
