package telos.plans.values;

import telos.kernel.security.Label;

/** An exception of the plan on its way to a handler: what was raised, and who may know that it was. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class PlanFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ExceptionBox exception;
    private final transient Label label;

    public PlanFailure(ExceptionBox exception, Label label) {
        super(null, null, false, false);
        this.exception = exception;
        this.label = label;
    }

    public ExceptionBox exception() {
        return exception;
    }

    /** The join of what decided that it was raised. */
    public Label label() {
        return label;
    }

    public PlanFailure raised(Label by) {
        Label joined = label.join(by);
        return joined == label ? this : new PlanFailure(exception, joined);
    }

    /** As Python's last line of a traceback: the type and the text. */
    @Override
    public String getMessage() {
        String text = exception.message();
        return text.isEmpty() ? exception.type().simpleName() : exception.type().simpleName() + ": " + text;
    }
}
