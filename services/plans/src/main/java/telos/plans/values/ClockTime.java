package telos.plans.values;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** A {@code datetime.time}, to the microsecond. */
public record ClockTime(LocalTime local, @Nullable Zone zone) implements Payload {
    boolean isAware() {
        return zone != null;
    }

    /** Microseconds of the day, as in the zone of no offset. */
    long micros() {
        Zone known = zone;
        return local.toNanoOfDay() / 1000 - (known == null ? 0 : known.offset());
    }

    boolean sameAs(ClockTime other) {
        return isAware() == other.isAware() && micros() == other.micros();
    }

    int keyHash() {
        return Long.hashCode(micros());
    }

    @Override
    public Kind kind() {
        return Kind.TIME;
    }
}
