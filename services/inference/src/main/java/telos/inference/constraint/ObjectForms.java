package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Facts.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The rule of the objects that facts describe. Members that the schema names are written by name; others are written
 * where the schema speaks of them, names nothing, or asks for more members than it names.
 */
final class ObjectForms {
    private static final int MOST_PATTERNS = 6;
    private static final int FEW_NAMES = 256;

    private final SchemaCompiler compiler;
    private final SchemaDocument document;
    private final Expansion expansion;
    private final TextForms texts;
    private final Layout layout;
    private final boolean anyOrder;

    ObjectForms(SchemaCompiler compiler, Expansion expansion, TextForms texts, Layout layout, boolean anyOrder) {
        this.compiler = compiler;
        this.expansion = expansion;
        this.document = expansion.document();
        this.texts = texts;
        this.layout = layout;
        this.anyOrder = anyOrder;
    }

    /** Objects with any members, all with values of one rule. */
    Rule map(Rule value) throws Refusal {
        Facts facts = new Facts(Demand.ANYTHING);
        List<MemberShape.Other> others = new ArrayList<>();
        Map<String, MemberShape.Named> named = new LinkedHashMap<>();
        TextForm form = texts.of(facts, TextForm.Spelling.PLAIN_STRING);
        if (form != null) {
            add(form, value, others, named, facts);
        }
        return rule(facts, named, others);
    }

    Rule of(Facts facts) throws Refusal {
        Set<String> names = new LinkedHashSet<>();
        facts.properties.forEach(each -> names.addAll(each.named().keySet()));
        names.addAll(facts.extra.keySet());
        names.addAll(facts.required);
        names.removeAll(facts.forbidden);
        boolean others = speaksOfOthers(facts, names);
        Map<String, MemberShape.Named> named = new LinkedHashMap<>();
        for (String name : names) {
            MemberShape.Named member = named(name, facts);
            if (member != null) {
                named.put(name, member);
            } else if (facts.required.contains(name)) {
                return Rule.NEVER;
            }
        }
        List<MemberShape.Other> classes = new ArrayList<>();
        if (others) {
            for (Facts form : nameForms(facts)) {
                classes(facts, form, names, named, classes);
            }
        }
        return rule(facts, named, classes);
    }

    private Rule rule(Facts facts, Map<String, MemberShape.Named> named, List<MemberShape.Other> others) {
        MemberShape shape = new MemberShape(
                List.copyOf(named.values()),
                others,
                facts.minProperties,
                facts.maxProperties,
                anyOrder,
                layout.comma,
                layout.colon);
        facts.forbidden.forEach(shape::bar);
        facts.properties.forEach(each -> each.named().keySet().forEach(shape::bar));
        return layout.object(Members.of(shape));
    }

    private static boolean speaksOfOthers(Facts facts, Set<String> names) {
        if (facts.closed
                && facts.properties.stream().allMatch(each -> each.patterns().isEmpty() && !each.open())) {
            return false;
        }
        return names.isEmpty()
                || facts.minProperties > names.size()
                || facts.properties.stream()
                        .anyMatch(each -> each.open() || !each.patterns().isEmpty());
    }

