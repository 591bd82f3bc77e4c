/**
 * Plans: small programs in a subset of Python that say which tools to call, with what, in what order. They are written once, by a
 * model or a person, before any data is seen. A plan has no authority of its own: it reaches the outside only through tools.
 */
@NullMarked
package telos.plans;

import org.jspecify.annotations.NullMarked;
