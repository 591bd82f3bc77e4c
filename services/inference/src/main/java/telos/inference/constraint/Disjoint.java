package telos.inference.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Keywords.Kind;
import tools.jackson.databind.JsonNode;

/**
 * Proves that no value meets two branches of a {@code oneOf}. It looks at types, fixed values, bounds, lengths and the
 * properties that both branches require; what it cannot prove counts as an overlap.
 */
final class Disjoint {
    private static final int DEEPEST = 16;

    interface References {
        JsonNode target(JsonNode reference, String where) throws Refusal;
    }

    private final References references;
    private final String where;

    private Disjoint(References references, String where) {
        this.references = references;
        this.where = where;
    }

    static void check(List<JsonNode> branches, String where, References references) throws Refusal {
        Disjoint disjoint = new Disjoint(references, where);
        for (int i = 0; i < branches.size(); i++) {
            for (int j = i + 1; j < branches.size(); j++) {
                if (!disjoint.apart(branches.get(i), branches.get(j), 0)) {
                    throw new Refusal(
                            "oneOf",
                            where,
                            "branches " + i + " and " + j
                                    + " may admit the same value: give both a required property with different constants,"
                                    + " or use anyOf");
                }
            }
        }
    }

    private boolean apart(JsonNode first, JsonNode second, int depth) throws Refusal {
        JsonNode a = resolve(first);
        JsonNode b = resolve(second);
        if (never(a) || never(b)) {
            return true;
        }
        if (depth > DEEPEST || !a.isObject() || !b.isObject()) {
            return false;
        }
        for (JsonNode branches : new @Nullable JsonNode[] {a.get("anyOf"), a.get("oneOf")}) {
            if (branches != null) {
                return allApart(branches, b, depth);
            }
        }
        if (b.has("anyOf") || b.has("oneOf")) {
            return apart(b, a, depth + 1);
        }
        Keywords ka = new Keywords(a, where);
        Keywords kb = new Keywords(b, where);
        List<JsonNode> va = ka.values();
        List<JsonNode> vb = kb.values();
        if (va != null && vb != null) {
            return va.stream().noneMatch(x -> vb.stream().anyMatch(y -> mayEqual(x, y)));
        }
        if (va != null || vb != null) {
            Keywords open = va != null ? kb : ka;
            List<JsonNode> values = va != null ? va : vb == null ? List.of() : vb;
            Set<Kind> types = open.types();
            return types != null
                    && values.stream().noneMatch(value -> types.stream().anyMatch(kind -> Keywords.is(value, kind)));
        }
        for (Kind kind : common(ka, kb)) {
            if (!apartAs(kind, ka, kb, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean allApart(JsonNode branches, JsonNode other, int depth) throws Refusal {
        for (JsonNode branch : branches.values()) {
            if (!apart(branch, other, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private JsonNode resolve(JsonNode schema) throws Refusal {
        JsonNode at = schema;
        for (int i = 0; i < DEEPEST && at.has("$ref"); i++) {
            at = references.target(at.get("$ref"), where);
        }
        return at;
    }

    private static boolean never(JsonNode schema) {
        return schema.isBoolean() && !schema.booleanValue();
    }

    /** The kinds of values that one branch can generate and the other admits; integers count as numbers. */
    private static Set<Kind> common(Keywords a, Keywords b) throws Refusal {
        Set<Kind> madeByA = made(a);
        Set<Kind> madeByB = made(b);
        Set<Kind> kinds = EnumSet.copyOf(madeByA);
        kinds.retainAll(admitted(b));
        Set<Kind> back = EnumSet.copyOf(madeByB);
        back.retainAll(admitted(a));
        kinds.addAll(back);
        return kinds;
    }

    private static Set<Kind> made(Keywords keywords) throws Refusal {
        Set<Kind> types = keywords.types();
        Set<Kind> kinds = types == null ? keywords.implied() : types;
        return kinds.isEmpty() ? all() : widened(kinds);
    }

    private static Set<Kind> admitted(Keywords keywords) throws Refusal {
        Set<Kind> types = keywords.types();
        return types == null ? all() : widened(types);
    }

    private static Set<Kind> all() {
        return widened(EnumSet.allOf(Kind.class));
    }

    private static Set<Kind> widened(Set<Kind> kinds) {
        Set<Kind> wide = EnumSet.copyOf(kinds);
        if (wide.remove(Kind.INTEGER)) {
            wide.add(Kind.NUMBER);
        }
        return wide;
    }

    private boolean apartAs(Kind kind, Keywords a, Keywords b, int depth) throws Refusal {
        return switch (kind) {
            case OBJECT -> objectsApart(a, b, depth);
            case STRING -> apart(a, b, "minLength", "maxLength");
            case ARRAY -> apart(a, b, "minItems", "maxItems");
            case INTEGER, NUMBER -> apart(a, b, "minimum", "maximum");
            case BOOLEAN, NULL -> false;
        };
    }

    private static boolean apart(Keywords a, Keywords b, String low, String high) throws Refusal {
        return below(a.bound(high), b.bound(low)) || below(b.bound(high), a.bound(low));
    }

    private static boolean below(@Nullable BigDecimal high, @Nullable BigDecimal low) {
        return high != null && low != null && high.compareTo(low) < 0;
    }

    private boolean objectsApart(Keywords a, Keywords b, int depth) throws Refusal {
        List<String> both = new ArrayList<>(a.required());
        both.retainAll(b.required());
        JsonNode inA = a.find("properties");
        JsonNode inB = b.find("properties");
        for (String name : both) {
            JsonNode x = inA == null ? null : inA.get(name);
            JsonNode y = inB == null ? null : inB.get(name);
            if (x != null && y != null && apart(x, y, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayEqual(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isContainer() && b.isContainer()) {
            return a.isObject() == b.isObject() && a.size() == b.size();
        }
        return a.equals(b);
    }
}
