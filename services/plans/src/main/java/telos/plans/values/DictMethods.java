package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** The methods of dictionaries and of their views. */
final class DictMethods {
    static final Map<String, Builtin> TABLE = new LinkedHashMap<>();

    private DictMethods() {}

    private static void add(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.method(name, signature, act, tell));
    }

    private static DictBox dict(Slots s) {
        return (DictBox) s.payload(0);
    }

    private static Table.@Nullable Entry find(Slots s) {
        s.deep(1);
        s.tell(dict(s).shape());
        return dict(s).table().find(Key.of(s.payload(1), s.context()));
    }

    private static Outline value(Outlines o) {
        Map<String, Outline> fields = o.at(0).fields();
        Text name = o.at(1).constantText();
        Outline field = fields == null || name == null ? null : fields.get(name.string());
        return field != null ? field : o.at(0).elementOrNone();
    }

    private static boolean has(Outlines o) {
        Map<String, Outline> fields = o.at(0).fields();
        Text name = o.at(1).constantText();
        return fields != null && name != null && fields.containsKey(name.string());
    }

    static {
        add(
                "get",
                "key default?",
                s -> {
                    Table.Entry entry = find(s);
                    return entry == null ? s.or(2, Value.NOTHING) : dict(s).read(entry.value, s.label(), s.at(0));
                },
                o -> Prospect.of(has(o) ? value(o) : value(o).union(o.at(2)), Outlines.unhashable(o.at(1))));
        view("keys", DictView.Of.KEYS);
        view("values", DictView.Of.VALUES);
        view("items", DictView.Of.ITEMS);
        add(
                "pop",
                "key default?",
                s -> {
                    Table.Entry entry = find(s);
                    if (entry == null) {
                        if (!s.has(2)) {
                            throw Fault.key(s.at(1)).by(s.label());
                        }
                        moved(s.context(), dict(s), s.writing().join(Labels.deep(s.at(1))));
                        return s.at(2);
                    }
                    Value value = dict(s).read(entry.value, s.label(), s.at(0));
                    moved(s.context(), dict(s), s.writing().join(Labels.deep(s.at(1))));
                    dict(s).table().remove(entry.key);
                    dict(s).changed();
                    return value;
                },
                o -> Prospect.of(
                                o.has(2) ? value(o).union(o.at(2)) : value(o),
                                Outlines.unhashable(o.at(1)).andIf(!o.has(2) && !has(o), Errors.KEY))
                        .changing(o.at(0).withoutFields()));
        add(
                "popitem",
                "",
                s -> {
                    Table.Entry last = dict(s).table().last();
                    if (last == null) {
                        throw Fault.of(ErrorKind.KEY, "popitem(): dictionary is empty")
                                .by(dict(s).shape());
                    }
                    s.tell(dict(s).shape());
                    Value value = dict(s).read(last.value, s.label(), s.at(0));
                    Value name = last.name.raised(s.label().join(dict(s).floor()));
                    moved(s.context(), dict(s), s.writing());
                    dict(s).table().remove(last.key);
                    dict(s).changed();
                    return new Value(Tuple.of(name, value));
                },
                o -> Prospect.of(
                                Outline.tuple(java.util.List.of(
                                        o.at(0).keyOrNone(), o.at(0).elementOrNone())),
                                Errors.KEY)
                        .changing(o.at(0).withoutFields()));
        add(
                "setdefault",
                "key default?",
                s -> {
                    Table.Entry entry = find(s);
                    Value given = s.or(2, Value.NOTHING);
                    if (!s.writing().join(s.label()).isBottom()) {
                        dict(s).widen(
                                        dict(s).outline()
                                                .union(Outline.holding(
                                                        Kind.DICT,
                                                        dict(s).size() + 1L,
                                                        Outline.of(given),
                                                        Outline.of(s.at(1)))),
                                        s.context());
                    }
                    if (entry == null) {
                        Dicts.put(s.context(), dict(s), s.at(1), given.raised(dict(s).shape()), s.writing());
                        return given;
                    }
                    dict(s).raise(s.writing().join(Labels.deep(s.at(1))));
                    return dict(s).read(entry.value, s.label(), s.at(0));
                },
                o -> Prospect.of(value(o).union(o.at(2)), Outlines.unhashable(o.at(1)))
                        .changing(
                                has(o)
                                        ? o.at(0)
                                        : o.at(0)
                                                .union(Outline.holding(
                                                        Kind.DICT, Outline.plus(o.extent(0), 1), o.at(2), o.at(1)))));
        add(
                "update",
                "other? **more",
                s -> {
                    if (!s.writing().join(s.label()).isBottom()) {
                        dict(s).widen(dict(s).outline(), s.context());
                    }
                    if (s.has(1)) {
                        Dicts.update(
                                s.context(),
                                dict(s),
                                s.at(1),
                                s.writing().join(s.at(1).label()));
                    }
                    for (Map.Entry<String, Value> each : s.named().entrySet()) {
                        Dicts.put(s.context(), dict(s), Value.of(each.getKey()), each.getValue(), s.writing());
                    }
                    return Value.NOTHING;
                },
                o -> {
                    Prospect updated = o.has(1) ? Dicts.outlineOfUpdate(o.at(0), o.at(1)) : Prospect.sure(o.at(0));
                    Outline after = updated.result().union(o.at(0));
                    if (!o.named().isEmpty()) {
                        after = after.union(Outline.dict(o.named()));
                        after = after.extent(
                                Outline.plus(after.extent(), o.named().size()));
                    }
                    long added = Outline.plus(
                            o.has(1) ? o.at(1).extent() : 0, o.named().size());
                    return new Prospect(
                            Outline.NONE,
                            updated.errors(),
                            after,
                            false,
                            Outline.plus(updated.more(), Outline.times(added, Dicts.BYTES)));
                });
        add(
                "clear",
                "",
                s -> {
                    moved(s.context(), dict(s), s.writing());
                    dict(s).table().clear();
                    dict(s).changed();
                    return Value.NOTHING;
                },
                o -> Prospect.sure(Outline.NONE).changing(o.at(0).withoutFields()));
        add("copy", "", s -> new Value(Dicts.copy(s.context(), dict(s))), o -> Prospect.sure(o.at(0)));
    }

    private static void view(String name, DictView.Of of) {
        add(name, "", s -> new Value(new DictView(dict(s), of)), o -> Prospect.sure(Outline.view(o.at(0), of)));
    }

    private static void moved(Context context, DictBox dict, Label by) {
        if (!by.isBottom()) {
            dict.widen(dict.outline().withoutFields(), context);
            dict.raise(by);
        }
    }

    /** {@code dict.fromkeys}. */
    static Value fromKeys(Slots s) {
        DictBox dict = new DictBox();
        Lists.Collected keys = Lists.collect(s.context(), s.at(0));
        for (Value each : keys.elements()) {
            Dicts.put(s.context(), dict, each, s.or(1, Value.NOTHING), Label.BOTTOM);
        }
        dict.raise(keys.control());
        return new Value(dict);
    }

    static Prospect outlineOfFromKeys(Outlines o) {
        Prospect keys = Iterators.all(o.at(0));
        Outline key = keys.result().elementOrNone();
        return Prospect.of(
                        Outline.holding(Kind.DICT, keys.result().extent(), o.at(1), key),
                        keys.errors().and(Outlines.unhashable(key)))
                .taking(Outline.times(keys.result().extent(), Lists.MADE));
    }
}
