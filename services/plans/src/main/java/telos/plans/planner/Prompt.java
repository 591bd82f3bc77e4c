package telos.plans.planner;

import telos.kernel.security.Label;

/**
 * All that a model is shown.
 *
 * @param instructions what its part is
 * @param text what it is to work on
 * @param label what both demand of whoever hands them on
 */
public record Prompt(String instructions, String text, Label label) {}
