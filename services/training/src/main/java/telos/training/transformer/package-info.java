/**
 * A small trainable transformer on DJL and PyTorch: its forward pass, its optimiser, and a copy of its weights on the
 * heap for checkpoints and model files. One thread; nothing here may read files or know what the tokens mean.
 */
@NullMarked
package telos.training.transformer;

import org.jspecify.annotations.NullMarked;
