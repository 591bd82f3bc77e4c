/**
 * What flowed where in a run: from sources to sinks, which of it was denied, and a drawing of that. Names and reasons may
 * come from anybody; a drawing shows them as text and never as anything else. No value of a plan is ever in one.
 */
@NullMarked
package telos.plans.flows;

import org.jspecify.annotations.NullMarked;
