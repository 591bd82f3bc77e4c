package telos.kernel.security;

import java.util.Objects;

/** Whom a sink tells an argument, and who must therefore be allowed to read it. */
public sealed interface Audience {
    /** Nobody is told, or the rule does not ask. */
    record Unasked() implements Audience {}

    /** These are told, whatever the call. */
    record Exactly(Readers readers) implements Audience {
        public Exactly {
            Objects.requireNonNull(readers, "readers");
        }
    }

    /** Those are told whom another argument of the same call names. */
    record NamedBy(String argument) implements Audience {
        public NamedBy {
            Objects.requireNonNull(argument, "argument");
        }
    }

    Audience UNASKED = new Unasked();
}
