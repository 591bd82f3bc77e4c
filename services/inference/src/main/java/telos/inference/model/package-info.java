/**
 * Models of the architecture llama (Llama 2 and 3, Mistral, SmolLM): their configuration, what they take and hold, models
 * with random weights, and the forward pass from tokens to logits. {@link telos.inference.model.LlamaModel} computes a
 * batch of sequences at once, and no sequence's result may depend on its company, on chunking or on the threads.
 */
@NullMarked
package telos.inference.model;

import org.jspecify.annotations.NullMarked;
