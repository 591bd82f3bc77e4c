/**
 * The laboratory: what is claimed of Telos' speed and skill is measured here, each claim by one command, {@code ./telos
 * bench NAME}. A benchmark says what machine it ran on and what it does not show.
 */
@NullMarked
package telos.bench;

import org.jspecify.annotations.NullMarked;
