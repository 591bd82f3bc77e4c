/**
 * The CPU as an accelerator: native memory, a persistent set of workers, and the kernels of a transformer's forward pass.
 * Results do not depend on company: for a weight type there is one activation format, one formula and one order of
 * summation at every batch size, chunking, thread count and vector width, and every vector kernel has a scalar twin that
 * gives the same bits. Nothing here decides what runs or which block belongs to whom.
 */
@NullMarked
package telos.devices.cpu;

import org.jspecify.annotations.NullMarked;
