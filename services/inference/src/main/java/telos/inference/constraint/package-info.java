/**
 * Decides which tokens may come next, so that what a model writes has a promised form: JSON of a schema, a call of one
 * of the tools given, or text whose figures and paths all occur in the evidence. Everything is an automaton over bytes
 * that a {@link telos.inference.constraint.TokenTrie} lifts to tokens. A constraint never leads into a dead end: each
 * token that it allows leaves some way to a complete text. Nothing here does input or output.
 */
@NullMarked
package telos.inference.constraint;

import org.jspecify.annotations.NullMarked;
