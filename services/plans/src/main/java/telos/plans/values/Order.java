package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** What comes before what. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Order {
    private static final long NUMBERS = Kind.INT.bit() | Kind.BOOL.bit() | Kind.FLOAT.bit();
    private static final long SETS = Kind.SET.bit() | Kind.FROZENSET.bit() | Kind.VIEW.bit();

    private Order() {}

    static boolean compare(Context context, Comparison by, Payload a, Payload b, int depth) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.ordered(a, b) && by.holds(Numbers.compare(a, b));
        }
        if (a instanceof Text x && b instanceof Text y) {
            return by.holds(texts(x, y));
        }
        if (a instanceof ListBox x && b instanceof ListBox y) {
            return lists(context, by, x.raw(), y.raw(), depth);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return lists(context, by, x.elements(), y.elements(), depth);
        }
        if (Sets.isSetLike(a) && Sets.isSetLike(b)) {
            SetBox x = Sets.of(context, a);
            SetBox y = Sets.of(context, b);
            return switch (by) {
                case LESS -> x.size() < y.size() && Equality.within(context, x, y);
                case LESS_OR_EQUAL -> Equality.within(context, x, y);
                case GREATER -> y.size() < x.size() && Equality.within(context, y, x);
                default -> Equality.within(context, y, x);
            };
        }
        Integer dates = Dates.order(a, b);
        if (dates != null) {
            return by.holds(dates);
        }
        throw Fault.type("'" + by.symbol() + "' not supported between instances of '"
                + a.type().name() + "' and '" + b.type().name() + "'");
    }

    /** By code points, not by chars. */
    static int texts(Text a, Text b) {
        if (a.isPlain() && b.isPlain()) {
            return a.string().compareTo(b.string());
        }
        return java.util.Arrays.compare(a.points(), b.points());
    }

    private static boolean lists(Context context, Comparison by, List<Value> a, List<Value> b, int depth) {
        if (depth > Equality.DEEPEST) {
            throw Fault.recursion(" in comparison");
        }
        int both = Math.min(a.size(), b.size());
        context.steps(both / 8 + 1);
        for (int i = 0; i < both; i++) {
            Payload x = a.get(i).payload();
            Payload y = b.get(i).payload();
            if (x instanceof Whole m && y instanceof Whole n) {
                int order = Numbers.compare(m, n);
                if (order != 0) {
                    return by.holds(order);
                }
            } else if (x instanceof Text m && y instanceof Text n) {
                int order = texts(m, n);
                if (order != 0) {
                    return by.holds(order);
                }
            } else if (!Equality.same(context, x, y)) {
                return compare(context, by, x, y, depth + 1);
            }
        }
        return by.holds(Integer.compare(a.size(), b.size()));
    }

    /**
     * Sorts stably by keys.
     *
     * @param compared the join of what the keys hold
     * @throws PlanFailure if some cannot be compared
     */
    public static List<Value> byKeys(
            Context context, List<Value> values, List<Value> keys, boolean reverse, Label compared) {
        try {
            return sorted(context, values, keys, reverse);
        } catch (Fault fault) {
            throw fault.raised(compared, context.pc());
        }
    }

    /** Sorts stably by keys; a key that is null counts as its value itself. */
    static List<Value> sorted(Context context, List<Value> values, @Nullable List<Value> keys, boolean reverse) {
        int size = values.size();
        context.bytes(8L * size);
        context.steps((long) size * (64 - Long.numberOfLeadingZeros(size)) / 4);
        Payload[] by = new Payload[size];
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int from = reverse ? size - 1 - i : i;
            order[i] = from;
            by[from] = (keys == null ? values : keys).get(from).payload();
        }
        sort(context, by, order, new int[size], 0, size);
        List<Value> sorted = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sorted.add(values.get(order[reverse ? size - 1 - i : i]));
        }
        return sorted;
    }

    private static void sort(Context context, Payload[] by, int[] order, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(context, by, order, spare, from, middle);
        sort(context, by, order, spare, middle, to);
        if (!less(context, by[order[middle]], by[order[middle - 1]])) {
            return;
        }
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int at = from; left < middle; at++) {
            if (right < to && less(context, by[order[right]], by[spare[left]])) {
                order[at] = order[right++];
            } else {
                order[at] = spare[left++];
            }
        }
    }

    static boolean less(Context context, Payload a, Payload b) {
        if (a instanceof Whole x && b instanceof Whole y) {
            return Numbers.compare(x, y) < 0;
        }
        if (a instanceof Text x && b instanceof Text y) {
            return texts(x, y) < 0;
        }
        return compare(context, Comparison.LESS, a, b, 0);
    }

    /** What comparing a value of the one with a value of the other may raise. */
    public static Errors errors(Outline a, Outline b) {
        return errors(a, b, Outline.DEEPEST + 1);
    }

    private static Errors errors(Outline a, Outline b, int deepest) {
        if (a.isOnly(NUMBERS) && b.isOnly(NUMBERS)) {
            return Errors.NONE;
        }
        if (a.isNever() || b.isNever()) {
            return Errors.NONE;
        }
        if (a == Outline.ANY || b == Outline.ANY || deepest == 0) {
            return Errors.TYPE.and(Errors.RECURSION);
        }
        Errors errors = Errors.NONE;
        for (Kind x : a.kinds()) {
            for (Kind y : b.kinds()) {
                boolean numbers = (x.bit() & NUMBERS) != 0 && (y.bit() & NUMBERS) != 0;
                boolean sets = (x.bit() & SETS) != 0 && (y.bit() & SETS) != 0 && x != Kind.VIEW && y != Kind.VIEW;
                boolean plain = x == y && (x == Kind.STR || x == Kind.DATE || x == Kind.TIMEDELTA);
                if (x == y && (x == Kind.LIST || x == Kind.TUPLE)) {
                    errors = errors.and(errors(a.elementOrNone(), b.elementOrNone(), deepest - 1))
                            .and(Equality.errors(a.elementOrNone(), b.elementOrNone()));
                } else if (!numbers && !sets && !plain) {
                    errors = errors.and(Errors.TYPE).and(Sets.unhashable(a)).and(Sets.unhashable(b));
                }
            }
        }
        return errors;
    }
}
