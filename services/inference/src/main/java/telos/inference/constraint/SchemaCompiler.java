package telos.inference.constraint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Keywords.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the rule of a JSON Schema. Every string of the rule is JSON that the schema admits; where a schema leaves more
 * open than an automaton can follow, the rule admits less: members come in the order of {@code properties}, no others
 * are added, and a reference that lies too deep is a dead branch, which is left out.
 */
final class SchemaCompiler {
    private static final int LONGEST_LIST = 4096;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode root;
    private final Shapes shapes;
    private final @Nullable Rule[] free = new @Nullable Rule[SchemaOptions.FREE_DEPTH + 1];
    private final Map<Reference, Rule> references = new HashMap<>();
    private int parts;

    private record Reference(String pointer, int left) {}

    private SchemaCompiler(JsonNode root, SchemaOptions options) {
        this.root = root;
        this.shapes = new Shapes(options.compact());
    }

    /** The rule of a schema, which must be one of objects when {@code object} is set. */
    static Rule compile(String schema, boolean object, SchemaOptions options) throws Refusal {
        if (schema.length() > SchemaOptions.LONGEST_SCHEMA) {
            throw new Refusal(
                    "schema",
                    "#",
                    "it has " + schema.length() + " characters, at most " + SchemaOptions.LONGEST_SCHEMA
                            + " are allowed");
        }
        JsonNode root;
        try {
            root = JSON.readTree(schema);
        } catch (JacksonException e) {
            throw new Refusal("schema", "#", "it is not valid JSON: " + e.getOriginalMessage());
        }
        if (depth(root, 0) > SchemaOptions.DEEPEST_SCHEMA) {
            throw new Refusal("schema", "#", "it is nested deeper than " + SchemaOptions.DEEPEST_SCHEMA + " levels");
        }
        SchemaCompiler compiler = new SchemaCompiler(root, options);
        if (object) {
            Set<Kind> types = root.isObject() ? new Keywords(root, "#").types() : null;
            if (types == null || !types.equals(Set.of(Kind.OBJECT))) {
                throw new Refusal("type", "#", "the parameters of a tool are an object: give \"type\":\"object\"");
            }
        }
        return compiler.rule(root, "#", options.references());
    }

    private static int depth(JsonNode node, int above) {
        int deepest = above;
        if (above <= SchemaOptions.DEEPEST_SCHEMA) {
            for (JsonNode child : node.values()) {
                deepest = Math.max(deepest, depth(child, above + 1));
            }
        }
        return deepest;
    }

    private Rule rule(JsonNode schema, String where, int left) throws Refusal {
        count(where, 1);
        if (schema.isBoolean()) {
            return schema.booleanValue() ? anything(SchemaOptions.FREE_DEPTH) : Rule.NEVER;
        }
        if (!schema.isObject()) {
            throw new Refusal("schema", where, "a schema is an object, true or false");
        }
        Keywords keywords = new Keywords(schema, where);
        JsonNode reference = keywords.find("$ref");
        if (reference != null) {
            keywords.alone("$ref", Set.of());
            return reference(reference, where, left);
        }
        List<JsonNode> values = keywords.values();
        if (values != null) {
            keywords.alone(keywords.has("enum") ? "enum" : "const", Set.of("type", "const"));
            return values(values, where);
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            JsonNode branches = keywords.find(keyword);
            if (branches != null) {
                keywords.alone(keyword, Set.of("type"));
                return branches(keyword, branches, keywords, left);
            }
        }
        Set<Kind> kinds = keywords.types();
        kinds = kinds == null ? keywords.implied() : kinds;
        if (kinds.isEmpty()) {
            return anything(SchemaOptions.FREE_DEPTH);
        }
        List<Rule> choices = new ArrayList<>();
        for (Kind kind : kinds) {
            if (kind != Kind.INTEGER || !kinds.contains(Kind.NUMBER)) {
                choices.add(ofKind(kind, keywords, left));
            }
        }
        return Rule.choice(choices);
    }

