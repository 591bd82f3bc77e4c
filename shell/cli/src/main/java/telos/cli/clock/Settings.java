package telos.cli.clock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import telos.cli.wire.Json;
import telos.kernel.scheduling.Reservation;
import telos.kernel.scheduling.Shares;

/** What somebody wants an entity to be given, as typed: {@code weight=300 priority=5 deadline=20ms/100ms}. */
public final class Settings {
    private static final List<String> FIELDS = List.of("weight", "priority", "deadline");
    private static final Pattern RESERVED =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(us|ms|s)?/(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s)");

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private boolean timed;
    private boolean counted;

    private Settings() {}

    /** What was typed, or why it cannot be. */
    public sealed interface Read {}

    public record Good(Settings settings) implements Read {}

    public record Bad(String why) implements Read {}

    /**
     * Reads what was typed.
     *
     * @param words a field, a sign of equality and a value each
     */
    public static Read read(List<String> words) {
        Settings settings = new Settings();
        for (String word : words) {
            String why = settings.take(word);
            if (!why.isEmpty()) {
                return new Bad(why);
            }
        }
        if (settings.fields.isEmpty()) {
            return new Bad("nothing to set; say what, such as weight=300, priority=5 or deadline=none");
        }
        return new Good(settings);
    }

    /** Whether they are told in CPU time, which not every clock divides. */
    public boolean areTimed() {
        return timed;
    }

    /** Whether they are told in pieces of work, which CPU time has none of. */
    public boolean areCounted() {
        return counted;
    }

    /** The body of a request that sets them for one entity. */
    public Json of(Entity entity) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("entity", entity.id());
        body.putAll(fields);
        return Json.of(body);
    }

    /** The body of a request that gives an entity another weight. */
    public static Json weight(String entity, long weight) {
        return Json.object("entity", entity, "weight", weight);
    }

    private String take(String word) {
        int equals = word.indexOf('=');
        String field = equals < 0 ? word : word.substring(0, equals);
        if (!FIELDS.contains(field)) {
            return "there is no field '" + field + "'; known are " + String.join(", ", FIELDS);
        }
        if (equals < 0) {
            return field + " needs a value, such as " + example(field);
        }
        if (fields.containsKey(field)) {
            return field + " is given twice";
        }
        String value = word.substring(equals + 1);
        return switch (field) {
            case "weight" -> number(field, value, Shares.MIN_WEIGHT, Shares.MAX_WEIGHT);
            case "priority" -> number(field, value, Shares.MIN_PRIORITY, Shares.MAX_PRIORITY);
            default -> deadline(value);
        };
    }

    private static String example(String field) {
        return switch (field) {
            case "weight" -> "weight=300";
            case "priority" -> "priority=5";
            default -> "deadline=20ms/100ms";
        };
    }

    private String number(String field, String value, long least, long most) {
        if (!value.matches(least < 0 ? "[+-]?\\d{1,18}" : "\\d{1,18}")
                || Long.parseLong(value) < least
                || Long.parseLong(value) > most) {
            return "a " + field + " is a whole number from " + least + " to " + most + ", not '" + value + "'";
        }
        fields.put(field, Long.parseLong(value));
        return "";
    }

    private String deadline(String value) {
        if (value.equals("none")) {
            fields.put("deadline", null);
            return "";
        }
        Matcher written = RESERVED.matcher(value);
        if (!written.matches()) {
            return "a deadline is none, or what is reserved in every period, such as 20ms/100ms of CPU time or 500/1s tokens;"
                    + " not '" + value + "'";
        }
        timed = written.group(2) != null;
        counted = !timed;
        double budget = Double.parseDouble(written.group(1)) * millis(written.group(2)) / (timed ? 1000 : 1);
        double period = Double.parseDouble(written.group(3)) * millis(written.group(4));
        if (budget <= 0 || period <= 0 || period * 1e6 > Reservation.MAX_PERIOD) {
            return "a deadline reserves more than nothing in a period of at most "
                    + Reservation.MAX_PERIOD / 1_000_000_000 + "s, not '" + value + "'";
        }
        fields.put("deadline", Json.object("budget", budget, "period_ms", period));
        return "";
    }

    /** Milliseconds of a unit of time; what is in none stays as it is. */
    private static double millis(@Nullable String unit) {
        return switch (unit) {
            case null -> 1;
            case "s" -> 1e3;
            case "ms" -> 1;
            default -> 1e-3;
        };
    }
}
