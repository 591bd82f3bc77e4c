/**
 * Paged KV memory: which blocks a sequence holds, which are shared, and which may be given away. It counts blocks and
 * never touches their contents: the arenas are a driver's. A refusal is a value.
 */
@NullMarked
package telos.kernel.memory;

import org.jspecify.annotations.NullMarked;
