/**
 * Programs as clients of the clock: any unmodified program shares its CPUs with the others by the kernel's entity tree,
 * which is charged in measured CPU time. {@link telos.programs.Programs} takes them up and lets them go; its lever is stop
 * and continue in slices of milliseconds, or the weight of a control group. A program that is not held by a lease is never
 * touched, and nothing is ever stopped that nobody would continue.
 */
@NullMarked
package telos.programs;

import org.jspecify.annotations.NullMarked;
