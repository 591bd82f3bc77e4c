package telos.inference.constraint;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Facts.Kind;
import telos.inference.constraint.Facts.Move;
import telos.inference.constraint.SchemaDocument.Scheme;
import tools.jackson.databind.JsonNode;

/**
 * Turns a demand into the ways of meeting it: a list of {@link Facts} of which a value meets at least one exactly when it
 * meets the demand.
 *
 * <p>It is the disjunctive normal form, made like a tableau: keywords that all hold add facts, keywords that leave a
 * choice ({@code anyOf}, {@code if}, a denied {@code properties} …) wait as clauses, and each clause splits the facts.
 * Facts that contradict themselves are dropped before they split further. Schemas of members and items stay closed:
 * they become demands, which are expanded when a rule for them is made.
 *
 * <p>The file is long because every keyword is met here twice, asserted and denied, and all share one set of clauses.
 */
final class Expansion {
    private static final int MOST_STEPS = 20_000;
    private static final int MOST_CASES = 3_000;

    private final SchemaDocument document;
    private final Overlap overlap;
    private final Map<Demand, Ways> known = new HashMap<>();
    private int steps;

    Expansion(SchemaDocument document) {
        this.document = document;
        this.overlap = new Overlap(this, document);
    }

    Overlap overlap() {
        return overlap;
    }

    SchemaDocument document() {
        return document;
    }

    /**
     * The ways of meeting a demand.
     *
     * @param all whether there are no others
     */
    record Ways(List<Facts> cases, boolean all) {}

    Ways expand(Demand demand) throws Refusal {
        Ways ways = known.get(demand);
        if (ways == null) {
            ways = split(demand);
            known.put(demand, ways);
        }
        return ways;
    }

    private Ways split(Demand demand) throws Refusal {
        List<Facts> cases = new ArrayList<>();
        Deque<Facts> open = new ArrayDeque<>(List.of(new Facts(demand)));
        int rounds = 0;
        boolean all = true;
        while (!open.isEmpty()) {
            Facts facts = open.removeLast();
            while (!facts.pending.isEmpty() && !facts.dead()) {
                int literal = facts.pending.removeFirst();
                if (facts.meet(literal)) {
                    Scheme scheme = document.scheme(literal / 2);
                    if (literal % 2 == 0) {
                        hold(scheme, facts, demand);
                    } else {
                        deny(scheme, facts);
                    }
                }
            }
            all &= !facts.narrowed;
            if (facts.dead()) {
                continue;
            }
            if (facts.clauses.isEmpty()) {
                cases.add(facts);
            } else {
                List<Move> clause = facts.clauses.removeFirst();
                for (Move move : clause.reversed()) {
                    Facts copy = facts.copy();
                    move.apply(copy);
                    open.add(copy);
                }
            }
            if (++rounds > MOST_STEPS || ++steps > 10 * MOST_STEPS || cases.size() > MOST_CASES) {
                throw new Refusal(
                        "schema", facts.where, "its alternatives multiply beyond measure: write fewer of them");
            }
        }
        return new Ways(cases, all);
    }

    private int yes(Scheme scheme) {
        return Demand.literal(scheme, false);
    }

    private int no(Scheme scheme) {
        return Demand.literal(scheme, true);
    }

    private static Move meeting(int... literals) {
        return facts -> {
            for (int literal : literals) {
                facts.pending.add(literal);
            }
        };
    }

    // What holds.

    private void hold(Scheme scheme, Facts facts, Demand demand) throws Refusal {
        if (scheme.node().isBoolean()) {
            if (scheme.never()) {
                facts.kinds.clear();
            }
            return;
        }
        Keywords.check(scheme);
        facts.where = scheme.where();
        Keywords.Types types = Keywords.types(scheme);
        if (types != null) {
            facts.only(types.kinds());
            if (types.whole()) {
                facts.integral(true);
            }
        }
        for (String name : scheme.node().propertyNames()) {
            Kind kind = Keywords.kind(name);
            if (kind != null && types == null) {
                facts.hints.add(kind);
            }
            hold(name, scheme, facts, demand);
        }
    }

