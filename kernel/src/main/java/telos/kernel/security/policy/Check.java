package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What is asked of a value. */
public sealed interface Check {
    /** Whether a value passes; empty where nothing can be said of such a value. */
    default Optional<Boolean> of(Term value) {
        return switch (Evaluation.tested(value, this)) {
            case Truth.YES -> Optional.of(true);
            case Truth.NO -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** How numbers compare. */
    enum Order {
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String sign;

        Order(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case MORE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }

    record Compared(Order order, BigDecimal with) implements Check {
        public Compared {
            Objects.requireNonNull(order, "order");
            Objects.requireNonNull(with, "with");
        }
    }

    /** It is one of these: numbers by their value, texts exactly. */
    record OneOf(List<Term> values) implements Check {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    record Starts(String with) implements Check {}

    record Ends(String with) implements Check {}

    record Contains(String text) implements Check {}

    /** It is a path in one of these folders, or one of them. */
    record Under(List<String> folders) implements Check {
        public Under {
            folders = List.copyOf(folders);
        }
    }

    /**
     * All of the text fits a pattern.
     *
     * @param test runs in time linear in the text
     */
    record Matches(String pattern, Predicate<String> test) implements Check {
        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return other instanceof Matches matches && pattern.equals(matches.pattern);
        }

        @Override
        public int hashCode() {
            return pattern.hashCode();
        }
    }

    /** There is a value, and it is not null. */
    record Given() implements Check {}
}
