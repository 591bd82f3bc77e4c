/**
 * Turns logits into tokens. A {@link telos.inference.sampling.Sampler} draws one token under
 * {@link telos.inference.sampling.SamplingOptions} and a {@link telos.inference.sampling.TokenMask}; a
 * {@link telos.inference.sampling.StopMatcher} watches the text that comes out. A draw depends on the seed and on the
 * token's position only, never on time, threads or who else is in the batch.
 */
@NullMarked
package telos.inference.sampling;

import org.jspecify.annotations.NullMarked;
