/**
 * The full-screen view of {@code telos top}: a sample of the daemon becomes rows, rows and what was pressed become a frame,
 * and the screen shows frames on a terminal until it is left. Rows hold text that is clean already. Must leave the terminal
 * as it was, however it ends.
 */
@NullMarked
package telos.cli.top;

import org.jspecify.annotations.NullMarked;
