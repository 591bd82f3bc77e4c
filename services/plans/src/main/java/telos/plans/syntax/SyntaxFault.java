package telos.plans.syntax;

/**
 * The first thing that is wrong with a plan, in words that its author can repair it from.
 *
 * @param message what was found, and what to write instead where that is known
 * @param expected what could have stood there, in words; empty when the message says it all
 * @param sourceLine the line that the position is in, shortened when long
 */
public record SyntaxFault(Position position, String message, String expected, String sourceLine) {
    /** All of it on a few lines, with a mark below the place. */
    public String describe() {
        StringBuilder text = new StringBuilder().append(position).append(": ").append(message);
        if (!expected.isEmpty()) {
            text.append("; expected ").append(expected);
        }
        return text.toString();
    }
}
