package telos.kernel.security.policy;

import java.util.List;
import java.util.Objects;
import telos.kernel.security.Integrity;

/** When a rule fits. Where a part cannot be said of the values (a length of a number), that part is void. */
public sealed interface Condition {
    record Always() implements Condition {}

    /** All hold. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one holds. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition part) implements Condition {
        public Not {
            Objects.requireNonNull(part, "part");
        }
    }

    record Trusted(Subject subject, Integrity atLeast) implements Condition {
        public Trusted {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(atLeast, "atLeast");
        }
    }

    record ReadableBy(Subject subject, Told by) implements Condition {
        public ReadableBy {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(by, "by");
        }
    }

    record Tested(Reading reading, Check check) implements Condition {
        public Tested {
            Objects.requireNonNull(reading, "reading");
            Objects.requireNonNull(check, "check");
        }
    }

    Condition ALWAYS = new Always();
}
