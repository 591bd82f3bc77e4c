package telos.plans.values;

/** {@code True} and {@code False}; they count as 1 and 0. */
public enum Truth implements Payload {
    FALSE,
    TRUE;

    public static Truth of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    public boolean holds() {
        return this == TRUE;
    }

    /** What it counts as. */
    int count() {
        return this == TRUE ? 1 : 0;
    }

    @Override
    public Kind kind() {
        return Kind.BOOL;
    }
}
