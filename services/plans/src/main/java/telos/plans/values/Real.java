package telos.plans.values;

/** A floating-point number. */
public record Real(double value) implements Payload {
    @Override
    public Kind kind() {
        return Kind.FLOAT;
    }
}
