package telos.plans.values;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * A failure inside an operation, before the operation says who may know of it. It never leaves this package: each
 * operation turns it into a {@link PlanFailure}.
 */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ExceptionBox exception;
    /** What decided it besides the operands' references; null where anything in them may have. */
    private final transient @Nullable Label decided;

    private Fault(ExceptionBox exception, @Nullable Label decided) {
        super(null, null, false, false);
        this.exception = exception;
        this.decided = decided;
    }

    static Fault of(ErrorKind kind, String message) {
        return new Fault(ExceptionBox.of(kind, message), null);
    }

    static Fault type(String message) {
        return of(ErrorKind.TYPE, message);
    }

    static Fault value(String message) {
        return of(ErrorKind.VALUE, message);
    }

    static Fault index(String message) {
        return of(ErrorKind.INDEX, message);
    }

    static Fault overflow(String message) {
        return of(ErrorKind.OVERFLOW, message);
    }

    static Fault zero(String message) {
        return of(ErrorKind.ZERO_DIVISION, message);
    }

    static Fault runtime(String message) {
        return of(ErrorKind.RUNTIME, message);
    }

    static Fault recursion(String where) {
        return of(ErrorKind.RECURSION, "maximum recursion depth exceeded" + where);
    }

    static Fault attribute(Payload of, String name) {
        return of(
                ErrorKind.ATTRIBUTE,
                of instanceof Type type
                        ? "type object '" + type.simpleName() + "' has no attribute '" + name + "'"
                        : "'" + of.type().name() + "' object has no attribute '" + name + "'");
    }

    /** A key that is not there; {@code KeyError} carries the key itself. */
    static Fault key(Value key) {
        return new Fault(new ExceptionBox(ErrorKind.KEY.type(), java.util.List.of(key)), null);
    }

    /** The same, decided by nothing but the operands' references and this. */
    Fault by(Label label) {
        return new Fault(exception, label);
    }

    PlanFailure raised(Label references, Label deep) {
        Label known = decided;
        return new PlanFailure(exception, known == null ? references.join(deep) : references.join(known));
    }

    @Override
    public String getMessage() {
        return exception.type().simpleName() + ": " + exception.message();
    }
}
