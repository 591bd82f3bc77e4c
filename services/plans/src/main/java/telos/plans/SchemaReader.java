package telos.plans;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** Reads schemas. What it does not know it refuses: a keyword that is passed over is a promise that is not kept. */
final class SchemaReader {
    private static final int DEEPEST = 16;
    private static final int MOST_PARTS = 500;
    private static final int LONGEST_PATTERN = 1_000;

    /** The most that a regular expression may take for each character of a text. */
    private static final int MOST_STEPS = 2_000;

    private static final Set<String> BOUNDS =
            Set.of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems");
    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "default", "examples", "$schema", "$comment", "deprecated");
    static final Set<String> KEYWORDS = Set.of(
            "type",
            "enum",
            "const",
            "items",
            "properties",
            "required",
            "additionalProperties",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems");

    /** The words that people write who think in Python, and JSON's own. */
    private static final Map<String, Schema.Kind> WORDS = words();

    private static final class Refusal extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        Refusal(String at, String what) {
            super((at.isEmpty() ? "" : at + ": ") + what);
        }
    }

    private int parts;

    private SchemaReader() {}

    private static Map<String, Schema.Kind> words() {
        Map<String, Schema.Kind> words = new LinkedHashMap<>();
        for (Schema.Kind each : Schema.Kind.values()) {
            words.put(each.word(), each);
        }
        words.put("str", Schema.Kind.STRING);
        words.put("int", Schema.Kind.INTEGER);
        words.put("float", Schema.Kind.NUMBER);
        words.put("bool", Schema.Kind.BOOLEAN);
        words.put("list", Schema.Kind.ARRAY);
        words.put("dict", Schema.Kind.OBJECT);
        return words;
    }

    static SchemaRead read(Datum written) {
        try {
            return new SchemaRead.Accepted(new SchemaReader().schema("", written, 0));
        } catch (Refusal refusal) {
            return new SchemaRead.Refused(String.valueOf(refusal.getMessage()));
        }
    }

    private Schema schema(String at, Datum written, int depth) throws Refusal {
        if (++parts > MOST_PARTS) {
            throw new Refusal(at, "a schema has at most " + MOST_PARTS + " parts");
        }
        if (depth > DEEPEST) {
            throw new Refusal(at, "a schema lies at most " + DEEPEST + " deep");
        }
        return switch (written) {
            case Datum.Nothing _ -> Schema.ANY;
            case Datum.Text(String word) -> Schema.of(kind(at, word));
            case Datum.Fields fields -> object(at, fields.values(), depth);
            case Datum.Truth _, Datum.Whole _, Datum.Real _, Datum.Items _ ->
                throw new Refusal(at, "expected a schema such as {\"type\": \"string\"}");
        };
    }

    private Schema object(String at, SequencedMap<String, Datum> fields, int depth) throws Refusal {
        for (String key : fields.keySet()) {
            if (!KEYWORDS.contains(key) && !ANNOTATIONS.contains(key)) {
                throw new Refusal(
                        at,
                        "the keyword '" + shown(key) + "' is not known; known are "
                                + String.join(", ", new TreeSet<>(KEYWORDS)));
            }
        }
        if (fields.containsKey("additionalProperties")
                && !fields.get("additionalProperties").equals(new Datum.Truth(false))) {
            throw new Refusal(
                    under(at, "additionalProperties"),
                    "an object has the keys that it names: write false, or leave it out");
        }
        Optional<SequencedMap<String, Schema>> properties = properties(under(at, "properties"), fields, depth);
        Set<String> required = required(under(at, "required"), fields.get("required"));
        for (String each : required) {
            if (properties.isPresent() && !properties.get().containsKey(each)) {
                throw new Refusal(
                        under(at, "required"), "'" + shown(each) + "' is required and is none of the properties");
            }
        }
        return new Schema(
                kinds(under(at, "type"), fields, properties.isPresent()),
                choices(at, fields),
                fields.containsKey("items")
                        ? Optional.of(schema(under(at, "items"), fields.get("items"), depth + 1))
                        : Optional.empty(),
                properties,
                required,
                pattern(under(at, "pattern"), fields.get("pattern")),
                bounds(at, fields),
                fields.get("description") instanceof Datum.Text(String text) ? text : "");
    }

    private static Set<Schema.Kind> kinds(String at, SequencedMap<String, Datum> fields, boolean named) throws Refusal {
        Set<Schema.Kind> kinds = EnumSet.noneOf(Schema.Kind.class);
        switch (fields.get("type")) {
            case null -> {
                if (named) {
                    kinds.add(Schema.Kind.OBJECT);
                } else if (fields.containsKey("items")) {
                    kinds.add(Schema.Kind.ARRAY);
                }
            }
            case Datum.Text(String word) -> kinds.add(kind(at, word));
            case Datum.Items(List<Datum> words) -> {
                for (Datum each : words) {
                    if (!(each instanceof Datum.Text(String word))) {
                        throw new Refusal(at, "expected the name of a type, or a list of such");
                    }
                    kinds.add(kind(at, word));
                }
            }
            case Datum _ -> throw new Refusal(at, "expected the name of a type, or a list of such");
        }
        return kinds;
    }

    private static Schema.Kind kind(String at, String word) throws Refusal {
        Schema.Kind kind = WORDS.get(word);
        if (kind == null) {
            throw new Refusal(
                    at, "there is no type '" + shown(word) + "'; there are " + String.join(", ", WORDS.keySet()));
        }
        return kind;
    }

    private static Optional<List<Datum>> choices(String at, SequencedMap<String, Datum> fields) throws Refusal {
        if (fields.containsKey("const")) {
            return Optional.of(List.of(fields.get("const")));
        }
        return switch (fields.get("enum")) {
            case null -> Optional.empty();
            case Datum.Items(List<Datum> values)
            when !values.isEmpty() && values.size() <= MOST_PARTS -> Optional.of(values);
            case Datum _ -> throw new Refusal(under(at, "enum"), "expected a list of one to " + MOST_PARTS + " values");
        };
    }

    private Optional<SequencedMap<String, Schema>> properties(String at, SequencedMap<String, Datum> fields, int depth)
            throws Refusal {
        return switch (fields.get("properties")) {
            case null -> Optional.empty();
            case Datum.Fields named -> {
                SequencedMap<String, Schema> properties = new LinkedHashMap<>();
                for (Map.Entry<String, Datum> each : named.values().entrySet()) {
                    properties.put(each.getKey(), schema(under(at, shown(each.getKey())), each.getValue(), depth + 1));
                }
                yield Optional.of(properties);
            }
            case Datum _ -> throw new Refusal(at, "expected an object such as {\"name\": {\"type\": \"string\"}}");
        };
    }

    private static Set<String> required(String at, @org.jspecify.annotations.Nullable Datum written) throws Refusal {
        Set<String> required = new LinkedHashSet<>();
        switch (written) {
            case null -> {}
            case Datum.Items(List<Datum> names) -> {
                for (Datum each : names) {
                    if (!(each instanceof Datum.Text(String name))) {
                        throw new Refusal(at, "expected a list of names");
                    }
                    required.add(name);
                }
            }
            case Datum _ -> throw new Refusal(at, "expected a list of names");
        }
        return required;
    }

    private static Optional<Pattern> pattern(String at, @org.jspecify.annotations.Nullable Datum written)
            throws Refusal {
        return switch (written) {
            case null -> Optional.empty();
            case Datum.Text(String text)
            when text.length() <= LONGEST_PATTERN -> {
                try {
                    Pattern compiled = Pattern.compile(text);
                    if (compiled.programSize() > MOST_STEPS) {
                        throw new Refusal(at, "the repetitions of the regular expression come to too much; use * or +");
                    }
                    yield Optional.of(compiled);
                } catch (PatternSyntaxException e) {
                    throw new Refusal(at, "no regular expression of RE2: " + shown(String.valueOf(e.getMessage())));
                }
            }
            case Datum _ ->
                throw new Refusal(at, "expected a regular expression of at most " + LONGEST_PATTERN + " characters");
        };
    }

    private static Map<String, BigDecimal> bounds(String at, SequencedMap<String, Datum> fields) throws Refusal {
        Map<String, BigDecimal> bounds = new LinkedHashMap<>();
        List<String> known = new ArrayList<>(new TreeSet<>(BOUNDS));
        for (String each : known) {
            switch (fields.get(each)) {
                case null -> {}
                case Datum.Whole(var whole) -> bounds.put(each, new BigDecimal(whole));
                case Datum.Real(double real) when Double.isFinite(real) -> bounds.put(each, new BigDecimal(real));
                case Datum _ -> throw new Refusal(under(at, each), "expected a number");
            }
        }
        return bounds;
    }

    private static String under(String at, String key) {
        return at.isEmpty() ? key : at + "." + key;
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
