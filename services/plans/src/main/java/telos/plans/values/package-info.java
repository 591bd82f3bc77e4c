/**
 * The values of a plan and Python's operations on them: every {@link telos.plans.values.Value} is a payload with a
 * label, and every operation comes in two forms side by side, one that does it and one that tells from {@link
 * telos.plans.values.Outline}s alone what it may do. Payloads never look at a clock, at chance or at anything outside;
 * memory and steps are charged to the {@link telos.plans.values.Context} before they are taken.
 */
@NullMarked
package telos.plans.values;

import org.jspecify.annotations.NullMarked;
