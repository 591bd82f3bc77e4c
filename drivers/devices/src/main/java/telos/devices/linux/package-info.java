/**
 * Linux processes and the levers that share a CPU among them: stop and continue, weights of control groups, affinity, the
 * start of a program in a process group of its own, and CPU time as the kernel counts it. A {@link
 * telos.devices.linux.Family} is one program with all that it has forked; {@link telos.devices.linux.SimulatedProcesses}
 * is its twin under a virtual clock. Nothing here decides who runs, and nothing signals a process by a number alone that
 * may have been given to another one meanwhile.
 */
@NullMarked
package telos.devices.linux;

import org.jspecify.annotations.NullMarked;
