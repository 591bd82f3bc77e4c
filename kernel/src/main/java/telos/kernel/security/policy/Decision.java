package telos.kernel.security.policy;

import java.util.Objects;
import telos.kernel.security.Label;

/** What a policy says of a call. */
public sealed interface Decision {
    /** The join of whatever had to be looked at; who may not read that may not learn the decision. */
    Label label();

    record Permit(Label label, Place place) implements Decision {
        public Permit {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * It may not be.
     *
     * @param reason one sentence for the owner of what calls; it holds no value
     */
    record Deny(Label label, String reason) implements Decision {
        public Deny {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** It may be if a person agrees; where nobody can be asked it is denied. */
    record Ask(Label label, Question question) implements Decision {
        public Ask {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(question, "question");
        }
    }
}
