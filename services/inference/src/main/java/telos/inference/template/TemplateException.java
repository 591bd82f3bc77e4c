package telos.inference.template;

/** A template that cannot be parsed or rendered, with the line of the template at which that showed. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean raised;

    private TemplateException(String message, int line, boolean raised) {
        super(message);
        this.line = line;
        this.raised = raised;
    }

    static TemplateException at(int line, String message) {
        return new TemplateException("chat template, line " + line + ": " + message, line, false);
    }

    static TemplateException raised(int line, String message) {
        return new TemplateException("the chat template refuses this conversation: " + message, line, true);
    }

    public int line() {
        return line;
    }

    /** Whether the template itself refused, by {@code raise_exception}: the conversation is at fault, not the template. */
    public boolean isRaised() {
        return raised;
    }
}
