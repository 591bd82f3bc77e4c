/**
 * Model servers elsewhere that speak OpenAI's dialect, as a device. A request goes out, text and tool calls come back;
 * what the server says is untrusted and read with bounds. Keys are never written to a log or a message.
 */
@NullMarked
package telos.upstream;

import org.jspecify.annotations.NullMarked;
