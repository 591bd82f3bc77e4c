/**
 * The engine: one loop that asks the kernel's scheduler what to run next, runs it through the model, samples, and tells
 * the scheduler what came of it. Requests come in from any thread and their tokens go out to listeners, which must not
 * block. It renders no text and knows nothing of messages or tools.
 */
@NullMarked
package telos.inference.engine;

import org.jspecify.annotations.NullMarked;
