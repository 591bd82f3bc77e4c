/**
 * Anthropic's dialect: messages, whole or streamed, and the counting of their tokens. It reads requests into the same
 * turns as OpenAI's dialect and writes outcomes as content blocks; it knows no model.
 */
@NullMarked
package telos.server.api.anthropic;

import org.jspecify.annotations.NullMarked;
