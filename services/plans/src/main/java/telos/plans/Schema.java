package telos.plans;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What data must look like: a part of JSON Schema (2020-12), in which an object has no keys but those that are named. It says
 * what a plan's {@code ask} may be answered, and what types a tool takes and gives.
 *
 * @param kinds which kinds of data; all of them where none is named
 * @param choices the only values, where there are such
 * @param properties of an object, in order; without any, keys are free
 * @param pattern is found somewhere in a text, by a matcher that takes linear time
 * @param bounds of a number, a text's characters or a list's elements, by the keyword that says so
 */
public record Schema(
        Set<Kind> kinds,
        Optional<List<Datum>> choices,
        Optional<Schema> items,
        Optional<SequencedMap<String, Schema>> properties,
        Set<String> required,
        Optional<Pattern> pattern,
        Map<String, BigDecimal> bounds,
        String description) {
    /** The types of JSON, under their names there. */
    public enum Kind {
        NULL,
        BOOLEAN,
        INTEGER,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Everything. */
    public static final Schema ANY = new Schema(
            Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Map.of(), "");

    public Schema {
        kinds = Set.copyOf(kinds);
        choices = choices.map(List::copyOf);
        properties = properties.map(each -> Collections.unmodifiableSequencedMap(new LinkedHashMap<>(each)));
        required = Set.copyOf(required);
        bounds = Map.copyOf(bounds);
    }

    static Schema of(Kind kind) {
        return new Schema(
                Set.of(kind),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Map.of(),
                "");
    }

    /** Reads a schema as a plan or a file writes it; nothing at all is {@link #ANY}. */
    public static SchemaRead read(Datum written) {
        return SchemaReader.read(written);
    }

    /** Whether this was meant as a schema, well or badly written. */
    static boolean meant(Datum written) {
        return written instanceof Datum.Fields fields
                && fields.values().keySet().stream().anyMatch(SchemaReader.KEYWORDS::contains);
    }

    public boolean admits(Datum datum) {
        if (!kinds.isEmpty() && kinds.stream().noneMatch(kind -> is(datum, kind))) {
            return false;
        }
        if (choices.isPresent() && choices.get().stream().noneMatch(each -> WorldFile.same(each, datum))) {
            return false;
        }
        return switch (datum) {
            case Datum.Nothing _, Datum.Truth _ -> true;
            case Datum.Whole(var whole) -> within("minimum", "maximum", new BigDecimal(whole));
            case Datum.Real(double real) -> Double.isFinite(real) && within("minimum", "maximum", new BigDecimal(real));
            case Datum.Text(String text) ->
                within("minLength", "maxLength", BigDecimal.valueOf(text.codePointCount(0, text.length())))
                        && (pattern.isEmpty() || pattern.get().matcher(text).find());
            case Datum.Items(List<Datum> values) ->
                within("minItems", "maxItems", BigDecimal.valueOf(values.size()))
                        && values.stream().allMatch(items.orElse(ANY)::admits);
            case Datum.Fields fields -> admits(fields.values());
        };
    }

    private boolean admits(SequencedMap<String, Datum> fields) {
        if (!fields.keySet().containsAll(required)) {
            return false;
        }
        if (properties.isEmpty()) {
            return fields.values().stream().allMatch(ANY::admits);
        }
        for (Map.Entry<String, Datum> each : fields.entrySet()) {
            Schema property = properties.get().get(each.getKey());
            if (property == null || !property.admits(each.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean within(String least, String most, BigDecimal value) {
        BigDecimal low = bounds.get(least);
        BigDecimal high = bounds.get(most);
        return (low == null || value.compareTo(low) >= 0) && (high == null || value.compareTo(high) <= 0);
    }

    private static boolean is(Datum datum, Kind kind) {
        return switch (datum) {
            case Datum.Nothing _ -> kind == Kind.NULL;
            case Datum.Truth _ -> kind == Kind.BOOLEAN;
            case Datum.Whole _ -> kind == Kind.INTEGER || kind == Kind.NUMBER;
            case Datum.Real _ -> kind == Kind.NUMBER;
            case Datum.Text _ -> kind == Kind.STRING;
            case Datum.Items _ -> kind == Kind.ARRAY;
            case Datum.Fields _ -> kind == Kind.OBJECT;
        };
    }
}
