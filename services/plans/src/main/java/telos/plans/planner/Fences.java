package telos.plans.planner;

/** Takes the plan out of what a model wrote around it. */
final class Fences {
    private static final String FENCE = "```";
    private static final String THOUGHT = "</think>";

    private Fences() {}

    /** The first fenced block, or all of it where there is none; without what the model said to itself. */
    static String inside(String answer) {
        int thought = answer.lastIndexOf(THOUGHT);
        String text = thought < 0 ? answer : answer.substring(thought + THOUGHT.length());
        int open = text.indexOf(FENCE);
        if (open < 0) {
            return text.strip() + "\n";
        }
        int line = text.indexOf('\n', open);
        if (line < 0) {
            return "\n";
        }
        int close = text.indexOf("\n" + FENCE, line);
        return close < 0 ? text.substring(line + 1) : text.substring(line + 1, Math.max(line, close) + 1);
    }
}
