package telos.kernel.security;

import java.util.Objects;

/** What a check came to. */
public sealed interface Verdict {
    record Allowed() implements Verdict {}

    /**
     * The flow may not be.
     *
     * @param argument the argument that may not flow, or {@code call} for the decision to call at all
     * @param reason one sentence for the plan's owner; it never holds a value
     */
    record Denied(String sink, String argument, String reason) implements Verdict {
        public Denied {
            Objects.requireNonNull(sink, "sink");
            Objects.requireNonNull(argument, "argument");
            Objects.requireNonNull(reason, "reason");
        }
    }

    Verdict ALLOWED = new Allowed();
}
