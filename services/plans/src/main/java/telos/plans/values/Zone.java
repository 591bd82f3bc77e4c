package telos.plans.values;

import org.jspecify.annotations.Nullable;

/**
 * A {@code datetime.timezone}: a fixed offset.
 *
 * @param offset microseconds east of UTC, less than a day either way
 */
public record Zone(long offset, @Nullable String name) implements Payload {
    static final Zone UTC = new Zone(0, null);
    private static final long SECOND = 1_000_000;

    /** What {@code tzname} and {@code str} give. */
    String label() {
        if (name != null) {
            return name;
        }
        return offset == 0 ? "UTC" : "UTC" + written(":");
    }

    /** As {@code +05:30}. */
    String written(String between) {
        long magnitude = Math.abs(offset);
        long seconds = magnitude / SECOND;
        StringBuilder out = new StringBuilder(offset < 0 ? "-" : "+");
        out.append(two(seconds / 3600)).append(between).append(two(seconds / 60 % 60));
        if (seconds % 60 != 0 || magnitude % SECOND != 0) {
            out.append(between).append(two(seconds % 60));
        }
        if (magnitude % SECOND != 0) {
            out.append('.').append(String.format("%06d", magnitude % SECOND));
        }
        return out.toString();
    }

    private static String two(long number) {
        return (number < 10 ? "0" : "") + number;
    }

    String repr() {
        if (offset == 0 && name == null) {
            return "datetime.timezone.utc";
        }
        return "datetime.timezone(" + Delta.ofMicros(offset).repr() + (name == null ? "" : ", " + Texts.quoted(name))
                + ")";
    }

    @Override
    public Kind kind() {
        return Kind.TIMEZONE;
    }
}
