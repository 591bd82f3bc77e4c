package telos.inference.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Facts.Kind;
import telos.inference.constraint.SchemaDocument.Scheme;
import tools.jackson.databind.JsonNode;

/** Reads single keywords of a schema, and knows which there are. */
final class Keywords {
    static final int LONGEST_TEXT = 1 << 16;

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
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "$schema",
            "$vocabulary",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$comment",
            "$defs",
            "definitions");

    /** What each keyword speaks of that is about one kind of value. */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("properties", Kind.OBJECT),
            Map.entry("patternProperties", Kind.OBJECT),
            Map.entry("additionalProperties", Kind.OBJECT),
            Map.entry("unevaluatedProperties", Kind.OBJECT),
            Map.entry("propertyNames", Kind.OBJECT),
            Map.entry("required", Kind.OBJECT),
            Map.entry("minProperties", Kind.OBJECT),
            Map.entry("maxProperties", Kind.OBJECT),
            Map.entry("dependentRequired", Kind.OBJECT),
            Map.entry("dependentSchemas", Kind.OBJECT),
            Map.entry("dependencies", Kind.OBJECT),
            Map.entry("items", Kind.ARRAY),
            Map.entry("prefixItems", Kind.ARRAY),
            Map.entry("additionalItems", Kind.ARRAY),
            Map.entry("unevaluatedItems", Kind.ARRAY),
            Map.entry("contains", Kind.ARRAY),
            Map.entry("minContains", Kind.ARRAY),
            Map.entry("maxContains", Kind.ARRAY),
            Map.entry("minItems", Kind.ARRAY),
            Map.entry("maxItems", Kind.ARRAY),
            Map.entry("uniqueItems", Kind.ARRAY),
            Map.entry("minLength", Kind.STRING),
            Map.entry("maxLength", Kind.STRING),
            Map.entry("pattern", Kind.STRING),
            Map.entry("format", Kind.STRING),
            Map.entry("minimum", Kind.NUMBER),
            Map.entry("maximum", Kind.NUMBER),
            Map.entry("exclusiveMinimum", Kind.NUMBER),
            Map.entry("exclusiveMaximum", Kind.NUMBER),
            Map.entry("multipleOf", Kind.NUMBER));

    private static final Set<String> GENERAL =
            Set.of("type", "enum", "const", "anyOf", "oneOf", "allOf", "not", "if", "then", "else", "$ref");

    private Keywords() {}

    /** Refuses a schema that has a keyword which is not known. */
    static void check(Scheme scheme) throws Refusal {
        for (String name : scheme.node().propertyNames()) {
            if (!asserts(name) && !ANNOTATIONS.contains(name) && !name.startsWith("x-")) {
                JsonNode value = scheme.find(name);
                if (name.equals("nullable") && value != null && value.isBoolean() && !value.booleanValue()) {
                    continue;
                }
                throw new Refusal(
                        name,
                        scheme.where(),
                        name.equals("nullable")
                                ? "give a list of types, such as [\"string\",\"null\"]"
                                : "this keyword cannot be enforced while text is generated: leave it out");
            }
        }
    }

    static boolean asserts(String name) {
        return KINDS.containsKey(name) || GENERAL.contains(name);
    }

    /** The kind that a keyword speaks of; null when of all. */
    static @Nullable Kind kind(String name) {
        return KINDS.get(name);
    }

    /**
     * The types that a schema names.
     *
     * @param whole whether of numbers only integers are meant
     */
    record Types(EnumSet<Kind> kinds, boolean whole) {
        boolean has(JsonNode value) {
            return kinds.contains(kind(value)) && (!whole || !value.isNumber() || isWhole(value));
        }

        private static Kind kind(JsonNode value) {
            return switch (value.getNodeType()) {
                case OBJECT -> Kind.OBJECT;
                case ARRAY -> Kind.ARRAY;
                case STRING -> Kind.STRING;
                case NUMBER -> Kind.NUMBER;
                case BOOLEAN -> Kind.BOOLEAN;
                default -> Kind.NULL;
            };
        }
    }

    static Kind kind(JsonNode value) {
        return Types.kind(value);
    }

    static boolean isWhole(JsonNode value) {
        BigDecimal number = value.decimalValue();
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    static @Nullable Types types(Scheme scheme) throws Refusal {
        JsonNode type = scheme.find("type");
        if (type == null) {
            return null;
        }
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        boolean whole = false;
        boolean number = false;
        for (JsonNode name : type.isArray() ? List.copyOf(type.values()) : List.of(type)) {
            String text = name.isString() ? name.stringValue() : "?";
            if (text.equals("integer")) {
                whole = true;
                kinds.add(Kind.NUMBER);
            } else {
                number |= text.equals("number");
                kinds.add(kind(text, name, scheme));
            }
        }
        if (kinds.isEmpty()) {
            throw new Refusal("type", scheme.where(), "the list is empty: name at least one type");
        }
        return new Types(kinds, whole && !number);
    }

    private static Kind kind(String text, JsonNode name, Scheme scheme) throws Refusal {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new Refusal("type", scheme.where(), name + " is no type of JSON Schema");
    }

    /** A count such as {@code minLength}; {@code fallback} when absent, at most {@code most}. */
    static int count(Scheme scheme, String keyword, int fallback, int most) throws Refusal {
        BigDecimal value = number(scheme, keyword);
        if (value == null) {
            return fallback;
        }
        if (value.signum() < 0
                || (value.signum() != 0 && value.stripTrailingZeros().scale() > 0)) {
            throw new Refusal(keyword, scheme.where(), value + " is no count: give a whole number from 0");
        }
        return value.min(BigDecimal.valueOf(most)).intValueExact();
    }

    /** A least count, refused when it is beyond what is written. */
    static int least(Scheme scheme, String keyword) throws Refusal {
        int least = count(scheme, keyword, 0, Integer.MAX_VALUE);
        if (least > TextForm.LONGEST_MINIMUM) {
            throw new Refusal(
                    keyword, scheme.where(), least + " is too many: ask for at most " + TextForm.LONGEST_MINIMUM);
        }
        return least;
    }

    /** A number such as {@code minimum}; null when absent. */
    static @Nullable BigDecimal number(Scheme scheme, String keyword) throws Refusal {
        JsonNode node = scheme.find(keyword);
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            throw new Refusal(keyword, scheme.where(), node + " is no number");
        }
        BigDecimal value = node.decimalValue();
        if (!tame(value)) {
            throw new Refusal(
                    keyword, scheme.where(), "the number has too many digits: use at most 15 before the point");
        }
        return value;
    }

    static boolean tame(BigDecimal value) {
        return Math.abs((long) value.precision() - value.scale()) <= 40 && Math.abs((long) value.scale()) <= 40;
    }

    /** The texts of a list such as {@code required}. */
    static List<String> names(Scheme scheme, String keyword, @Nullable JsonNode list) throws Refusal {
        List<String> names = new ArrayList<>();
        if (list == null) {
            return names;
        }
        for (JsonNode name : list.isArray() ? list.values() : List.<JsonNode>of()) {
            if (name.isString()) {
                names.add(name.stringValue());
            }
        }
        if (!list.isArray() || names.size() != list.size()) {
            throw new Refusal(keyword, scheme.where(), "give a list of property names");
        }
        return names;
    }

    static String text(Scheme scheme, String keyword) throws Refusal {
        JsonNode node = scheme.find(keyword);
        if (node == null || !node.isString()) {
            throw new Refusal(keyword, scheme.where(), node + " is no text");
        }
        return node.stringValue();
    }

    /** The members of an object such as {@code properties}; none when it is absent. */
    static Set<Map.Entry<String, JsonNode>> members(Scheme scheme, String keyword) throws Refusal {
        JsonNode node = scheme.find(keyword);
        if (node == null) {
            return Set.of();
        }
        if (!node.isObject()) {
            throw new Refusal(keyword, scheme.where(), "give an object of schemas");
        }
        return node.properties();
    }

    static List<JsonNode> values(Scheme scheme) throws Refusal {
        JsonNode list = scheme.find("enum");
        if (list == null || !list.isArray()) {
            throw new Refusal("enum", scheme.where(), "give a list of values");
        }
        return List.copyOf(list.values());
    }

    /** Whether two values are equal as JSON Schema has it: numbers by what they are worth. */
    static boolean equal(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            BigDecimal x = a.decimalValue();
            BigDecimal y = b.decimalValue();
            return tame(x) == tame(y)
                    && (tame(x) ? x.compareTo(y) == 0 : a.toString().equals(b.toString()));
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isObject() && b.isObject() && a.size() == b.size()) {
            for (Map.Entry<String, JsonNode> member : a.properties()) {
                JsonNode other = b.get(member.getKey());
                if (other == null || !equal(member.getValue(), other)) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }
}
