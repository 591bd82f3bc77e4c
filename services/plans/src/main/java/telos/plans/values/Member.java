package telos.plans.values;

/** A member of an enumeration. */
public record Member(Type type, String name, Value value) implements Payload {
    @Override
    public Kind kind() {
        return Kind.MEMBER;
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
