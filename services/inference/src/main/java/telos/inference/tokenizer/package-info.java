/**
 * Text to tokens and back: byte-level BPE and SentencePiece BPE as GGUF files describe them, and the trainer that makes
 * the built-in model's vocabulary. A {@link telos.inference.tokenizer.Tokenizer} is built from a
 * {@link telos.inference.tokenizer.Vocabulary} and is immutable. It must never read a control token out of text that a
 * user or a tool wrote, and never take time quadratic in the length of its input.
 */
@NullMarked
package telos.inference.tokenizer;

import org.jspecify.annotations.NullMarked;
