/**
 * Random plans in pairs of worlds that look the same to somebody: whatever that somebody sees of the effects must be the same
 * as well. A plan and its worlds depend on a seed alone. Nothing here decides what may flow; it only looks.
 */
@NullMarked
package telos.bench.noninterference;

import org.jspecify.annotations.NullMarked;
