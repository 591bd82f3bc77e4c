package telos.inference.constraint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Facts.Kind;
import tools.jackson.databind.JsonNode;

/** Proves that no value meets a demand. What it cannot prove counts as possible, so it may be believed. */
final class Overlap {
    private static final int DEEPEST = 12;
    private static final int ITEMS_LOOKED_AT = 8;

    private final Expansion expansion;
    private final SchemaDocument document;
    private final Map<Demand, Boolean> known = new HashMap<>();
    private int depth;

    Overlap(Expansion expansion, SchemaDocument document) {
        this.expansion = expansion;
        this.document = document;
    }

    boolean isEmpty(Demand demand) throws Refusal {
        Boolean before = known.get(demand);
        if (before != null) {
            return before;
        }
        if (depth > DEEPEST) {
            return false;
        }
        known.put(demand, false);
        depth++;
        try {
            Expansion.Ways ways = expansion.expand(demand);
            boolean empty = ways.all();
            for (Facts facts : ways.cases()) {
                empty = empty && isEmpty(facts, demand);
            }
            known.put(demand, empty);
            return empty;
        } finally {
            depth--;
        }
    }

    private boolean isEmpty(Facts facts, Demand demand) throws Refusal {
        List<JsonNode> values = facts.values;
        if (values != null) {
            for (JsonNode value : values) {
                if (mayMeet(value, facts, demand)) {
                    return false;
                }
            }
            return true;
        }
        for (Kind kind : facts.kinds) {
            boolean empty = switch (kind) {
                case NULL, BOOLEAN -> false;
                case NUMBER -> noNumber(facts);
                case STRING -> noString(facts);
                case ARRAY -> noArray(facts);
                case OBJECT -> noObject(facts);
            };
            if (!empty) {
                return false;
            }
        }
        return true;
    }

    private boolean mayMeet(JsonNode value, Facts facts, Demand demand) {
        if (!facts.kinds.contains(Keywords.kind(value))) {
            return false;
        }
        try {
            return new Admission(document).meets(demand, value);
        } catch (Refusal _) {
            return true;
        }
    }

    private static boolean noNumber(Facts facts) {
        BigDecimal low = facts.low;
        BigDecimal high = facts.high;
        if (low == null || high == null) {
            return false;
        }
        List<BigDecimal> steps = new ArrayList<>(facts.multiples);
        if (Boolean.TRUE.equals(facts.integral)) {
            steps.add(BigDecimal.ONE);
        }
        BigDecimal step = Lattice.common(steps);
        return step != null && !Lattice.meets(step, low, facts.lowOut, high, facts.highOut);
    }

    private static boolean noString(Facts facts) {
        if (facts.expressions.isEmpty()) {
            return false;
        }
        try {
            TextForm form = TextForm.of(
                    Expressions.automaton(facts.expressions, CodePoints.NONE, false),
                    facts.minLength,
                    facts.maxLength,
                    TextForm.Spelling.STRING);
            return form == null;
        } catch (Refusal | RegexParser.Unreadable _) {
            return false;
        }
    }

    private boolean noArray(Facts facts) throws Refusal {
        for (int i = 0; i < Math.min(facts.minItems, ITEMS_LOOKED_AT); i++) {
            if (isEmpty(facts.item(i))) {
                return true;
            }
        }
        for (Facts.Contains contains : facts.contains) {
            if (contains.least() > 0
                    && facts.prefix() == 0
                    && isEmpty(facts.item(0).and(contains.literal()))) {
                return true;
            }
        }
        return false;
    }

    private boolean noObject(Facts facts) throws Refusal {
        for (String name : facts.required) {
            Demand member;
            try {
                member = facts.member(name, Expressions::matches);
            } catch (Refusal _) {
                return false;
            }
            if (isEmpty(member)) {
                return true;
            }
        }
        return false;
    }

    /** Multiples of a step. */
    static final class Lattice {
        private Lattice() {}

        /** The least step of which all multiples are multiples of all; null when there is none. */
        static @Nullable BigDecimal common(List<BigDecimal> steps) {
            BigDecimal common = null;
            for (BigDecimal step : steps) {
                if (common == null) {
                    common = step;
                    continue;
                }
                int scale = Math.max(Math.max(common.scale(), step.scale()), 0);
                BigInteger a = common.movePointRight(scale).toBigIntegerExact();
                BigInteger b = step.movePointRight(scale).toBigIntegerExact();
                common = new BigDecimal(a.divide(a.gcd(b)).multiply(b), scale);
            }
            return common;
        }

        static boolean meets(BigDecimal step, BigDecimal low, boolean lowOut, BigDecimal high, boolean highOut) {
            BigDecimal first = low.divide(step, 0, RoundingMode.CEILING).multiply(step);
            if (lowOut && first.compareTo(low) == 0) {
                first = first.add(step);
            }
            int order = first.compareTo(high);
            return order < 0 || (order == 0 && !highOut);
        }
    }
}
