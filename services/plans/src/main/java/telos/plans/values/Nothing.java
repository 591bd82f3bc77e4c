package telos.plans.values;

/** {@code None}. */
public enum Nothing implements Payload {
    NOTHING,

    /** Stands in what there is in other worlds alone: of it is known what its outline says, and no plan ever comes upon it. */
    ABSENT;

    @Override
    public Kind kind() {
        return Kind.NONE;
    }
}
