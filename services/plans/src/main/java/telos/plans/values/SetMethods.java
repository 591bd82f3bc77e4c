package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import telos.kernel.security.Label;

/** The methods of sets and frozensets. */
final class SetMethods {
    private static final long BOTH = Kind.SET.bit() | Kind.FROZENSET.bit();

    static final Map<String, Builtin> TABLE = new LinkedHashMap<>();
    static final Map<String, Builtin> OF_FROZEN = new LinkedHashMap<>();

    private SetMethods() {}

    private static void add(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.method(name, signature, act, tell));
    }

    private static void share(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        add(name, signature, act, tell);
        OF_FROZEN.put(name, Builtin.method(name, signature, act, tell));
    }

    private static SetBox set(Slots s) {
        return (SetBox) s.payload(0);
    }

    static {
        add(
                "add",
                "elem",
                s -> {
                    widen(s);
                    Sets.add(s.context(), set(s), s.at(1), s.writing());
                    return Value.NOTHING;
                },
                o -> Prospect.of(Outline.NONE, Outlines.unhashable(o.at(1)))
                        .changing(
                                o.at(0).union(Outline.holding(Kind.SET, Outline.plus(o.extent(0), 1), o.at(1), null))));
        remove("remove", true);
        remove("discard", false);
        add(
                "pop",
                "",
                s -> {
                    int at = set(s).table().next(0);
                    Table.Entry first = at < 0 ? null : set(s).table().at(at);
                    if (first == null) {
                        throw Fault.of(ErrorKind.KEY, "pop from an empty set").by(set(s).shape());
                    }
                    Value element = set(s).read(first.name, s.label(), s.at(0));
                    widen(s);
                    set(s).raise(s.writing());
                    set(s).table().remove(first.key);
                    set(s).changed();
                    return element;
                },
                o -> Prospect.of(o.at(0).elementOrNone(), Errors.KEY).changing(o.at(0)));
        add(
                "clear",
                "",
                s -> {
                    widen(s);
                    set(s).raise(s.writing());
                    set(s).table().clear();
                    set(s).changed();
                    return Value.NOTHING;
                },
                o -> Prospect.sure(Outline.NONE).changing(o.at(0)));
        share(
                "copy",
                "",
                s -> new Value(Sets.copy(s.context(), set(s), set(s).isFrozen())),
                o -> Prospect.sure(o.at(0)));
        combine("union", BinaryOperation.OR);
        combine("intersection", BinaryOperation.AND);
        combine("difference", BinaryOperation.SUBTRACT);
        combine("symmetric_difference", BinaryOperation.XOR);
        update("update", BinaryOperation.OR);
        update("intersection_update", BinaryOperation.AND);
        update("difference_update", BinaryOperation.SUBTRACT);
        update("symmetric_difference_update", BinaryOperation.XOR);
        compare("issubset");
        compare("issuperset");
        compare("isdisjoint");
    }

    private static void widen(Slots s) {
        if (!s.writing().join(s.label()).isBottom()) {
            set(s).widen(set(s).outline(), s.context());
        }
    }

    private static void remove(String name, boolean must) {
        add(
                name,
                "elem",
                s -> {
                    s.deep(1);
                    Label told = s.writing().join(s.label());
                    Table.Entry entry = set(s).table().find(Key.of(s.payload(1), s.context()));
                    if (entry == null && must) {
                        throw Fault.key(s.at(1)).by(set(s).shape().join(s.label()));
                    }
                    widen(s);
                    set(s).raise(told);
                    if (entry != null) {
                        set(s).table().remove(entry.key);
                        set(s).changed();
                    }
                    return Value.NOTHING;
                },
                o -> Prospect.of(Outline.NONE, Outlines.unhashable(o.at(1)).andIf(must, Errors.KEY))
                        .changing(o.at(0)));
    }

    private static void combine(String name, BinaryOperation operation) {
        boolean one = operation == BinaryOperation.XOR;
        share(
                name,
                one ? "other" : "*others",
                s -> {
                    SetBox made = Sets.copy(s.context(), set(s), set(s).isFrozen());
                    for (Value each : one ? List.of(s.at(1)) : s.rest()) {
                        made = Sets.combined(
                                s.context(), operation, made, Sets.collected(s.context(), each), set(s).isFrozen());
                    }
                    return new Value(made);
                },
                o -> {
                    List<Outline> others = one ? List.of(o.at(1)) : o.rest();
                    Prospect all = Prospect.sure(o.at(0));
                    for (Outline each : others) {
                        all = with(all, operation, each);
                    }
                    return all;
                });
    }

    private static Prospect with(Prospect before, BinaryOperation operation, Outline other) {
        Prospect iterated = Iterators.all(other);
        Outline element = iterated.result().elementOrNone();
        Outline set = before.result();
        boolean grows = operation == BinaryOperation.OR || operation == BinaryOperation.XOR;
        Outline after = set;
        if (grows) {
            for (Kind each : set.kinds()) {
                after = after.union(Outline.holding(
                        each, Outline.plus(set.extent(), iterated.result().extent()), element, null));
            }
        }
        return Prospect.of(after, before.errors().and(iterated.errors()).and(Outlines.unhashable(element)))
                .taking(before.more())
                .taking(combined(set, iterated.result()));
    }

    /** The most bytes that sets of both take, and one of their elements. */
    private static long combined(Outline set, Outline other) {
        return Outline.times(Outline.plus(set.extent(), Outline.times(other.extent(), 2)), 64);
    }

    private static void update(String name, BinaryOperation operation) {
        boolean one = operation == BinaryOperation.XOR;
        add(
                name,
                one ? "other" : "*others",
                s -> {
                    widen(s);
                    for (Value each : one ? List.of(s.at(1)) : s.rest()) {
                        Sets.update(s.context(), operation, set(s), each, s.writing());
                    }
                    return Value.NOTHING;
                },
                o -> {
                    List<Outline> others = one ? List.of(o.at(1)) : o.rest();
                    Prospect all = Prospect.sure(o.at(0));
                    for (Outline each : others) {
                        all = with(all, operation, each);
                    }
                    return new Prospect(Outline.NONE, all.errors(), all.result(), false, all.more());
                });
    }

    private static void compare(String name) {
        share(
                name,
                "other",
                s -> {
                    SetBox other = Sets.collected(s.context(), s.at(1));
                    s.tell(set(s).shape().join(other.shape()));
                    boolean holds = switch (name) {
                        case "issubset" -> Equality.within(s.context(), set(s), other);
                        case "issuperset" -> Equality.within(s.context(), other, set(s));
                        default ->
                            Sets.combined(s.context(), BinaryOperation.AND, set(s), other, false)
                                            .size()
                                    == 0;
                    };
                    return Value.of(holds);
                },
                o -> {
                    Prospect iterated = Iterators.all(o.at(1));
                    Errors errors = o.at(1).isOnly(BOTH)
                            ? Errors.NONE
                            : Outlines.unhashable(iterated.result().elementOrNone());
                    return Prospect.of(Outline.BOOL, iterated.errors().and(errors))
                            .taking(combined(o.at(0), iterated.result()));
                });
    }
}
