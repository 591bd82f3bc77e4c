package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** A value of an argument, as far as conditions can speak of it. */
public sealed interface Term {
    record Text(String value) implements Term {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    record Quantity(BigDecimal value) implements Term {
        public Quantity {
            Objects.requireNonNull(value, "value");
        }

        public static Quantity of(long value) {
            return new Quantity(BigDecimal.valueOf(value));
        }
    }

    record Truth(boolean value) implements Term {}

    record Items(List<Term> values) implements Term {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** There is none: the call has no such argument, or it is null. */
    record Nothing() implements Term {}

    /** There is one of which no condition but {@code is given} can speak, such as an object. */
    record Other() implements Term {}

    /** It is not told. */
    record Unknown() implements Term {}

    Term NOTHING = new Nothing();
    Term OTHER = new Other();
    Term UNKNOWN = new Unknown();
}
