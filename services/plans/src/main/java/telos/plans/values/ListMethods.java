package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** The methods of lists and tuples. */
final class ListMethods {
    static final Map<String, Builtin> TABLE = new LinkedHashMap<>();
    static final Map<String, Builtin> OF_TUPLES = new LinkedHashMap<>();

    private ListMethods() {}

    private static void add(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.method(name, signature, act, tell));
    }

    private static ListBox list(Slots s) {
        return (ListBox) s.payload(0);
    }

    /** The list as it can be with one more of these in it. */
    private static Outline with(Outlines o, Outline element, long more) {
        Outline list = o.at(0);
        return list.union(Outline.holding(Kind.LIST, Outline.plus(list.extent(), more), element, null));
    }

    static {
        add(
                "append",
                "object",
                s -> {
                    Lists.append(s.context(), list(s), s.at(1), s.writing());
                    return Value.NOTHING;
                },
                o -> Prospect.sure(Outline.NONE).changing(with(o, o.at(1), 1)));
        add(
                "extend",
                "iterable",
                s -> {
                    Lists.extend(
                            s.context(),
                            list(s),
                            s.at(1),
                            s.writing().join(s.at(1).label()));
                    return Value.NOTHING;
                },
                o -> {
                    Prospect iterated = Iterators.all(o.at(1));
                    return Prospect.of(Outline.NONE, iterated.errors())
                            .taking(Outline.times(iterated.result().extent(), 16))
                            .changing(with(
                                    o,
                                    iterated.result().elementOrNone(),
                                    iterated.result().extent()));
                });
        add(
                "insert",
                "index object",
                s -> {
                    long at = s.whole(1);
                    int size = list(s).size();
                    s.context().bytes(16);
                    s.context().steps(size / 64);
                    Value element = s.at(2).raised(s.writing().join(s.at(1).label()));
                    moved(s.context(), list(s), s.writing().join(s.at(1).label()));
                    list(s).raw().add(Math.clamp(at < 0 ? at + size : at, 0, size), element);
                    list(s).changed(element);
                    return Value.NOTHING;
                },
                o -> Prospect.of(Outline.NONE, o.unless(1, Outlines.WHOLES)).changing(with(o, o.at(2), 1)));
        add(
                "pop",
                "index?",
                ListMethods::pop,
                o -> Prospect.of(o.at(0).elementOrNone(), Errors.INDEX.and(o.unless(1, Outlines.WHOLES)))
                        .changing(o.at(0)));
        add(
                "remove",
                "value",
                s -> {
                    int at = find(s, list(s).raw(), 0, Integer.MAX_VALUE);
                    if (at < 0) {
                        throw Fault.value("list.remove(x): x not in list");
                    }
                    moved(s.context(), list(s), s.writing().join(s.label()));
                    list(s).raw().remove(at);
                    list(s).changed();
                    return Value.NOTHING;
                },
                o -> Prospect.of(Outline.NONE, Errors.VALUE.and(sought(o))).changing(o.at(0)));
        add(
                "clear",
                "",
                s -> {
                    moved(s.context(), list(s), s.writing());
                    list(s).raw().clear();
                    list(s).changed();
                    return Value.NOTHING;
                },
                o -> Prospect.sure(Outline.NONE).changing(o.at(0)));
        Builtin.Act index = s -> {
            List<Value> all = elements(s.payload(0));
            int at = find(s, all, bound(s, 2, 0, all.size()), bound(s, 3, all.size(), all.size()));
            if (at < 0) {
                throw Fault.value(
                        s.payload(0) instanceof ListBox
                                ? Texts.quoted(s.payload(1)) + " is not in list"
                                : "tuple.index(x): x not in tuple");
            }
            return Value.of(at);
        };
        Builtin.Tell indexed = o -> Prospect.of(
                Outline.upTo(o.extent(0)),
                Errors.VALUE
                        .and(o.unless(2, Outlines.WHOLES))
                        .and(o.unless(3, Outlines.WHOLES))
                        .andIf(o.at(1).isDeep(), Errors.RECURSION)
                        .and(sought(o)));
        add("index", "value start? stop?", index, indexed);
        Builtin.Act count = s -> {
            long found = 0;
            for (Value each : elements(s.payload(0))) {
                found += Equality.same(s.context(), each.payload(), s.payload(1)) ? 1 : 0;
                s.context().steps(1);
            }
            s.deep(0);
            s.deep(1);
            return Value.of(found);
        };
        Builtin.Tell counted = o -> Prospect.of(Outline.upTo(o.extent(0)), sought(o));
        add("count", "value", count, counted);
        TABLE.put(
                "sort",
                Builtin.caller(
                        "sort",
                        "self !key? !reverse?",
                        true,
                        s -> {
                            s.tell(list(s).shape());
                            Lists.sort(
                                    s.context(),
                                    list(s),
                                    s.or(1, Value.NOTHING),
                                    s.flag(2),
                                    s.writing().join(flagged(s)));
                            return Value.NOTHING;
                        },
                        o -> {
                            Prospect keyed = Functions.keyed(o, 1, o.at(0).elementOrNone());
                            return new Prospect(
                                            Outline.NONE,
                                            keyed.errors()
                                                    .and(Order.errors(keyed.result(), keyed.result()))
                                                    .and(sortFlag(o)),
                                            o.at(0),
                                            keyed.unbounded())
                                    .taking(Outline.times(o.at(0).extent(), 32))
                                    .taking(Functions.computing(
                                            o, 1, keyed, o.at(0).extent()));
                        }));
        add(
                "reverse",
                "",
                s -> {
                    s.context().steps(list(s).size() / 16);
                    list(s).raiseFloor(s.writing());
                    java.util.Collections.reverse(list(s).raw());
                    list(s).changed();
                    return Value.NOTHING;
                },
                o -> Prospect.sure(Outline.NONE).changing(o.at(0)));
        add(
                "copy",
                "",
                s -> {
                    s.context().bytes(8L * list(s).size());
                    return new Value(ListBox.like(list(s).raw(), list(s).shape(), list(s).floor()));
                },
                o -> Prospect.sure(o.at(0)));
        OF_TUPLES.put("index", Builtin.method("index", "value start? stop?", index, indexed));
        OF_TUPLES.put("count", Builtin.method("count", "value", count, counted));
    }

    /** What the flag {@code reverse} tells by the order. */
    private static Label flagged(Slots s) {
        return s.or(2, Value.FALSE).label().join(s.or(1, Value.NOTHING).label());
    }

    private static Errors sortFlag(Outlines o) {
        return o.unless(2, Outlines.WHOLES);
    }

    /** What looking for something among the elements may raise. */
    private static Errors sought(Outlines o) {
        return Equality.errors(o.at(0).elementOrNone(), o.at(1));
    }

    /** A change after which who may know {@code by} only may know how many and which elements there are. */
    private static void moved(Context context, ListBox list, Label by) {
        if (!by.isBottom()) {
            list.widen(list.outline(), context);
            list.raise(by);
        }
    }

    private static List<Value> elements(Payload payload) {
        return payload instanceof ListBox list ? list.raw() : ((Tuple) payload).elements();
    }

    private static int bound(Slots s, int place, long otherwise, int size) {
        long at = s.has(place) ? s.whole(place) : otherwise;
        return Math.clamp(at < 0 ? at + size : at, 0, size);
    }

    /** The first place between two bounds of what equals the second argument, or -1. */
    private static int find(Slots s, List<Value> all, int from, int to) {
        s.deep(0);
        s.deep(1);
        for (int at = from; at < Math.min(to, all.size()); at++) {
            s.context().steps(1);
            if (Equality.same(s.context(), all.get(at).payload(), s.payload(1))) {
                return at;
            }
        }
        return -1;
    }

    private static Value pop(Slots s) {
        ListBox list = list(s);
        @Nullable Value index = s.has(1) ? s.at(1) : null;
        Label decided = list.shape();
        if (list.size() == 0) {
            throw Fault.index("pop from empty list").by(decided);
        }
        long at = index == null ? -1 : s.whole(1);
        long from = at < 0 ? at + list.size() : at;
        if (from < 0 || from >= list.size()) {
            throw Fault.index("pop index out of range").by(decided);
        }
        s.context().steps((list.size() - from) / 64);
        Value element = list.read(list.raw().get((int) from), s.label(), s.at(0));
        moved(s.context(), list, s.writing().join(index == null ? Label.BOTTOM : index.label()));
        list.raw().remove((int) from);
        list.changed();
        return element;
    }
}
