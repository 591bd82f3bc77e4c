package telos.plans.values;

import java.util.List;

/** What Python calls equal. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Equality {
    static final int DEEPEST = 300;

    private Equality() {}

    private static final long SETS = Kind.SET.bit() | Kind.FROZENSET.bit();
    private static final List<Kind> HOLDING = List.of(Kind.LIST, Kind.TUPLE, Kind.DICT, Kind.INSTANCE);

    /** What asking whether a value of the one equals a value of the other may raise. */
    static Errors errors(Outline a, Outline b) {
        return errors(a, b, Outline.DEEPEST + 1);
    }

    private static Errors errors(Outline a, Outline b, int deepest) {
        if (a.isScalar() || b.isScalar()) {
            return Errors.NONE;
        }
        if (a == Outline.ANY || b == Outline.ANY || deepest == 0) {
            return Errors.TYPE.and(Errors.RECURSION);
        }
        Errors errors = Errors.NONE;
        boolean views = (a.may(Kind.VIEW) && b.mayAny(SETS | Kind.VIEW.bit())) || (b.may(Kind.VIEW) && a.mayAny(SETS));
        if (views) {
            // They are made sets of what they show.
            errors = errors.and(Sets.unhashable(a)).and(Sets.unhashable(b));
        }
        for (Kind each : HOLDING) {
            if (a.may(each) && b.may(each)) {
                errors = errors.and(
                        errors(a.only(each).elementOrNone(), b.only(each).elementOrNone(), deepest - 1));
            }
        }
        return errors;
    }

    public static boolean equal(Payload a, Payload b) {
        return equal(Unmetered.CONTEXT, a, b, 0);
    }

    static boolean equal(Context context, Payload a, Payload b) {
        if (a instanceof Text x && b instanceof Text y) {
            return x == y || x.string().equals(y.string());
        }
        return equal(context, a, b, 0);
    }

    /** Equal or the same object: how containers look for an element. */
    static boolean same(Context context, Payload a, Payload b) {
        return a == b || equal(context, a, b);
    }

    private static boolean equal(Context context, Payload a, Payload b, int depth) {
        return switch (a) {
            case Text x -> b instanceof Text y && (x == y || x.string().equals(y.string()));
            case Whole _, Truth _, Real _ -> Numbers.isNumber(b) && Numbers.equal(a, b);
            case Tuple x -> b instanceof Tuple y && all(context, x.elements(), y.elements(), depth);
            case ListBox x -> b instanceof ListBox y && all(context, x.raw(), y.raw(), depth);
            case DictBox x -> b instanceof DictBox y && (x == y || dicts(context, x, y, depth));
            case SetBox x when b instanceof SetBox y -> x == y || sets(context, x, y);
            case SetBox x when b instanceof DictView -> Sets.isSetLike(b) && sets(context, x, Sets.of(context, b));
            case DictView _
            when Sets.isSetLike(a) && (b instanceof SetBox || Sets.isSetLike(b)) ->
                a == b || sets(context, Sets.of(context, a), Sets.of(context, b));
            case InstanceBox x ->
                b instanceof InstanceBox y
                        && (x == y
                                || (x.type() == y.type()
                                        && all(
                                                context,
                                                List.copyOf(x.raw().values()),
                                                List.copyOf(y.raw().values()),
                                                depth)));
            case Span x ->
                b instanceof Span y
                        && Numbers.equal(x.length(), y.length())
                        && (x.length().sign() == 0
                                || (Numbers.equal(x.start(), y.start())
                                        && (x.length().clamped() == 1 || Numbers.equal(x.step(), y.step()))));
            case Moment x -> b instanceof Moment y && x.sameAs(y);
            case Day x -> b instanceof Day y && x.date().equals(y.date());
            case ClockTime x -> b instanceof ClockTime y && x.sameAs(y);
            case Delta x -> b instanceof Delta y && x.equals(y);
            case Zone x -> b instanceof Zone y && x.offset() == y.offset();
            case BoundMethod x ->
                b instanceof BoundMethod y
                        && x.method() == y.method()
                        && x.self().payload() == y.self().payload();
            default -> a == b;
        };
    }

    private static boolean all(Context context, List<Value> a, List<Value> b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        if (depth > DEEPEST) {
            throw Fault.recursion(" in comparison");
        }
        context.steps(a.size() / 8 + 1);
        for (int i = 0; i < a.size(); i++) {
            Payload x = a.get(i).payload();
            Payload y = b.get(i).payload();
            if (x != y && !equal(context, x, y, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean dicts(Context context, DictBox a, DictBox b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        if (depth > DEEPEST) {
            throw Fault.recursion(" in comparison");
        }
        context.steps(a.size() / 4 + 1);
        for (Table.Entry mine : a.table().entries()) {
            Table.Entry theirs = b.table().find(mine.key);
            if (theirs == null) {
                return false;
            }
            Payload x = mine.value.payload();
            Payload y = theirs.value.payload();
            if (x != y && !equal(context, x, y, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    static boolean sets(Context context, SetBox a, SetBox b) {
        return a.size() == b.size() && within(context, a, b);
    }

    static boolean within(Context context, SetBox a, SetBox b) {
        if (a.size() > b.size()) {
            return false;
        }
        context.steps(a.size() / 4 + 1);
        for (Table.Entry each : a.table().entries()) {
            if (b.table().find(each.key) == null) {
                return false;
            }
        }
        return true;
    }
}
