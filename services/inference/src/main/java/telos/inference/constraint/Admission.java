package telos.inference.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import telos.inference.constraint.SchemaDocument.Scheme;
import tools.jackson.databind.JsonNode;

/**
 * Says whether a value that a schema spells out, as in {@code enum}, meets a demand. It refuses where it does not know:
 * a format that the value lacks by its expression may still be there by the standard.
 */
final class Admission {
    private static final int DEEPEST = 150;

    private final SchemaDocument document;
    private int depth;

    Admission(SchemaDocument document) {
        this.document = document;
    }

    boolean meets(Demand demand, JsonNode value) throws Refusal {
        for (int literal : demand.literals()) {
            if (meets(document.scheme(literal / 2), value) == (literal % 2 == 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean meets(Scheme scheme, JsonNode value) throws Refusal {
        if (scheme.node().isBoolean()) {
            return scheme.always();
        }
        if (++depth > DEEPEST) {
            throw new Refusal("$ref", scheme.where(), "the references go round or lie too deep");
        }
        Keywords.check(scheme);
        boolean all = true;
        for (String keyword : scheme.node().propertyNames()) {
            all = all && (!Keywords.asserts(keyword) || meets(keyword, scheme, value));
        }
        depth--;
        return all;
    }

    private boolean meets(String keyword, Scheme scheme, JsonNode value) throws Refusal {
        Facts.Kind kind = Keywords.kind(keyword);
        if (kind != null && kind != Keywords.kind(value)) {
            return true;
        }
        return switch (keyword) {
            case "$ref" -> meets(document.target(scheme), value);
            case "type" -> {
                Keywords.Types types = Keywords.types(scheme);
                yield types == null || types.has(value);
            }
            case "const" -> {
                JsonNode one = scheme.find(keyword);
                yield one != null && Keywords.equal(one, value);
            }
            case "enum" -> Keywords.values(scheme).stream().anyMatch(one -> Keywords.equal(one, value));
            case "allOf" ->
                count(document.list(scheme, keyword), value)
                        == scheme.node().get(keyword).size();
            case "anyOf" -> count(document.list(scheme, keyword), value) > 0;
            case "oneOf" -> count(document.list(scheme, keyword), value) == 1;
            case "not" -> !meets(document.below(scheme, keyword), value);
            case "if" -> {
                String branch = meets(document.below(scheme, keyword), value) ? "then" : "else";
                yield !scheme.node().has(branch) || meets(document.below(scheme, branch), value);
            }
            case "then", "else", "minContains", "maxContains", "additionalItems" -> true;
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
                number(keyword, scheme, value);
            case "minLength" -> length(value) >= Keywords.count(scheme, keyword, 0, Integer.MAX_VALUE);
            case "maxLength" -> length(value) <= Keywords.count(scheme, keyword, 0, Integer.MAX_VALUE);
            case "pattern" ->
                expression(new Facts.Expression(Keywords.text(scheme, keyword), false, scheme.where()), value);
            case "format" -> {
                Facts.Expression format = new Facts.Expression(Keywords.text(scheme, keyword), false, scheme.where());
                if (expression(Expressions.format(format), value)) {
                    yield true;
                }
                throw new Refusal(
                        keyword, scheme.where(), "whether " + value + " is a " + format.text() + " is not known");
            }
            case "minItems", "minProperties" -> value.size() >= Keywords.count(scheme, keyword, 0, Integer.MAX_VALUE);
            case "maxItems", "maxProperties" -> value.size() <= Keywords.count(scheme, keyword, 0, Integer.MAX_VALUE);
            case "uniqueItems" -> !scheme.node().get(keyword).booleanValue() || unique(value);
            case "contains" -> contains(scheme, value);
            case "prefixItems", "items" -> items(keyword, scheme, value);
            case "required" ->
                Keywords.names(scheme, keyword, scheme.find(keyword)).stream().allMatch(value::has);
            case "properties", "patternProperties", "additionalProperties" -> members(scheme, value);
            case "propertyNames" -> {
                Scheme names = document.below(scheme, keyword);
                boolean all = true;
                for (String name : value.propertyNames()) {
                    all = all && meets(names, tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(name));
                }
                yield all;
            }
            case "dependentRequired", "dependentSchemas", "dependencies" -> dependent(keyword, scheme, value);
            default -> throw new Refusal(keyword, scheme.where(), "it cannot stand beside fixed values");
        };
    }

    private int count(List<Scheme> schemes, JsonNode value) throws Refusal {
        int count = 0;
        for (Scheme scheme : schemes) {
            count += meets(scheme, value) ? 1 : 0;
        }
        return count;
    }

    private static boolean number(String keyword, Scheme scheme, JsonNode value) throws Refusal {
        BigDecimal bound = Keywords.number(scheme, keyword);
        BigDecimal number = value.decimalValue();
        if (bound == null || !Keywords.tame(number)) {
            throw new Refusal(keyword, scheme.where(), value + " has too many digits");
        }
        int order = number.compareTo(bound);
        return switch (keyword) {
            case "minimum" -> order >= 0;
            case "maximum" -> order <= 0;
            case "exclusiveMinimum" -> order > 0;
            case "exclusiveMaximum" -> order < 0;
            default -> bound.signum() > 0 && number.remainder(bound).signum() == 0;
        };
    }

    private static int length(JsonNode value) {
        String text = value.stringValue();
        return text.codePointCount(0, text.length());
    }

    private static boolean expression(Facts.Expression expression, JsonNode value) throws Refusal {
        return Expressions.automaton(List.of(expression), CodePoints.NONE, false)
                .matches(value.stringValue());
    }

    private static boolean unique(JsonNode value) {
        for (int i = 0; i < value.size(); i++) {
            for (int j = i + 1; j < value.size(); j++) {
                if (Keywords.equal(value.get(i), value.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean contains(Scheme scheme, JsonNode value) throws Refusal {
        Scheme below = document.below(scheme, "contains");
        int count = 0;
        for (JsonNode item : value.values()) {
            count += meets(below, item) ? 1 : 0;
        }
        return count >= Keywords.count(scheme, "minContains", 1, Integer.MAX_VALUE)
                && count <= Keywords.count(scheme, "maxContains", Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private boolean items(String keyword, Scheme scheme, JsonNode value) throws Refusal {
        JsonNode items = scheme.node().get("items");
        boolean old = items != null && items.isArray();
        List<Scheme> prefix = new ArrayList<>();
        String first = old ? "items" : "prefixItems";
        JsonNode list = scheme.find(first);
        if (list != null && !list.isEmpty()) {
            prefix.addAll(document.list(scheme, first));
        }
        String rest = old ? "additionalItems" : "items";
        boolean all = true;
        int index = 0;
        for (JsonNode item : value.values()) {
            if (index < prefix.size()) {
                all = all && (keyword.equals(first) ? meets(prefix.get(index), item) : true);
            } else if (scheme.node().has(rest)) {
                all = all && meets(document.below(scheme, rest), item);
            }
            index++;
        }
        return all;
    }

    private boolean members(Scheme scheme, JsonNode value) throws Refusal {
        JsonNode named = scheme.find("properties");
        boolean all = true;
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Set<String> spoken = new HashSet<>();
            String name = member.getKey();
            if (named != null && named.has(name)) {
                spoken.add(name);
                all = all && meets(document.scheme(named.get(name), scheme.where()), member.getValue());
            }
            for (Map.Entry<String, JsonNode> each : Keywords.members(scheme, "patternProperties")) {
                if (Expressions.matches(new Facts.PatternProperty(each.getKey(), 0, scheme.where()), name)) {
                    spoken.add(name);
                    all = all && meets(document.scheme(each.getValue(), scheme.where()), member.getValue());
                }
            }
            if (spoken.isEmpty() && scheme.node().has("additionalProperties")) {
                all = all && meets(document.below(scheme, "additionalProperties"), member.getValue());
            }
        }
        return all;
    }

    private boolean dependent(String keyword, Scheme scheme, JsonNode value) throws Refusal {
        boolean all = true;
        for (Map.Entry<String, JsonNode> each : Keywords.members(scheme, keyword)) {
            if (!value.has(each.getKey())) {
                continue;
            }
            if (each.getValue().isArray()) {
                all = all
                        && Keywords.names(scheme, keyword, each.getValue()).stream()
                                .allMatch(value::has);
            } else {
                all = all && meets(document.scheme(each.getValue(), scheme.where()), value);
            }
        }
        return all;
    }
}
