package telos.plans.values;

import java.util.List;

/** An exception: its type and the arguments that it was made with. It never changes. */
public record ExceptionBox(Type type, List<Value> arguments) implements Payload {
    public ExceptionBox {
        arguments = List.copyOf(arguments);
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
