package telos.plans.values;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A {@code datetime.datetime}, to the microsecond, aware of its zone or not. */
public record Moment(LocalDateTime local, @Nullable Zone zone) implements Payload {
    /** As in the zone of no offset. */
    LocalDateTime utc() {
        Zone known = zone;
        return known == null ? local : local.minus(known.offset(), ChronoUnit.MICROS);
    }

    boolean isAware() {
        return zone != null;
    }

    boolean sameAs(Moment other) {
        return isAware() == other.isAware() && utc().equals(other.utc());
    }

    int keyHash() {
        return utc().hashCode();
    }

    @Override
    public Kind kind() {
        return Kind.DATETIME;
    }
}
