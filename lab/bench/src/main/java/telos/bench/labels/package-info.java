/**
 * What labels cost: plans that compute, run with labels, without them, and by CPython; calls and decisions by the clock.
 * Every time is taken inside of the plan, between two of its own marks.
 */
@NullMarked
package telos.bench.labels;

import org.jspecify.annotations.NullMarked;
