/**
 * The kernel under a virtual clock, with seeded workloads and faults: one seed is one run, and the same seed is the same run
 * again. {@link telos.simulation.ClockTrials} runs many seeds and counts what broke; {@code telos simulate} replays one. It
 * must never read a clock or chance of its own in a run, and never forgive a broken invariant.
 */
@NullMarked
package telos.simulation;

import org.jspecify.annotations.NullMarked;
