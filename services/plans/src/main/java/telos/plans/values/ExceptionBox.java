package telos.plans.values;

import java.util.List;
import telos.kernel.security.Label;

/**
 * An exception: its type and the arguments that it was made with. It never changes.
 *
 * @param within the join of the labels of what it holds, as far as that never changes
 */
public record ExceptionBox(Type type, List<Value> arguments, Label within) implements Payload {
    public ExceptionBox(Type type, List<Value> arguments) {
        this(type, List.copyOf(arguments), Labels.fixed(arguments));
    }

    public static ExceptionBox of(ErrorKind kind, String message) {
        return new ExceptionBox(kind.type(), List.of(Value.of(message)));
    }

    /** What {@code str()} of it gives. */
    public String message() {
        return Texts.brief(this);
    }

    @Override
    public Kind kind() {
        return Kind.EXCEPTION;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
