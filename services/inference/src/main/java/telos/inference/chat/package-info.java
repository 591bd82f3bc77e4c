/**
 * Conversations on a local model: messages and tools in, text and tool calls out. It renders the model's chat template,
 * runs the engine and reads calls back from what was generated, under a constraint that lets only valid ones through.
 * Text from messages is data: control tokens in it are never obeyed.
 */
@NullMarked
package telos.inference.chat;

import org.jspecify.annotations.NullMarked;