    private Rule ofKind(Kind kind, Keywords keywords, int left) throws Refusal {
        return switch (kind) {
            case OBJECT -> object(keywords, left);
            case ARRAY -> array(keywords, left);
            case STRING ->
                TextRules.string(
                        least("minLength", keywords), keywords.count("maxLength", Rule.UNBOUNDED, LONGEST_TEXT));
            case INTEGER, NUMBER -> number(kind, keywords);
            case BOOLEAN -> Rule.choice(Rule.literal("true"), Rule.literal("false"));
            case NULL -> Rule.literal("null");
        };
    }

    private Rule number(Kind kind, Keywords keywords) throws Refusal {
        BigDecimal low = keywords.bound("minimum");
        BigDecimal high = keywords.bound("maximum");
        BigDecimal over = keywords.bound("exclusiveMinimum");
        BigDecimal under = keywords.bound("exclusiveMaximum");
        boolean lowOut = over != null && (low == null || over.compareTo(low) >= 0);
        boolean highOut = under != null && (high == null || under.compareTo(high) <= 0);
        low = lowOut ? over : low;
        high = highOut ? under : high;
        if (kind == Kind.NUMBER && low == null && high == null) {
            return NumberRules.number();
        }
        count(keywords.where(), 200);
        return kind == Kind.INTEGER
                ? NumberRules.integers(low, lowOut, high, highOut)
                : NumberRules.decimals(low, lowOut, high, highOut);
    }

    private Rule object(Keywords keywords, int left) throws Refusal {
        JsonNode additional = keywords.find("additionalProperties");
        boolean closed = additional != null && additional.isBoolean() && !additional.booleanValue();
        JsonNode properties = keywords.find("properties");
        List<String> required = keywords.required();
        if (properties != null && !properties.isObject()) {
            throw new Refusal("properties", keywords.where(), "give an object of schemas");
        }
        if (properties == null && required.isEmpty() && !closed) {
            Rule value = additional == null
                    ? anything(SchemaOptions.FREE_DEPTH - 1)
                    : rule(additional, keywords.where() + "/additionalProperties", left);
            return shapes.map(TextRules.string(0, Rule.UNBOUNDED), value);
        }
        Map<String, Rule> members = new LinkedHashMap<>();
        if (properties != null) {
            for (Map.Entry<String, JsonNode> property : properties.properties()) {
                String where = keywords.where() + "/properties/" + escape(property.getKey());
                members.put(property.getKey(), rule(property.getValue(), where, left));
            }
        }
        for (String name : required) {
            if (!members.containsKey(name)) {
                if (closed) {
                    throw new Refusal(
                            "required",
                            keywords.where(),
                            "it names \"" + name + "\", which is no property allowed here");
                }
                members.put(
                        name,
                        additional == null
                                ? anything(SchemaOptions.FREE_DEPTH)
                                : rule(additional, keywords.where() + "/additionalProperties", left));
            }
        }
        List<Shapes.Member> list = new ArrayList<>();
        for (Map.Entry<String, Rule> member : members.entrySet()) {
            boolean needed = required.contains(member.getKey());
            if (needed || member.getValue() != Rule.NEVER) {
                Rule name = text(member.getKey());
                list.add(new Shapes.Member(name, member.getValue(), needed));
            }
        }
        return shapes.object(list);
    }

    private Rule array(Keywords keywords, int left) throws Refusal {
        JsonNode items = keywords.find("items");
        Rule item =
                items == null ? anything(SchemaOptions.FREE_DEPTH - 1) : rule(items, keywords.where() + "/items", left);
        return shapes.array(
                item, least("minItems", keywords), keywords.count("maxItems", Rule.UNBOUNDED, LONGEST_TEXT));
    }

    private static int least(String keyword, Keywords keywords) throws Refusal {
        int least = keywords.count(keyword, 0, Integer.MAX_VALUE);
        if (least > LONGEST_LIST) {
            throw new Refusal(keyword, keywords.where(), least + " is too many: ask for at most " + LONGEST_LIST);
        }
        return least;
    }

