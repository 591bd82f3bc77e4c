package telos.inference.constraint;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a value that meets a demand, one way of meeting it chosen wherever a schema leaves several. The facts
 * about one kind of value say nothing of the others.
 */
final class Facts {
    /** The kinds of JSON values. */
    enum Kind {
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT
    }

    /** One more thing that holds, in one of several ways. */
    interface Move {
        void apply(Facts facts) throws Refusal;
    }

    /** @param where the schema that holds the expression */
    record Expression(String text, boolean negative, String where) {}

    /** @param rest what items after those of {@code prefix} must meet; a literal, or -1 for anything */
    record Items(List<Integer> prefix, int rest) {}

    record Contains(int literal, int least, int most, String where) {}

    record PatternProperty(String pattern, int literal, String where) {}

    /** @param additional what members must meet that neither a name nor a pattern speaks of; a literal, or -1 */
    record Properties(Map<String, Integer> named, List<PatternProperty> patterns, int additional, boolean open) {}

    final EnumSet<Kind> kinds;
    /** The kinds that keywords speak of where no type is given. */
    final EnumSet<Kind> hints;

    boolean typed;
    /** Whether a number must be an integer, or must not; null where it may. */
    @Nullable
    Boolean integral;

    @Nullable
    List<JsonNode> values;

    final List<JsonNode> excluded;

    @Nullable
    BigDecimal low;

    boolean lowOut;

    @Nullable
    BigDecimal high;

    boolean highOut;
    final List<BigDecimal> multiples;
    final List<BigDecimal> notMultiples;

    int minLength;
    int maxLength = Rule.UNBOUNDED;
    final List<Expression> expressions;
    final List<Expression> formats;

    final List<Items> items;
    int minItems;
    int maxItems = Rule.UNBOUNDED;
    final List<Contains> contains;
    boolean unique;

    final List<Properties> properties;
    final Set<String> required;
    final Set<String> forbidden;
    final Map<String, List<Integer>> extra;
    final List<Integer> names;
    int minProperties;
    int maxProperties = Rule.UNBOUNDED;
    /** Whether no member or item may be written that no keyword speaks of. */
    boolean closed;

    /** Where the last keyword that matters stands; for messages. */
    String where = "#";

    /** Some ways of meeting the demand were left out. */
    boolean narrowed;

    final Deque<Integer> pending;
    final List<List<Move>> clauses;
    private final Set<Integer> met;

    Facts(Demand demand) {
        kinds = EnumSet.allOf(Kind.class);
        hints = EnumSet.noneOf(Kind.class);
        excluded = new ArrayList<>();
        multiples = new ArrayList<>();
        notMultiples = new ArrayList<>();
        expressions = new ArrayList<>();
        formats = new ArrayList<>();
        items = new ArrayList<>();
        contains = new ArrayList<>();
        properties = new ArrayList<>();
        required = new LinkedHashSet<>();
        forbidden = new HashSet<>();
        extra = new LinkedHashMap<>();
        names = new ArrayList<>();
        pending = new ArrayDeque<>(demand.literals());
        clauses = new ArrayList<>();
        met = new HashSet<>();
    }

    private Facts(Facts other) {
        kinds = EnumSet.copyOf(other.kinds);
        hints = EnumSet.copyOf(other.hints);
        typed = other.typed;
        integral = other.integral;
        values = other.values;
        excluded = new ArrayList<>(other.excluded);
        low = other.low;
        lowOut = other.lowOut;
        high = other.high;
        highOut = other.highOut;
        multiples = new ArrayList<>(other.multiples);
        notMultiples = new ArrayList<>(other.notMultiples);
        minLength = other.minLength;
        maxLength = other.maxLength;
        expressions = new ArrayList<>(other.expressions);
        formats = new ArrayList<>(other.formats);
        items = new ArrayList<>(other.items);
        minItems = other.minItems;
        maxItems = other.maxItems;
        contains = new ArrayList<>(other.contains);
        unique = other.unique;
        properties = new ArrayList<>(other.properties);
        required = new LinkedHashSet<>(other.required);
        forbidden = new HashSet<>(other.forbidden);
        extra = new LinkedHashMap<>(other.extra);
        names = new ArrayList<>(other.names);
        minProperties = other.minProperties;
        maxProperties = other.maxProperties;
        closed = other.closed;
        where = other.where;
        narrowed = other.narrowed;
        pending = new ArrayDeque<>(other.pending);
        clauses = new ArrayList<>(other.clauses);
        met = new HashSet<>(other.met);
    }

