package telos.plans.values;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Sets, and what behaves like one: views of keys and items. */
final class Sets {
    /** What one element takes. */
    static final long BYTES = 48;

    private Sets() {}

    static boolean isSetLike(Payload payload) {
        return payload instanceof SetBox || (payload instanceof DictView view && view.of() != DictView.Of.VALUES);
    }

    /** The set that it is, or a set of what the view shows now. */
    static SetBox of(Context context, Payload payload) {
        if (payload instanceof SetBox set) {
            return set;
        }
        DictView view = (DictView) payload;
        SetBox set = new SetBox(false);
        set.raiseShape(view.dict().shape());
        set.raiseFloor(view.dict().floor());
        context.bytes(BYTES * view.dict().size());
        for (Table.Entry each : view.dict().table().entries()) {
            Value element = view.of() == DictView.Of.KEYS ? each.name : new Value(Tuple.of(each.name, each.value));
            put(context, set, element);
        }
        return set;
    }

    /** Whether it is in there, counting a double as the one that came first. */
    private static void put(Context context, SetBox set, Value element) {
        Key key = Key.of(element.payload(), context);
        if (set.table().find(key) == null) {
            set.table().put(key, element, Value.NOTHING);
        } else {
            // In a world where it is another one it is there, too.
            set.raiseBeyond(Labels.deep(element));
        }
        set.raiseShape(Labels.deep(element));
        set.changed(element);
    }

    static void add(Context context, SetBox set, Value element, Label by) {
        context.bytes(BYTES);
        set.raiseShape(by);
        put(context, set, element.raised(by));
    }

    static SetBox copy(Context context, SetBox set, boolean frozen) {
        SetBox made = like(set, frozen);
        context.bytes(BYTES * set.size());
        context.steps(set.size() / 8);
        for (Table.Entry each : set.table().entries()) {
            made.table().put(each.key, each.name, Value.NOTHING);
        }
        return made;
    }

    private static SetBox like(SetBox set, boolean frozen) {
        SetBox made = new SetBox(frozen);
        made.raiseShape(set.shape());
        made.raiseFloor(set.floor());
        return made;
    }

    static @Nullable Payload compute(Context context, BinaryOperation operation, Payload a, Payload b) {
        if (!isSetLike(a) || !isSetLike(b)) {
            if (operation == BinaryOperation.OR && a instanceof DictBox x && b instanceof DictBox y) {
                DictBox made = Dicts.copy(context, x);
                Dicts.merge(context, made, y, Label.BOTTOM);
                return made;
            }
            return null;
        }
        boolean frozen = a instanceof SetBox set && set.isFrozen();
        return combined(context, operation, of(context, a), of(context, b), frozen);
    }

    static SetBox combined(Context context, BinaryOperation operation, SetBox a, SetBox b, boolean frozen) {
        SetBox made = like(a, frozen);
        made.raiseShape(b.shape());
        made.raiseFloor(b.floor());
        boolean grows = operation == BinaryOperation.OR || operation == BinaryOperation.XOR;
        context.bytes(BYTES * (a.size() + (grows ? b.size() : 0)));
        context.steps((a.size() + b.size()) / 4);
        for (Table.Entry each : a.table().entries()) {
            boolean both = b.table().find(each.key) != null;
            boolean stays = switch (operation) {
                case OR -> true;
                case AND -> both;
                default -> !both;
            };
            if (stays) {
                made.table().put(each.key, each.name, Value.NOTHING);
            }
        }
        if (grows) {
            for (Table.Entry each : b.table().entries()) {
                if (a.table().find(each.key) == null) {
                    made.table().put(each.key, each.name, Value.NOTHING);
                }
            }
        }
        return made;
    }

    /** Makes a set the outcome of the operation on it and another. */
    static void update(Context context, BinaryOperation operation, SetBox set, Value right, Label by) {
        SetBox other = collected(context, right);
        SetBox made = combined(context, operation, set, other, false);
        set.table().clear();
        for (Table.Entry each : made.table().entries()) {
            set.table().put(each.key, each.name, Value.NOTHING);
            set.changed(each.name);
        }
        set.changed();
        set.raiseShape(by.join(right.label()).join(other.shape()));
        set.raiseFloor(other.floor());
    }

    /** Whatever can be iterated, as a set. */
    static SetBox collected(Context context, Value iterable) {
        if (isSetLike(iterable.payload())) {
            return of(context, iterable.payload());
        }
        SetBox set = new SetBox(false);
        IteratorBox iterator = Iterators.of(context, iterable);
        for (Value each = iterator.next(context); each != null; each = iterator.next(context)) {
            context.bytes(BYTES);
            context.steps(1);
            put(context, set, each);
        }
        set.raiseShape(iterator.control());
        return set;
    }

    static @Nullable Prospect outline(BinaryOperation operation, Kind x, Outline a, Kind y, Outline b) {
        if (x == Kind.DICT && y == Kind.DICT && operation == BinaryOperation.OR) {
            return Prospect.sure(Outline.holding(
                    Kind.DICT,
                    Outline.plus(a.extent(), b.extent()),
                    a.elementOrNone().union(b.elementOrNone()),
                    a.keyOrNone().union(b.keyOrNone())));
        }
        boolean sets = isSet(x) && isSet(y);
        if (!sets) {
            return null;
        }
        Outline element = a.elementOrNone();
        long extent = a.extent();
        if (operation == BinaryOperation.OR || operation == BinaryOperation.XOR) {
            element = element.union(b.elementOrNone());
            extent = Outline.plus(extent, b.extent());
        }
        Kind kind = x == Kind.FROZENSET ? Kind.FROZENSET : Kind.SET;
        // A view of values is no set.
        Errors errors = unhashable(a).and(unhashable(b)).andIf(x == Kind.VIEW || y == Kind.VIEW, Errors.TYPE);
        return Prospect.of(Outline.holding(kind, extent, element, null), errors)
                .taking(viewed(a))
                .taking(viewed(b));
    }

    /** What making a set of what a view shows raises, where it may be one. */
    static Errors unhashable(Outline view) {
        return view.may(Kind.VIEW) ? Outlines.unhashable(view.only(Kind.VIEW).elementOrNone()) : Errors.NONE;
    }

    /** The most bytes that such a set takes. */
    static long viewed(Outline view) {
        return view.may(Kind.VIEW) ? Outline.times(view.extent(), 64) : 0;
    }

    private static boolean isSet(Kind kind) {
        return kind == Kind.SET || kind == Kind.FROZENSET || kind == Kind.VIEW;
    }
}
