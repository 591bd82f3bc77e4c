/**
 * The daemon's composition root: it opens the model, the tools and the doors, wires them with {@code new}, and answers
 * the system calls of agents. Nothing below may know it, and nothing else may wire.
 */
@NullMarked
package telos.server;

import org.jspecify.annotations.NullMarked;
