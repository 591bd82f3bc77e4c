package telos.kernel.security.monitor;

import java.util.Objects;
import java.util.Optional;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Place;
import telos.kernel.security.policy.Question;

/** What the monitor says of an attempt. */
public sealed interface Judgement {
    /** The join of whatever was looked at; who may not read that may not learn the judgement. */
    Label label();

    /**
     * It may be, now. {@link ReferenceMonitor#begin} has to be told before it is carried out.
     *
     * @param rule where the rule stands that permits it, or that asked
     * @param approval the question to which a person said yes
     * @param version of the policy
     */
    record Allowed(Label label, Place rule, Optional<String> approval, long version) implements Judgement {
        public Allowed {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(approval, "approval");
        }
    }

    /** It may not be. The reason is one sentence for the owner of the subject; it holds no value. */
    record Refused(Label label, String reason) implements Judgement {
        public Refused {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * It may be if a person agrees.
     *
     * @param digest what an approval of it is bound to
     */
    record Asks(Label label, Question question, String digest) implements Judgement {
        public Asks {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(question, "question");
            Objects.requireNonNull(digest, "digest");
        }
    }
}
