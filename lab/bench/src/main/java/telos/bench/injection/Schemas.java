package telos.bench.injection;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import telos.plans.Datum;

/** The part of JSON Schema that the plans use: type, enum, pattern, maxLength, items, properties and required. */
final class Schemas {
    private Schemas() {}

    static boolean accepts(Datum schema, Datum value) {
        if (member(schema, "enum") instanceof Datum.Items(List<Datum> values)) {
            return values.contains(value);
        }
        return switch (text(schema, "type")) {
            case "string" -> value instanceof Datum.Text(String text) && acceptsText(schema, text);
            case "number" -> value instanceof Datum.Real || value instanceof Datum.Whole;
            case "boolean" -> value instanceof Datum.Truth;
            case "array" ->
                value instanceof Datum.Items(List<Datum> values)
                        && values.stream().allMatch(item -> accepts(member(schema, "items"), item));
            case "object" -> value instanceof Datum.Fields fields && acceptsFields(schema, fields.values());
            default -> true;
        };
    }

    private static boolean acceptsText(Datum schema, String text) {
        String pattern = text(schema, "pattern");
        return (pattern.isEmpty() || Pattern.compile(pattern).matcher(text).find())
                && (!(member(schema, "maxLength") instanceof Datum.Whole(BigInteger most))
                        || text.length() <= most.intValue());
    }

    private static boolean acceptsFields(Datum schema, Map<String, Datum> fields) {
        return member(schema, "required") instanceof Datum.Items(List<Datum> required)
                && required.stream().allMatch(name -> name instanceof Datum.Text(String key) && fields.containsKey(key))
                && fields.entrySet().stream()
                        .allMatch(field ->
                                accepts(member(member(schema, "properties"), field.getKey()), field.getValue()));
    }

    /** What an object has under a name, nothing where it has none. */
    static Datum member(Datum object, String name) {
        return object instanceof Datum.Fields(SequencedMap<String, Datum> values)
                ? values.getOrDefault(name, new Datum.Nothing())
                : new Datum.Nothing();
    }

    static String text(Datum object, String name) {
        return member(object, name) instanceof Datum.Text(String text) ? text : "";
    }
}
