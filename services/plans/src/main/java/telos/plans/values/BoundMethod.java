package telos.plans.values;

/** A built-in method together with whom it is of. */
public record BoundMethod(Value self, Builtin method) implements Payload {
    @Override
    public Kind kind() {
        return Kind.FUNCTION;
    }
}
