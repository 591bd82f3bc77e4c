package telos.plans;

import telos.kernel.security.Label;

/**
 * How a run ended, and who may be told.
 *
 * @param label of all that decided that the run ended here and so; the texts in the outcome may demand more
 */
public record Ending(Outcome outcome, Label label) {}
