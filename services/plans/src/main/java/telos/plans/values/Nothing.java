package telos.plans.values;

/** {@code None}. */
public enum Nothing implements Payload {
    NOTHING;

    @Override
    public Kind kind() {
        return Kind.NONE;
    }
}
