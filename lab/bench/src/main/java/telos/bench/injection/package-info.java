/**
 * AgentDojo's four suites, rebuilt: their environments as plain state, their tools with the label of each result told by
 * where its parts came from, and predicates on end states. A tool's code knows no labels and a label's rule no code.
 * Nothing here leaves the process: mails, payments and web pages are entries in a list.
 */
@NullMarked
package telos.bench.injection;

import org.jspecify.annotations.NullMarked;