    Facts copy() {
        return new Facts(this);
    }

    /** Notes that a literal is being met; false when it was before. */
    boolean meet(int literal) {
        if (met.contains(literal ^ 1)) {
            kinds.clear();
        }
        return met.add(literal);
    }

    void only(Set<Kind> some) {
        kinds.retainAll(some);
        typed = true;
    }

    void only(Kind kind) {
        only(EnumSet.of(kind));
    }

    void atLeast(BigDecimal bound, boolean out) {
        BigDecimal old = low;
        if (old == null || bound.compareTo(old) > 0 || (bound.compareTo(old) == 0 && out)) {
            low = bound;
            lowOut = out;
        }
    }

    void atMost(BigDecimal bound, boolean out) {
        BigDecimal old = high;
        if (old == null || bound.compareTo(old) < 0 || (bound.compareTo(old) == 0 && out)) {
            high = bound;
            highOut = out;
        }
    }

    static int smaller(int bound, int other) {
        return bound == Rule.UNBOUNDED ? other : other == Rule.UNBOUNDED ? bound : Math.min(bound, other);
    }

    void extra(String name, int literal) {
        List<Integer> more = new ArrayList<>(extra.getOrDefault(name, List.of()));
        more.add(literal);
        extra.put(name, more);
    }

    void integral(boolean whole) {
        Boolean old = integral;
        if (old != null && old != whole) {
            kinds.remove(Kind.NUMBER);
        }
        integral = whole;
    }

    /** Takes away the kinds that contradict themselves; whether nothing is left. */
    boolean dead() {
        BigDecimal least = low;
        BigDecimal greatest = high;
        if (least != null && greatest != null) {
            int order = least.compareTo(greatest);
            if (order > 0 || (order == 0 && (lowOut || highOut))) {
                kinds.remove(Kind.NUMBER);
            }
        }
        if (maxLength != Rule.UNBOUNDED && minLength > maxLength) {
            kinds.remove(Kind.STRING);
        }
        if (maxItems != Rule.UNBOUNDED && minItems > maxItems) {
            kinds.remove(Kind.ARRAY);
        }
        boolean many = maxProperties != Rule.UNBOUNDED && Math.max(minProperties, required.size()) > maxProperties;
        if (many || required.stream().anyMatch(forbidden::contains)) {
            kinds.remove(Kind.OBJECT);
        }
        List<JsonNode> left = values;
        return kinds.isEmpty() || (left != null && left.isEmpty());
    }

    /** What the member of a name must meet; patterns are asked whether they match it. */
    Demand member(String name, Matcher matcher) throws Refusal {
        List<Integer> literals = new ArrayList<>(extra.getOrDefault(name, List.of()));
        for (Properties each : properties) {
            boolean spoken = false;
            Integer own = each.named.get(name);
            if (own != null) {
                literals.add(own);
                spoken = true;
            }
            for (PatternProperty pattern : each.patterns) {
                if (matcher.matches(pattern, name)) {
                    literals.add(pattern.literal);
                    spoken = true;
                }
            }
            if (!spoken && each.additional >= 0) {
                literals.add(each.additional);
            }
        }
        return Demand.of(literals);
    }

    /** Whether a pattern finds something in a name. */
    interface Matcher {
        boolean matches(PatternProperty pattern, String name) throws Refusal;
    }

    /** What the item of an index must meet. */
    Demand item(int index) {
        List<Integer> literals = new ArrayList<>();
        for (Items each : items) {
            int literal = index < each.prefix.size() ? each.prefix.get(index) : each.rest;
            if (literal >= 0) {
                literals.add(literal);
            }
        }
        return Demand.of(literals);
    }

    /** How many first items have demands of their own. */
    int prefix() {
        return items.stream().mapToInt(each -> each.prefix.size()).max().orElse(0);
    }
}