    private void hold(String keyword, Scheme scheme, Facts facts, Demand demand) throws Refusal {
        switch (keyword) {
            case "$ref" -> facts.pending.add(yes(document.target(scheme)));
            case "enum" -> values(facts, Keywords.values(scheme));
            case "const" -> {
                JsonNode value = scheme.find("const");
                values(facts, value == null ? List.of() : List.of(value));
            }
            case "allOf" -> {
                for (Scheme each : document.list(scheme, "allOf")) {
                    facts.pending.add(yes(each));
                }
            }
            case "anyOf" -> {
                List<Move> moves = new ArrayList<>();
                for (Scheme each : document.list(scheme, "anyOf")) {
                    moves.add(meeting(yes(each)));
                }
                facts.clauses.add(moves);
            }
            case "oneOf" -> facts.clauses.add(exactlyOne(document.list(scheme, "oneOf")));
            case "not" -> facts.pending.add(no(document.below(scheme, "not")));
            case "if" -> {
                if (scheme.node().has("then") || scheme.node().has("else")) {
                    facts.clauses.add(conditional(scheme, false));
                }
            }
            case "then", "else" -> {}
            default -> {
                switch (Keywords.kind(keyword)) {
                    case NUMBER -> number(keyword, scheme, facts);
                    case STRING -> string(keyword, scheme, facts);
                    case ARRAY -> array(keyword, scheme, facts, demand);
                    case OBJECT -> object(keyword, scheme, facts, demand);
                    case null, default -> {}
                }
            }
        }
    }

    private static void values(Facts facts, List<JsonNode> values) {
        List<JsonNode> before = facts.values;
        facts.typed = true;
        facts.values = before == null
                ? values
                : before.stream()
                        .filter(one -> values.stream().anyMatch(other -> Keywords.equal(one, other)))
                        .toList();
    }

