/**
 * The text of a plan as a tree: {@code PlanParser} reads a subset of Python 3 and answers with a {@link telos.plans.syntax.Plan}
 * or with the first fault, in words that its author can repair it from. The nodes are plain values; which name means which
 * variable is for later stages. Nothing here runs a plan, and no input, however long or deep, may do more than be refused.
 */
@NullMarked
package telos.plans.syntax;

import org.jspecify.annotations.NullMarked;
