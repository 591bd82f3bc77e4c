/**
 * The boundary between agents and everything else: messages, tools, and the system calls by which an agent reaches a
 * model or a tool. Values only. Nothing here may do I/O, start a thread, read a clock or draw a random number.
 */
@NullMarked
package telos.kernel;

import org.jspecify.annotations.NullMarked;
