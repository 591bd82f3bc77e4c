/**
 * The machine as the tools see it: {@link telos.tools.host.Host} is the port, {@link telos.tools.host.LinuxHost} reads it
 * from procfs and {@link telos.tools.host.SimulatedHost} makes one up. Reads only; a process that ends while it is read is
 * left out; nothing here may wait for a device or a pipe.
 */
@NullMarked
package telos.tools.host;

import org.jspecify.annotations.NullMarked;
