/**
 * {@code telos train}: makes the built-in model, from curriculum to model file, in a process of its own. Nothing else may
 * load the training libraries.
 */
@NullMarked
package telos.training;

import org.jspecify.annotations.NullMarked;
