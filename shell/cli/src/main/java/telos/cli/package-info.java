/**
 * The {@code telos} program: one class for each command, a client of the daemon's Unix socket, and the code that starts
 * a daemon where none runs. Commands speak to the daemon by HTTP alone and to model files by the server's facade; each
 * ends with 0, 1 (failed, one message on stderr) or 2 (used wrongly), and none may show a stack trace.
 */
@NullMarked
package telos.cli;

import org.jspecify.annotations.NullMarked;
