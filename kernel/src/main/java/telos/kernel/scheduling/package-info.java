/**
 * Who runs in the next iteration, and on how many tokens: {@code schedule() → decision}, then {@code apply(outcome)}.
 * It decides and never runs anything itself.
 */
@NullMarked
package telos.kernel.scheduling;

import org.jspecify.annotations.NullMarked;
