/**
 * Makes the built-in model's lessons from a seed: requests from the grammars in this package's resource files, the calls
 * they mean, results in the tools' own words, and short answers. The same seed gives the same lessons. Nothing here may
 * read {@code models/eval/}.
 */
@NullMarked
package telos.training.curriculum;

import org.jspecify.annotations.NullMarked;
