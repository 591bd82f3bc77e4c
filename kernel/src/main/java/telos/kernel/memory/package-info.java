/**
 * Paged KV memory: which blocks a sequence holds, which are shared, and which may be given away. A {@link
 * telos.kernel.memory.BlockPool} hands out numbers of fixed-size blocks; it never touches their contents, for the arenas
 * are a driver's. What cannot be granted is refused by a value, and a refused operation changes nothing.
 */
@NullMarked
package telos.kernel.memory;

import org.jspecify.annotations.NullMarked;
