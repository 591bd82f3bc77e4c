package telos.inference.constraint;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Facts.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The rule of the arrays that facts describe. */
final class ArrayForms {
    private static final int MOST_CELLS = 50_000;
    private static final int FEW_VALUES = 64;

    private final SchemaCompiler compiler;
    private final Expansion expansion;
    private final TextForms texts;
    private final Layout layout;

    ArrayForms(SchemaCompiler compiler, Expansion expansion, TextForms texts, Layout layout) {
        this.compiler = compiler;
        this.expansion = expansion;
        this.texts = texts;
        this.layout = layout;
    }

    /** Arrays of any number of items of one rule. */
    Rule list(Rule item) {
        return layout.array(layout.items(List.of(), item, 0, Rule.UNBOUNDED));
    }

    Rule of(Facts facts) throws Refusal {
        int most = facts.maxItems;
        int size = facts.prefix();
        if (facts.closed && facts.items.stream().allMatch(each -> each.rest() < 0)) {
            most = Facts.smaller(most, size);
        }
        if (most != Rule.UNBOUNDED && facts.minItems > most) {
            return Rule.NEVER;
        }
        if (facts.unique && (most == Rule.UNBOUNDED || most > 1)) {
            return layout.array(unique(facts, most));
        }
        List<Rule> prefix = new ArrayList<>();
        for (int i = 0; i < size && (most == Rule.UNBOUNDED || i < most); i++) {
            prefix.add(compiler.rule(facts.item(i), true));
        }
        if (!facts.contains.isEmpty()) {
            return layout.array(counting(facts, most));
        }
        boolean full = most != Rule.UNBOUNDED && most <= size;
        Rule rest = full ? Rule.NEVER : compiler.rule(facts.item(size), true);
        return layout.array(layout.items(prefix, rest, facts.minItems, most));
    }

    private Rule counting(Facts facts, int most) throws Refusal {
        if (facts.contains.size() > 1) {
            throw new Refusal("contains", facts.where, "two of them meet here: one can be enforced at a time");
        }
        Facts.Contains contains = facts.contains.getFirst();
        int many = contains.most();
        int width = many == Rule.UNBOUNDED ? contains.least() : many;
        int size = facts.prefix() + 1;
        long length = most == Rule.UNBOUNDED ? Math.max(facts.minItems, size) : most;
        if (length * (width + 1L) > MOST_CELLS) {
            throw new Refusal(
                    "contains", contains.where(), "together with the bounds it is too large: ask for fewer items");
        }
        List<Rule> counted = new ArrayList<>();
        List<Rule> plain = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Demand item = facts.item(i);
            counted.add(compiler.rule(item.and(contains.literal()), true));
            plain.add(compiler.rule(many == Rule.UNBOUNDED ? item : item.and(contains.literal() ^ 1), true));
        }
        return layout.counting(counted, plain, contains.least(), many, facts.minItems, most);
    }

    private Rule unique(Facts facts, int most) throws Refusal {
        Refusal refusal = new Refusal(
                "uniqueItems",
                facts.where,
                "it is known for texts and for at most " + FEW_VALUES + " fixed values, without \"prefixItems\" and"
                        + " \"contains\": give the items such a type");
        if (facts.prefix() > 0 || !facts.contains.isEmpty()) {
            throw refusal;
        }
        Demand item = facts.item(0);
        Map<String, JsonNode> values = new LinkedHashMap<>();
        List<Facts> cases = expansion.expand(item).cases();
        boolean few = true;
        for (Facts each : cases) {
            List<JsonNode> some = fixed(each, item);
            few &= some != null;
            for (JsonNode value : some == null ? List.<JsonNode>of() : some) {
                if (values.values().stream().noneMatch(old -> Keywords.equal(old, value))) {
                    values.put(value.toString(), value);
                }
            }
            if (values.size() > FEW_VALUES) {
                throw refusal;
            }
        }
        if (few) {
            List<Rule> rules = new ArrayList<>();
            for (String value : values.keySet()) {
                rules.add(Rule.literal(value));
            }
            return Distinct.of(new Distinct.Shape(rules, facts.minItems, most, layout.comma));
        }
        if (cases.size() != 1 || !cases.getFirst().kinds.equals(EnumSet.of(Kind.STRING))) {
            throw refusal;
        }
        return uniqueTexts(cases.getFirst(), facts, most);
    }

    private Rule uniqueTexts(Facts text, Facts facts, int most) throws Refusal {
        TextForm form = texts.of(text, TextForm.Spelling.PLAIN_STRING);
        if (form == null) {
            return facts.minItems == 0 ? Rule.EMPTY : Rule.NEVER;
        }
        TextCount count;
        try {
            count = form.free() ? TextCount.ANY : TextCount.of(form);
        } catch (RegexParser.Unreadable e) {
            throw new Refusal("uniqueItems", facts.where, e.why());
        }
        MemberShape shape = new MemberShape(
                List.of(),
                List.of(new MemberShape.Other(form, count, Rule.EMPTY)),
                facts.minItems,
                most,
                false,
                layout.comma,
                Rule.EMPTY);
        return Members.of(shape);
    }

    /** The values that facts leave when they are few and fixed; else null. */
    private @Nullable List<JsonNode> fixed(Facts facts, Demand demand) throws Refusal {
        List<JsonNode> candidates = facts.values;
        if (candidates == null) {
            candidates = new ArrayList<>();
            for (Kind kind : facts.kinds) {
                switch (kind) {
                    case NULL -> candidates.add(NullNode.getInstance());
                    case BOOLEAN -> {
                        candidates.add(BooleanNode.TRUE);
                        candidates.add(BooleanNode.FALSE);
                    }
                    case NUMBER -> {
                        List<JsonNode> numbers = numbers(facts);
                        if (numbers == null) {
                            return null;
                        }
                        candidates.addAll(numbers);
                    }
                    case STRING, ARRAY, OBJECT -> {
                        return null;
                    }
                }
            }
        }
        List<JsonNode> met = new ArrayList<>();
        for (JsonNode value : candidates) {
            if (facts.kinds.contains(Keywords.kind(value))
                    && new Admission(expansion.document()).meets(demand, value)) {
                met.add(value);
            }
        }
        return met;
    }

    private static @Nullable List<JsonNode> numbers(Facts facts) {
        if (!Boolean.TRUE.equals(facts.integral) || facts.low == null || facts.high == null) {
            return null;
        }
        double span = facts.high.doubleValue() - facts.low.doubleValue();
        if (span > 4 * FEW_VALUES || Math.abs(facts.low.doubleValue()) > 1e15) {
            return null;
        }
        List<JsonNode> numbers = new ArrayList<>();
        for (long n = (long) Math.floor(facts.low.doubleValue()); n <= facts.high.doubleValue(); n++) {
            numbers.add(JsonNodeFactory.instance.numberNode(n));
        }
        return numbers;
    }
}
