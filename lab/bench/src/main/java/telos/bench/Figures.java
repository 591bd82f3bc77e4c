package telos.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a benchmark found, in the order in which it is shown. */
final class Figures {
    private final Map<String, Double> values = new LinkedHashMap<>();
    private boolean broken;

    Figures put(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the figure " + name + " is " + value);
        }
        values.put(name, value);
        return this;
    }

    Figures put(String name, long count) {
        return put(name, (double) count);
    }

    Figures putAll(Figures others) {
        values.putAll(others.values);
        return this;
    }

    /** The command fails where this figure was found and is larger. */
    Figures atMost(String name, double bound) {
        broken |= values.getOrDefault(name, bound) > bound;
        return this;
    }

    /** The command fails where this figure was found and is smaller. */
    Figures atLeast(String name, double bound) {
        broken |= values.getOrDefault(name, bound) < bound;
        return this;
    }

    /** Marks that something is not as it must be, so that the command fails. */
    Figures broken() {
        broken = true;
        return this;
    }

    /** Whether all is as it must be. */
    boolean hold() {
        return !broken;
    }

    /** The object that other programs read: which benchmark, what it found, and where. */
    String json(String bench, ObjectNode machine) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("bench", bench);
        ObjectNode figures = object.putObject("figures");
        values.forEach((name, value) -> {
            if (whole(value)) {
                figures.put(name, value.longValue());
            } else {
                figures.put(name, value);
            }
        });
        object.set("machine", machine);
        return object.toString();
    }

    /** One line a figure. */
    String table() {
        StringBuilder table = new StringBuilder();
        values.forEach((name, value) -> table.append(String.format(Locale.ROOT, "%-36s %s%n", name, plain(value))));
        return table.toString();
    }

    private static String plain(double value) {
        return whole(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private static boolean whole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15;
    }
}
