/**
 * Two models, one rule. A planner turns a person's request into a plan: it sees the request and the signatures of tools, and
 * never data; it is told of a failure only what its readers may know. A reader answers a plan's questions about data: it has no
 * tools, and its answer is held to a schema. Neither model is trusted: what they write is text, which is parsed, checked and
 * labelled like any other.
 */
@NullMarked
package telos.plans.planner;

import org.jspecify.annotations.NullMarked;
