package telos.plans.policy;

import java.util.Locale;
import java.util.Objects;
import telos.kernel.security.policy.Place;

/** Something in a policy that cannot be meant. */
public record Remark(Kind kind, Place place, String message) {
    public enum Kind {
        UNKNOWN_TOOL,
        UNKNOWN_ARGUMENT,
        /** A condition that no call can meet. */
        NEVER_FITS,
        /** A permission, or a question, that a rule that goes before it takes back in every case. */
        OVERRIDDEN,
        /** A tool with effects that no rule allows. */
        NO_RULE,
        DUPLICATE,
        /** A rule that adds nothing to another one. */
        SHADOWED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Remark {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(message, "message");
    }
}
