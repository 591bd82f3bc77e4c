package telos.plans.planner;

/**
 * All that a model is shown.
 *
 * @param instructions what its part is
 * @param text what it is to work on
 */
public record Prompt(String instructions, String text) {}
