/**
 * How a command speaks to the daemon: one HTTP/1.1 exchange over its Unix socket, server-sent events, and JSON as plain
 * values. Written by hand and small, because every command pays for its start-up. Nothing here may trust what it reads:
 * every length is bounded and every wait ends.
 */
@NullMarked
package telos.cli.wire;

import org.jspecify.annotations.NullMarked;
