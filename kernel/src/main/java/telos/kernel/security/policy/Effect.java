package telos.kernel.security.policy;

/** What a rule does to the calls that it fits. */
public enum Effect {
    PERMIT,
    FORBID,
    ASK;

    /** As policies write it. */
    public String word() {
        return switch (this) {
            case PERMIT -> "permit";
            case FORBID -> "forbid";
            case ASK -> "ask";
        };
    }
}
