package telos.kernel.security;

/** How far a value is trusted: the user said it, a trusted tool said it, or anybody may have said it. Rising order. */
public enum Integrity {
    UNTRUSTED,
    TRUSTED,
    USER;

    private static final Integrity[] LEVELS = values();

    /** The level of what was made from both. */
    public Integrity lower(Integrity other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public boolean atLeast(Integrity other) {
        return compareTo(other) >= 0;
    }

    /** The level that files and policies name so; there must be one. */
    public static Integrity named(String name) {
        for (Integrity each : LEVELS) {
            if (each.word().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("an integrity is user, trusted or untrusted, not '" + name + "'");
    }

    /** As files and policies write it. */
    public String word() {
        return switch (this) {
            case UNTRUSTED -> "untrusted";
            case TRUSTED -> "trusted";
            case USER -> "user";
        };
    }
}
