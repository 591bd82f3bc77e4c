/**
 * What the daemon says of its clock, read into values: its trees of entities, the settings that people give them, and traces
 * in the form that Perfetto opens. A figure that an older or a newer daemon does not send counts as nothing. Must not talk
 * to the daemon itself, nor print.
 */
@NullMarked
package telos.cli.clock;

import org.jspecify.annotations.NullMarked;