    private Rule values(List<JsonNode> values, String where) throws Refusal {
        List<Rule> literals = new ArrayList<>();
        for (JsonNode value : values) {
            count(where, 1);
            literals.add(literal(value, where));
        }
        return Rule.choice(literals);
    }

    private Rule branches(String keyword, JsonNode branches, Keywords keywords, int left) throws Refusal {
        String where = keywords.where() + "/" + keyword;
        if (!branches.isArray() || branches.isEmpty()) {
            throw new Refusal(keyword, keywords.where(), "give a list of at least one schema");
        }
        JsonNode type = keywords.find("type");
        List<JsonNode> list = new ArrayList<>();
        for (JsonNode branch : branches.values()) {
            list.add(type == null ? branch : typed(branch, type, where));
        }
        if (keyword.equals("oneOf")) {
            Disjoint.check(list, where, this::target);
        }
        List<Rule> choices = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            choices.add(rule(list.get(i), where + "/" + i, left));
        }
        return Rule.choice(choices);
    }

    /** The branch with the type that stands beside the branches. */
    private static JsonNode typed(JsonNode branch, JsonNode type, String where) throws Refusal {
        if (branch instanceof ObjectNode object && !object.has("$ref")) {
            JsonNode own = object.get("type");
            if (own == null) {
                return object.deepCopy().set("type", type);
            }
            if (own.equals(type)) {
                return branch;
            }
        }
        throw new Refusal("type", where, "the type beside the branches cannot be joined to theirs: move it into them");
    }

    private Rule reference(JsonNode reference, String where, int left) throws Refusal {
        JsonNode target = target(reference, where);
        if (left == 0) {
            return Rule.NEVER;
        }
        Reference key = new Reference(reference.stringValue(), left);
        Rule known = references.get(key);
        if (known == null) {
            known = rule(target, reference.stringValue(), left - 1);
            references.put(key, known);
        }
        return known;
    }

    private JsonNode target(JsonNode reference, String where) throws Refusal {
        String pointer = reference.isString() ? reference.stringValue() : "";
        if (!pointer.equals("#") && !pointer.startsWith("#/")) {
            throw new Refusal("$ref", where, reference + " does not point into this schema: use #/$defs/NAME");
        }
        JsonNode target = pointer.equals("#") ? root : root.at(pointer.substring(1));
        if (target.isMissingNode()) {
            throw new Refusal("$ref", where, reference + " points to nothing");
        }
        return target;
    }

    /** Any JSON value with at most {@code depth} levels of objects and arrays. */
    private Rule anything(int depth) {
        Rule known = free[depth];
        if (known == null) {
            List<Rule> choices = new ArrayList<>(List.of(
                    TextRules.string(0, Rule.UNBOUNDED),
                    NumberRules.number(),
                    Rule.literal("true"),
                    Rule.literal("false"),
                    Rule.literal("null")));
            if (depth > 0) {
                Rule inner = anything(depth - 1);
                choices.add(shapes.array(inner, 0, Rule.UNBOUNDED));
                choices.add(shapes.map(TextRules.string(0, Rule.UNBOUNDED), inner));
            }
            known = Rule.choice(choices);
            free[depth] = known;
        }
        return known;
    }

    private static Rule literal(JsonNode value, String where) throws Refusal {
        String text = value.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Refusal("enum", where, "a text holds half of a surrogate pair");
        }
        return Rule.literal(text);
    }

    /** The one JSON string that is this text. */
    static Rule text(String text) throws Refusal {
        return literal(JsonNodeFactory.instance.stringNode(text), text);
    }

    private void count(String where, int more) throws Refusal {
        parts += more;
        if (parts > SchemaOptions.MOST_PARTS) {
            throw new Refusal(
                    "schema",
                    where,
                    "it has too many parts: at most " + SchemaOptions.MOST_PARTS
                            + " count, those behind a reference each time");
        }
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
