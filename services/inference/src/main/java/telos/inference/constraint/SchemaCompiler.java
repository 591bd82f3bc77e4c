package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Facts.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes the rule of a JSON Schema. Every string of the rule is JSON that the schema admits; where a schema leaves more
 * open than an automaton can follow, the rule admits less, and what it cannot promise at all is refused.
 *
 * <p>The unit is a {@link Demand}: schemas that hold together. Its rule is a choice of the ways in which it can be met,
 * one part for each kind of value. A demand that comes up while its own rule is being made becomes a {@link Rule.Call},
 * so recursion needs no unrolling; there are only finitely many demands, since each is a set of schemas of one document.
 */
final class SchemaCompiler {
    private static final int DEEPEST = 150;
    private static final int MOST_RULES = 60_000;

    private final SchemaDocument document;
    private final Expansion expansion;
    private final TextForms texts = new TextForms();
    private final ObjectForms objects;
    private final ArrayForms arrays;
    private final @Nullable Rule[] free = new @Nullable Rule[SchemaOptions.FREE_DEPTH + 1];
    private final Map<Demand, Rule> rules = new HashMap<>();
    private final Map<Demand, Rule.Call> calls = new HashMap<>();
    private final Set<Demand> open = new HashSet<>();
    private int made;

    private SchemaCompiler(SchemaDocument document, SchemaOptions options) {
        this.document = document;
        this.expansion = new Expansion(document);
        Layout layout = new Layout(options.compact());
        this.objects = new ObjectForms(this, expansion, texts, layout, options.freeOrder());
        this.arrays = new ArrayForms(this, expansion, texts, layout);
    }

    /** The rule of a schema, which must be one of objects when {@code object} is set. */
    static Rule compile(String schema, boolean object, SchemaOptions options) throws Refusal {
        SchemaDocument document = SchemaDocument.read(schema);
        SchemaCompiler compiler = new SchemaCompiler(document, options);
        Demand root = Demand.of(document.root());
        if (object && !compiler.isObject(root)) {
            throw new Refusal("type", "#", "the parameters of a tool are an object: give \"type\":\"object\"");
        }
        return compiler.rule(root, false);
    }

    private boolean isObject(Demand root) throws Refusal {
        return expansion.expand(root).cases().stream()
                .allMatch(facts -> facts.typed && facts.values == null && facts.kinds.equals(EnumSet.of(Kind.OBJECT)));
    }

    Rule rule(Demand demand) throws Refusal {
        return rule(demand, false);
    }

    /**
     * The rule of a demand.
     *
     * @param inner whether the value lies in an array or a map that the schema leaves open
     */
    Rule rule(Demand demand, boolean inner) throws Refusal {
        if (demand.literals().isEmpty()) {
            return anything(SchemaOptions.FREE_DEPTH - (inner ? 1 : 0));
        }
        Rule known = rules.get(demand);
        if (known != null) {
            return known;
        }
        if (!open.add(demand)) {
            return calls.computeIfAbsent(demand, _ -> new Rule.Call());
        }
        if (open.size() > DEEPEST) {
            throw new Refusal("schema", "#", "its parts lie deeper within each other than " + DEEPEST + " levels");
        }
        Rule rule = make(demand);
        open.remove(demand);
        Rule.Call call = calls.remove(demand);
        if (call != null) {
            call.define(rule);
        }
        rules.put(demand, rule);
        return rule;
    }

    private Rule make(Demand demand) throws Refusal {
        List<Rule> ways = new ArrayList<>();
        for (Facts facts : expansion.expand(demand).cases()) {
            if (++made > MOST_RULES) {
                throw new Refusal("schema", facts.where, "it has too many parts");
            }
            List<JsonNode> values = facts.values;
            if (values != null) {
                values(facts, values, demand, ways);
            } else {
                for (Kind kind : kinds(facts)) {
                    ways.add(ofKind(kind, facts));
                }
            }
        }
        return Rule.choice(ways);
    }

    private void values(Facts facts, List<JsonNode> values, Demand demand, List<Rule> ways) throws Refusal {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            made++;
            if (facts.kinds.contains(Keywords.kind(value)) && new Admission(document).meets(demand, value)) {
                texts.add(spelled(value, facts.where));
            }
        }
        ways.add(Literals.of(texts));
    }

    /** The kinds that are written: where no type is given, those that keywords speak of. */
    private static EnumSet<Kind> kinds(Facts facts) {
        EnumSet<Kind> kinds = EnumSet.copyOf(facts.kinds);
        if (!facts.typed && !facts.hints.isEmpty()) {
            kinds.retainAll(facts.hints);
        }
        return kinds;
    }

    private Rule ofKind(Kind kind, Facts facts) throws Refusal {
        boolean untouched = !facts.typed && facts.hints.isEmpty();
        return switch (kind) {
            case NULL -> facts.excluded.stream().anyMatch(JsonNode::isNull) ? Rule.NEVER : Rule.literal("null");
            case BOOLEAN -> Rule.choice(bool(true, facts), bool(false, facts));
            case NUMBER -> NumberForms.of(facts);
            case STRING -> {
                TextForm form = texts.of(facts, TextForm.Spelling.STRING);
                yield form == null ? Rule.NEVER : form.start();
            }
            case ARRAY -> {
                differ(facts, JsonNode::isArray);
                yield untouched ? arrays.list(anything(SchemaOptions.FREE_DEPTH - 1)) : arrays.of(facts);
            }
            case OBJECT -> {
                differ(facts, JsonNode::isObject);
                yield untouched ? objects.map(anything(SchemaOptions.FREE_DEPTH - 1)) : objects.of(facts);
            }
        };
    }

    private static Rule bool(boolean value, Facts facts) {
        return facts.excluded.stream().anyMatch(node -> node.isBoolean() && node.booleanValue() == value)
                ? Rule.NEVER
                : Rule.literal(Boolean.toString(value));
    }

    private interface Test {
        boolean test(JsonNode value);
    }

    /** Refuses denied values of a kind that has parts, unless nothing written can be one of them. */
    private static void differ(Facts facts, Test kind) throws Refusal {
        for (JsonNode value : facts.excluded) {
            if (kind.test(value) && facts.required.stream().allMatch(value::has)) {
                throw new Refusal("not", facts.where, "that a value is not " + value + " cannot be enforced");
            }
        }
    }

    /** Any JSON value with at most {@code depth} levels of objects and arrays. */
    private Rule anything(int depth) throws Refusal {
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
                choices.add(arrays.list(inner));
                choices.add(objects.map(inner));
            }
            known = Rule.choice(choices);
            free[depth] = known;
        }
        return known;
    }

    private static String spelled(JsonNode value, String where) throws Refusal {
        String text = value.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Refusal("enum", where, "a text holds half of a surrogate pair");
        }
        return text;
    }

    /** The one JSON string that is this text. */
    static Rule text(String text) throws Refusal {
        return Rule.literal(spelled(JsonNodeFactory.instance.stringNode(text), text));
    }
}