    /** Each branch alone, with the denial of those that are not provably apart from it. */
    private List<Move> exactlyOne(List<Scheme> branches) throws Refusal {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            List<Integer> literals = new ArrayList<>(List.of(yes(branches.get(i))));
            for (int j = 0; j < branches.size(); j++) {
                if (i != j && !overlap.isEmpty(Demand.of(branches.get(i), branches.get(j)))) {
                    literals.add(no(branches.get(j)));
                }
            }
            moves.add(meeting(literals.stream().mapToInt(Integer::intValue).toArray()));
        }
        return moves;
    }

    private List<Move> conditional(Scheme scheme, boolean denied) throws Refusal {
        Scheme test = document.below(scheme, "if");
        List<Move> moves = new ArrayList<>();
        for (String keyword : List.of("then", "else")) {
            int tested = keyword.equals("then") ? yes(test) : no(test);
            if (scheme.node().has(keyword)) {
                Scheme branch = document.below(scheme, keyword);
                moves.add(meeting(tested, denied ? no(branch) : yes(branch)));
            } else if (!denied) {
                moves.add(meeting(tested));
            }
        }
        return moves;
    }

    private static BigDecimal given(@Nullable BigDecimal value) {
        if (value == null) {
            throw new IllegalStateException("a keyword that was there is gone");
        }
        return value;
    }

    private static void number(String keyword, Scheme scheme, Facts facts) throws Refusal {
        BigDecimal value = given(Keywords.number(scheme, keyword));
        switch (keyword) {
            case "minimum" -> facts.atLeast(value, false);
            case "exclusiveMinimum" -> facts.atLeast(value, true);
            case "maximum" -> facts.atMost(value, false);
            case "exclusiveMaximum" -> facts.atMost(value, true);
            default -> {
                if (value.signum() <= 0) {
                    throw new Refusal(keyword, scheme.where(), value + " must be above 0");
                }
                facts.multiples.add(value);
            }
        }
    }

    private static void string(String keyword, Scheme scheme, Facts facts) throws Refusal {
        switch (keyword) {
            case "minLength" -> facts.minLength = Math.max(facts.minLength, Keywords.least(scheme, keyword));
            case "maxLength" ->
                facts.maxLength =
                        Facts.smaller(facts.maxLength, Keywords.count(scheme, keyword, 0, Keywords.LONGEST_TEXT));
            case "pattern" ->
                facts.expressions.add(new Facts.Expression(Keywords.text(scheme, keyword), false, scheme.where()));
            default -> facts.formats.add(new Facts.Expression(Keywords.text(scheme, keyword), false, scheme.where()));
        }
    }

    private void array(String keyword, Scheme scheme, Facts facts, Demand demand) throws Refusal {
        switch (keyword) {
            case "minItems" -> facts.minItems = Math.max(facts.minItems, Keywords.least(scheme, keyword));
            case "maxItems" ->
                facts.maxItems =
                        Facts.smaller(facts.maxItems, Keywords.count(scheme, keyword, 0, Keywords.LONGEST_TEXT));
            case "prefixItems" -> facts.items.add(items(scheme));
            case "items" -> {
                if (!scheme.node().has("prefixItems")) {
                    facts.items.add(items(scheme));
                }
            }
            case "contains" -> {
                int least = Keywords.least(scheme, "minContains");
                least = scheme.node().has("minContains") ? least : 1;
                int most = Keywords.count(scheme, "maxContains", Rule.UNBOUNDED, Keywords.LONGEST_TEXT);
                if (most != Rule.UNBOUNDED && least > most) {
                    facts.kinds.remove(Kind.ARRAY);
                }
                if (least > 0 || most != Rule.UNBOUNDED) {
                    facts.contains.add(
                            new Facts.Contains(yes(document.below(scheme, keyword)), least, most, scheme.where()));
                    facts.minItems = Math.max(facts.minItems, least);
                }
            }
            case "uniqueItems" -> facts.unique |= flag(scheme, keyword);
            case "unevaluatedItems" -> unevaluated(keyword, scheme, facts, demand);
            default -> {}
        }
    }

    private static boolean flag(Scheme scheme, String keyword) throws Refusal {
        JsonNode node = scheme.find(keyword);
        if (node == null || !node.isBoolean()) {
            throw new Refusal(keyword, scheme.where(), node + " is neither true nor false");
        }
        return node.booleanValue();
    }

    private Facts.Items items(Scheme scheme) throws Refusal {
        List<Integer> prefix = new ArrayList<>();
        String rest = "items";
        String first = "prefixItems";
        JsonNode items = scheme.find("items");
        if (items != null && items.isArray()) {
            first = "items";
            rest = "additionalItems";
        }
        if (scheme.node().has(first) && !(first.equals("items") && items != null && items.isEmpty())) {
            for (Scheme each : document.list(scheme, first)) {
                prefix.add(yes(each));
            }
        }
        return new Facts.Items(prefix, scheme.node().has(rest) ? yes(document.below(scheme, rest)) : -1);
    }

    private void unevaluated(String keyword, Scheme scheme, Facts facts, Demand demand) throws Refusal {
        Scheme below = document.below(scheme, keyword);
        if (below.always()) {
            return;
        }
        if (!below.never() || !demand.equals(Demand.of(scheme))) {
            throw new Refusal(
                    keyword,
                    scheme.where(),
                    "it is only known as false, and in a schema that no other one refers to or combines");
        }
        facts.closed = true;
    }

    private void object(String keyword, Scheme scheme, Facts facts, Demand demand) throws Refusal {
        switch (keyword) {
            case "required" -> facts.required.addAll(Keywords.names(scheme, keyword, scheme.find(keyword)));
            case "minProperties" ->
                facts.minProperties = Math.max(facts.minProperties, Keywords.least(scheme, keyword));
            case "maxProperties" ->
                facts.maxProperties =
                        Facts.smaller(facts.maxProperties, Keywords.count(scheme, keyword, 0, Keywords.LONGEST_TEXT));
            case "propertyNames" -> facts.names.add(yes(document.below(scheme, keyword)));
            case "properties" -> facts.properties.add(properties(scheme));
            case "patternProperties" -> {
                if (!scheme.node().has("properties")) {
                    facts.properties.add(properties(scheme));
                }
            }
            case "additionalProperties" -> {
                if (!scheme.node().has("properties") && !scheme.node().has("patternProperties")) {
                    facts.properties.add(properties(scheme));
                }
            }
            case "unevaluatedProperties" -> unevaluated(keyword, scheme, facts, demand);
            case "dependentRequired", "dependentSchemas", "dependencies" -> {
                for (Map.Entry<String, JsonNode> each : Keywords.members(scheme, keyword)) {
                    facts.clauses.add(List.of(without -> without.forbidden.add(each.getKey()), with -> {
                        with.only(Kind.OBJECT);
                        with.required.add(each.getKey());
                        depend(keyword, scheme, each, with);
                    }));
                }
            }
            default -> {}
        }
    }

    private void depend(String keyword, Scheme scheme, Map.Entry<String, JsonNode> each, Facts facts) throws Refusal {
        JsonNode needed = each.getValue();
        if (needed.isArray() || keyword.equals("dependentRequired")) {
            facts.required.addAll(Keywords.names(scheme, keyword, needed));
        } else {
            String where = scheme.where() + "/" + keyword + "/" + SchemaDocument.escape(each.getKey());
            facts.pending.add(yes(document.scheme(needed, where)));
        }
    }

    private Facts.Properties properties(Scheme scheme) throws Refusal {
        Map<String, Integer> named = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : Keywords.members(scheme, "properties")) {
            String where = scheme.where() + "/properties/" + SchemaDocument.escape(each.getKey());
            named.put(each.getKey(), yes(document.scheme(each.getValue(), where)));
        }
        List<Facts.PatternProperty> patterns = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : Keywords.members(scheme, "patternProperties")) {
            String where = scheme.where() + "/patternProperties/" + SchemaDocument.escape(each.getKey());
            patterns.add(new Facts.PatternProperty(
                    each.getKey(), yes(document.scheme(each.getValue(), where)), scheme.where()));
        }
        boolean open = scheme.node().has("additionalProperties");
        int additional = open ? yes(document.below(scheme, "additionalProperties")) : -1;
        return new Facts.Properties(Collections.unmodifiableMap(named), patterns, additional, open);
    }

    // What does not hold: at least one keyword fails.

    private void deny(Scheme scheme, Facts facts) throws Refusal {
        if (scheme.node().isBoolean()) {
            if (scheme.always()) {
                facts.kinds.clear();
            }
            return;
        }
        Keywords.check(scheme);
        facts.where = scheme.where();
        List<Move> moves = new ArrayList<>();
        @Nullable Refusal unable = null;
        for (String name : scheme.node().propertyNames()) {
            if (!Keywords.asserts(name)) {
                continue;
            }
            try {
                Kind kind = Keywords.kind(name);
                for (Move move : denial(name, scheme)) {
                    moves.add(
                            kind == null
                                    ? move
                                    : changed -> {
                                        changed.only(kind);
                                        move.apply(changed);
                                    });
                }
            } catch (Refusal refusal) {
                unable = refusal;
            }
        }
        if (unable != null) {
            if (moves.isEmpty()) {
                throw unable;
            }
            facts.narrowed = true;
        }
        if (moves.isEmpty()) {
            facts.kinds.clear();
        } else {
            facts.clauses.add(moves);
        }
    }

    private List<Move> denial(String keyword, Scheme scheme) throws Refusal {
        return switch (keyword) {
            case "$ref" -> List.of(meeting(no(document.target(scheme))));
            case "type" -> denyTypes(scheme);
            case "enum", "const" -> {
                JsonNode one = scheme.find("const");
                List<JsonNode> values = keyword.equals("const") && one != null ? List.of(one) : Keywords.values(scheme);
                yield List.of(facts -> facts.excluded.addAll(values));
            }
            case "allOf" -> {
                List<Move> moves = new ArrayList<>();
                for (Scheme each : document.list(scheme, keyword)) {
                    moves.add(meeting(no(each)));
                }
                yield moves;
            }
            case "anyOf" -> List.of(none(document.list(scheme, keyword)));
            case "oneOf" -> {
                List<Scheme> branches = document.list(scheme, keyword);
                List<Move> moves = new ArrayList<>(List.of(none(branches)));
                for (int i = 0; i < branches.size(); i++) {
                    for (int j = i + 1; j < branches.size(); j++) {
                        moves.add(meeting(yes(branches.get(i)), yes(branches.get(j))));
                    }
                }
                yield moves;
            }
            case "not" -> List.of(meeting(yes(document.below(scheme, keyword))));
            case "if" -> scheme.node().has("then") || scheme.node().has("else") ? conditional(scheme, true) : List.of();
            case "then", "else" -> List.of();
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
                List.of(denyNumber(keyword, given(Keywords.number(scheme, keyword))));
            case "minLength" ->
                fewer(scheme, keyword, (facts, most) -> facts.maxLength = Facts.smaller(facts.maxLength, most));
            case "minItems" ->
                fewer(scheme, keyword, (facts, most) -> facts.maxItems = Facts.smaller(facts.maxItems, most));
            case "minProperties" ->
                fewer(scheme, keyword, (facts, most) -> facts.maxProperties = Facts.smaller(facts.maxProperties, most));
            case "maxLength" ->
                more(scheme, keyword, (facts, least) -> facts.minLength = Math.max(facts.minLength, least));
            case "maxItems" ->
                more(scheme, keyword, (facts, least) -> facts.minItems = Math.max(facts.minItems, least));
            case "maxProperties" ->
                more(scheme, keyword, (facts, least) -> facts.minProperties = Math.max(facts.minProperties, least));
            case "pattern" -> {
                String text = Keywords.text(scheme, keyword);
                yield List.of(facts -> facts.expressions.add(new Facts.Expression(text, true, scheme.where())));
            }
            case "required" -> {
                List<Move> moves = new ArrayList<>();
                for (String name : Keywords.names(scheme, keyword, scheme.find(keyword))) {
                    moves.add(facts -> facts.forbidden.add(name));
                }
                yield moves;
            }
            case "properties" -> {
                List<Move> moves = new ArrayList<>();
                properties(scheme).named().forEach((name, literal) -> {
                    if (!document.scheme(literal / 2).always()) {
                        moves.add(facts -> {
                            facts.required.add(name);
                            facts.extra(name, literal ^ 1);
                        });
                    }
                });
                yield moves;
            }
            case "dependentRequired" -> {
                List<Move> moves = new ArrayList<>();
                for (Map.Entry<String, JsonNode> each : Keywords.members(scheme, keyword)) {
                    for (String name : Keywords.names(scheme, keyword, each.getValue())) {
                        moves.add(facts -> {
                            facts.required.add(each.getKey());
                            facts.forbidden.add(name);
                        });
                    }
                }
                yield moves;
            }
            case "items", "prefixItems" -> denyItems(keyword, scheme);
            case "contains" -> denyContains(scheme);
            case "minContains", "maxContains", "additionalItems" -> List.of();
            case "uniqueItems" -> {
                if (!flag(scheme, keyword)) {
                    yield List.of();
                }
                throw undeniable(keyword, scheme);
            }
            case "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames" -> {
                if (document.below(scheme, keyword).always()) {
                    yield List.of();
                }
                throw undeniable(keyword, scheme);
            }
            default -> throw undeniable(keyword, scheme);
        };
    }

    private static Refusal undeniable(String keyword, Scheme scheme) {
        return new Refusal(
                keyword,
                scheme.where(),
                "what does not meet it cannot be written for certain, as \"not\", \"if\" or a \"oneOf\" whose branches"
                        + " overlap asks here: tell the branches apart by a required property with constants, or use anyOf");
    }

    private Move none(List<Scheme> branches) {
        return meeting(branches.stream().mapToInt(this::no).toArray());
    }

    private static List<Move> denyTypes(Scheme scheme) throws Refusal {
        Keywords.Types types = Keywords.types(scheme);
        if (types == null) {
            return List.of();
        }
        List<Move> moves = new ArrayList<>();
        EnumSet<Kind> others = EnumSet.complementOf(types.kinds());
        if (!others.isEmpty()) {
            moves.add(facts -> facts.only(others));
        }
        if (types.whole()) {
            moves.add(facts -> {
                facts.only(Kind.NUMBER);
                facts.integral(false);
            });
        }
        return moves;
    }

    private static Move denyNumber(String keyword, BigDecimal value) {
        return switch (keyword) {
            case "minimum" -> facts -> facts.atMost(value, true);
            case "exclusiveMinimum" -> facts -> facts.atMost(value, false);
            case "maximum" -> facts -> facts.atLeast(value, true);
            case "exclusiveMaximum" -> facts -> facts.atLeast(value, false);
            default -> facts -> facts.notMultiples.add(value);
        };
    }

    private interface Bound {
        void set(Facts facts, int bound);
    }

    private static List<Move> fewer(Scheme scheme, String keyword, Bound bound) throws Refusal {
        int least = Keywords.least(scheme, keyword);
        return least == 0 ? List.of() : List.of(facts -> bound.set(facts, least - 1));
    }

    private static List<Move> more(Scheme scheme, String keyword, Bound bound) throws Refusal {
        int most = Keywords.count(scheme, keyword, 0, Keywords.LONGEST_TEXT);
        if (most >= TextForm.LONGEST_MINIMUM) {
            throw undeniable(keyword, scheme);
        }
        return List.of(facts -> bound.set(facts, most + 1));
    }

    private List<Move> denyItems(String keyword, Scheme scheme) throws Refusal {
        Facts.Items items = items(scheme);
        List<Move> moves = new ArrayList<>();
        if (keyword.equals("items") && scheme.node().has("prefixItems")) {
            if (items.rest() >= 0) {
                throw undeniable(keyword, scheme);
            }
            return moves;
        }
        for (int i = 0; i < items.prefix().size(); i++) {
            List<Integer> prefix = new ArrayList<>(Collections.nCopies(i, -1));
            prefix.add(items.prefix().get(i) ^ 1);
            moves.add(facts -> {
                facts.minItems = Math.max(facts.minItems, prefix.size());
                facts.items.add(new Facts.Items(prefix, -1));
            });
        }
        if (items.prefix().isEmpty() && items.rest() >= 0) {
            int failing = items.rest() ^ 1;
            moves.add(facts -> {
                facts.minItems = Math.max(facts.minItems, 1);
                facts.contains.add(new Facts.Contains(failing, 1, Rule.UNBOUNDED, scheme.where()));
            });
        } else if (items.rest() >= 0 && !document.scheme(items.rest() / 2).always() && keyword.equals("items")) {
            throw undeniable(keyword, scheme);
        }
        return moves;
    }

    private List<Move> denyContains(Scheme scheme) throws Refusal {
        int least = scheme.node().has("minContains") ? Keywords.least(scheme, "minContains") : 1;
        int most = Keywords.count(scheme, "maxContains", Rule.UNBOUNDED, Keywords.LONGEST_TEXT);
        Scheme below = document.below(scheme, "contains");
        List<Move> moves = new ArrayList<>();
        if (least > 0) {
            int bound = least - 1;
            moves.add(facts -> facts.contains.add(new Facts.Contains(yes(below), 0, bound, scheme.where())));
        }
        if (most != Rule.UNBOUNDED) {
            moves.add(facts -> {
                facts.minItems = Math.max(facts.minItems, most + 1);
                facts.contains.add(new Facts.Contains(yes(below), most + 1, Rule.UNBOUNDED, scheme.where()));
            });
        }
        return moves;
    }
}