    /** The member of a name; null when there can be none. */
    private MemberShape.@Nullable Named named(String name, Facts facts) throws Refusal {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new Refusal("properties", facts.where, "a name holds half of a surrogate pair");
        }
        JsonNode text = JsonNodeFactory.instance.stringNode(name);
        if (!new Admission(document).meets(Demand.of(facts.names), text)) {
            return null;
        }
        Rule value = compiler.rule(facts.member(name, Expressions::matches));
        return value.equals(Rule.NEVER)
                ? null
                : new MemberShape.Named(text.toString(), value, facts.required.contains(name));
    }

    /** What is known of names, in each of the ways that {@code propertyNames} leaves. */
    private List<Facts> nameForms(Facts facts) throws Refusal {
        List<Facts> forms = new ArrayList<>();
        Demand demand = Demand.of(facts.names);
        for (Facts form : expansion.expand(demand).cases()) {
            if (form.kinds.contains(Kind.STRING)) {
                forms.add(form);
            }
        }
        return forms;
    }

    /** The members whose names have a form, one class for each set of patterns that a name may match. */
    private void classes(
            Facts facts,
            Facts form,
            Set<String> names,
            Map<String, MemberShape.Named> named,
            List<MemberShape.Other> classes)
            throws Refusal {
        List<JsonNode> values = form.values;
        if (values != null) {
            for (JsonNode value : values) {
                String name = value.isString() ? value.stringValue() : null;
                if (name != null && !names.contains(name) && !facts.forbidden.contains(name)) {
                    MemberShape.Named member = named(name, facts);
                    if (member != null) {
                        named.putIfAbsent(name, member);
                    }
                }
            }
            return;
        }
        Set<String> patterns = new LinkedHashSet<>();
        facts.properties.forEach(each -> each.patterns().forEach(pattern -> patterns.add(pattern.pattern())));
        if (patterns.size() > MOST_PATTERNS) {
            throw new Refusal(
                    "patternProperties", facts.where, "there are more than " + MOST_PATTERNS + " patterns: use fewer");
        }
        List<String> order = List.copyOf(patterns);
        boolean open = order.isEmpty()
                || facts.minProperties > named.size()
                || facts.properties.stream().anyMatch(Facts.Properties::open);
        for (int matched = (1 << order.size()) - 1; matched >= (open ? 0 : 1); matched--) {
            List<Facts.Expression> expressions = new ArrayList<>();
            Set<String> those = new LinkedHashSet<>();
            for (int i = 0; i < order.size(); i++) {
                boolean in = (matched >> i & 1) == 1;
                expressions.add(new Facts.Expression(order.get(i), !in, facts.where));
                if (in) {
                    those.add(order.get(i));
                }
            }
            Rule value = compiler.rule(demand(facts, those), true);
            if (!value.equals(Rule.NEVER) && !(matched == 0 && facts.closed && !covered(facts))) {
                TextForm text = texts.of(form, expressions, TextForm.Spelling.PLAIN_STRING);
                if (text != null) {
                    add(text, value, classes, named, facts);
                }
            }
        }
    }

    private static boolean covered(Facts facts) {
        return facts.properties.stream().anyMatch(Facts.Properties::open);
    }

    private static Demand demand(Facts facts, Set<String> matched) {
        List<Integer> literals = new ArrayList<>();
        for (Facts.Properties each : facts.properties) {
            boolean spoken = false;
            for (Facts.PatternProperty pattern : each.patterns()) {
                if (matched.contains(pattern.pattern())) {
                    literals.add(pattern.literal());
                    spoken = true;
                }
            }
            if (!spoken && each.additional() >= 0) {
                literals.add(each.additional());
            }
        }
        return Demand.of(literals);
    }

    /** Adds a class; when it has few names, each of them as a named member. */
    private static void add(
            TextForm form,
            Rule value,
            List<MemberShape.Other> classes,
            Map<String, MemberShape.Named> named,
            Facts facts)
            throws Refusal {
        TextCount count;
        try {
            count = form.free() ? TextCount.ANY : TextCount.of(form);
        } catch (RegexParser.Unreadable e) {
            throw new Refusal("propertyNames", facts.where, e.why());
        }
        if (count.texts() > FEW_NAMES) {
            classes.add(new MemberShape.Other(form, count, value));
            return;
        }
        Set<String> taken = new LinkedHashSet<>(facts.forbidden);
        facts.properties.forEach(each -> taken.addAll(each.named().keySet()));
        for (String name : TextCount.all(form)) {
            if (!taken.contains(name)) {
                named.putIfAbsent(name, new MemberShape.Named("\"" + name + "\"", value, false));
            }
        }
    }
}
