package telos.inference.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the keywords of one JSON Schema object and refuses those that no automaton here can honour. */
final class Keywords {
    /** Says nothing about which values are valid. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$schema",
            "$id",
            "$anchor",
            "$comment",
            "$defs",
            "definitions");

    private static final Map<String, Kind> ASSERTIONS = Map.ofEntries(
            Map.entry("properties", Kind.OBJECT),
            Map.entry("required", Kind.OBJECT),
            Map.entry("additionalProperties", Kind.OBJECT),
            Map.entry("items", Kind.ARRAY),
            Map.entry("minItems", Kind.ARRAY),
            Map.entry("maxItems", Kind.ARRAY),
            Map.entry("uniqueItems", Kind.ARRAY),
            Map.entry("minLength", Kind.STRING),
            Map.entry("maxLength", Kind.STRING),
            Map.entry("minimum", Kind.NUMBER),
            Map.entry("maximum", Kind.NUMBER),
            Map.entry("exclusiveMinimum", Kind.NUMBER),
            Map.entry("exclusiveMaximum", Kind.NUMBER));

    private static final Set<String> GENERAL = Set.of("type", "enum", "const", "anyOf", "oneOf", "$ref");

    /** The kinds of JSON values; an integer is a number too. */
    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NULL
    }

    private final JsonNode schema;
    private final String where;

    Keywords(JsonNode schema, String where) throws Refusal {
        this.schema = schema;
        this.where = where;
        for (String name : schema.propertyNames()) {
            if (!ANNOTATIONS.contains(name)
                    && !ASSERTIONS.containsKey(name)
                    && !GENERAL.contains(name)
                    && !name.startsWith("x-")) {
                throw new Refusal(name, where, "this keyword cannot be enforced while text is generated: leave it out");
            }
        }
        JsonNode unique = schema.get("uniqueItems");
        if (unique != null && !(unique.isBoolean() && !unique.booleanValue())) {
            throw new Refusal("uniqueItems", where, "this cannot be enforced while text is generated: leave it out");
        }
    }

    String where() {
        return where;
    }

    boolean has(String keyword) {
        return schema.has(keyword);
    }

    @Nullable
    JsonNode find(String keyword) {
        return schema.get(keyword);
    }

    /** Refuses what stands beside {@code keyword}, annotations and {@code tolerated} aside. */
    void alone(String keyword, Set<String> tolerated) throws Refusal {
        for (String name : schema.propertyNames()) {
            boolean counts = ASSERTIONS.containsKey(name) || GENERAL.contains(name);
            if (counts && !name.equals(keyword) && !tolerated.contains(name)) {
                throw new Refusal(name, where, "it cannot stand beside \"" + keyword + "\": move it into the branches");
            }
        }
    }

    /** The kinds that {@code type} names; null when it is absent. */
    @Nullable
    Set<Kind> types() throws Refusal {
        JsonNode type = schema.get("type");
        if (type == null) {
            return null;
        }
        List<JsonNode> names = type.isArray() ? List.copyOf(type.values()) : List.of(type);
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (JsonNode name : names) {
            kinds.add(kind(name));
        }
        if (kinds.isEmpty()) {
            throw new Refusal("type", where, "the list is empty: name at least one type");
        }
        return kinds;
    }

    private Kind kind(JsonNode name) throws Refusal {
        for (Kind kind : Kind.values()) {
            if (name.isString() && kind.name().toLowerCase(Locale.ROOT).equals(name.stringValue())) {
                return kind;
            }
        }
        throw new Refusal("type", where, name + " is no type of JSON Schema");
    }

    /** The kinds that the keywords other than {@code type} speak about. */
    Set<Kind> implied() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String name : schema.propertyNames()) {
            Kind kind = ASSERTIONS.get(name);
            if (kind != null) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** A count such as {@code minLength}; {@code fallback} when absent, at most {@code most}. */
    int count(String keyword, int fallback, int most) throws Refusal {
        JsonNode node = schema.get(keyword);
        if (node == null) {
            return fallback;
        }
        BigDecimal value = bound(keyword);
        if (value == null || value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
            throw new Refusal(keyword, where, node + " is no count: give a whole number from 0");
        }
        return value.min(BigDecimal.valueOf(most)).intValueExact();
    }

    /** A bound such as {@code minimum}; null when absent. */
    @Nullable
    BigDecimal bound(String keyword) throws Refusal {
        JsonNode node = schema.get(keyword);
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            throw new Refusal(keyword, where, node + " is no number");
        }
        BigDecimal value = node.decimalValue();
        if (Math.abs((long) value.precision() - value.scale()) > 40 || Math.abs((long) value.scale()) > 40) {
            throw new Refusal(keyword, where, "the number has too many digits: use at most 15 before the point");
        }
        return value;
    }

    /** The names in {@code required}, in order. */
    List<String> required() throws Refusal {
        JsonNode node = schema.get("required");
        if (node == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode name : node.values()) {
                if (name.isString()) {
                    names.add(name.stringValue());
                }
            }
        }
        if (!node.isArray() || names.size() != node.size()) {
            throw new Refusal("required", where, "give a list of property names");
        }
        return names;
    }

    /** The values that {@code enum} and {@code const} leave; null when neither is there. */
    @Nullable
    List<JsonNode> values() throws Refusal {
        JsonNode list = schema.get("enum");
        JsonNode one = schema.get("const");
        if (list == null && one == null) {
            return null;
        }
        if (list != null && !list.isArray()) {
            throw new Refusal("enum", where, "give a list of values");
        }
        Set<Kind> types = types();
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode value : list == null ? List.of(one) : list.values()) {
            boolean listed = one == null || list == null || one.equals(value);
            if (listed && (types == null || types.stream().anyMatch(kind -> is(value, kind)))) {
                values.add(value);
            }
        }
        return values;
    }

    static boolean is(JsonNode value, Kind kind) {
        return switch (kind) {
            case OBJECT -> value.isObject();
            case ARRAY -> value.isArray();
            case STRING -> value.isString();
            case INTEGER ->
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case NULL -> value.isNull();
        };
    }
}
