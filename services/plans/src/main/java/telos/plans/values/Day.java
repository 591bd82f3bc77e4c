package telos.plans.values;

import java.time.LocalDate;

/** A {@code datetime.date}. */
public record Day(LocalDate date) implements Payload {
    @Override
    public Kind kind() {
        return Kind.DATE;
    }
}
