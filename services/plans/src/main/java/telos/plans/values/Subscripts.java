package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** {@code xs[i]}, {@code xs[a:b:c]}, and what is assigned to and deleted from there. */
public final class Subscripts {
    private Subscripts() {}

    /** An element, or the {@link PlanFailure} that Python raises. */
    public static Value item(Context context, Value of, Value index) {
        if (of.payload() instanceof DictBox dict && index.payload() instanceof Text name) {
            Table.Entry entry = dict.table().find(name.key());
            if (entry != null) {
                return dict.read(entry.value, of.label().join(index.label()), of);
            }
        } else if (of.payload() instanceof ListBox list && index.payload() instanceof Whole at) {
            long size = list.size();
            long from = at.clamped() < 0 ? at.clamped() + size : at.clamped();
            if (from >= 0 && from < size) {
                return list.read(list.raw().get((int) from), of.label().join(index.label()), of);
            }
        }
        return found(context, of, index);
    }

    private static Value found(Context context, Value of, Value index) {
        Label label = of.label().join(index.label());
        Label decided = of.payload() instanceof Box box ? box.shape() : Label.BOTTOM;
        try {
            return switch (of.payload()) {
                case ListBox list -> list.read(list.raw().get(at(list.size(), index, "list")), label, of);
                case DictBox dict -> {
                    decided = decided.join(Labels.deep(index));
                    Table.Entry entry = dict.table().find(Key.of(index.payload(), context));
                    if (entry == null) {
                        throw Fault.key(index);
                    }
                    Label way = label.join(Labels.deep(index));
                    yield dict.read(entry.value, way, of);
                }
                case Text text -> new Value(text.at(at(text.length(), index, "string")), label);
                case Tuple tuple ->
                    tuple.elements().get(at(tuple.size(), index, "tuple")).raised(label);
                case Span span -> new Value(span.at(at(span.length(), index, "range object")), label);
                case Match match -> new Value(match.group(index.payload()), label);
                case Type type
                when type.isMadeByPlan() && type.instances() == Kind.MEMBER -> {
                    Value member = index.payload() instanceof Text name
                            ? type.members().get(name.string())
                            : null;
                    if (member == null) {
                        throw Fault.key(index);
                    }
                    yield member.raised(label);
                }
                default -> throw Fault.type("'" + of.payload().type().name() + "' object is not subscriptable");
            };
        } catch (Fault fault) {
            throw fault.raised(label, decided);
        }
    }

    private static int at(int size, Value index, String what) {
        return (int) at((long) size, index, what);
    }

    private static long at(Whole size, Value index, String what) {
        return at(size.clamped(), index, what);
    }

    private static long at(long size, Value index, String what) {
        if (!Numbers.isWhole(index.payload())) {
            String name = what.startsWith("range") ? "range" : what.startsWith("list") ? "list" : what;
            throw Fault.type(name + " indices must be integers" + (name.equals("string") ? "" : " or slices")
                    + ", not " + (name.equals("string") ? "'" : "")
                    + index.payload().type().name()
                    + (name.equals("string") ? "'" : ""));
        }
        long at = Numbers.whole(index.payload()).clamped();
        long from = at < 0 ? at + size : at;
        if (from < 0 || from >= size) {
            throw Fault.index(what + " index out of range");
        }
        return from;
    }

    /** A slice, or the {@link PlanFailure} that Python raises; null where a bound is left out. */
    public static Value slice(
            Context context, Value of, @Nullable Value from, @Nullable Value to, @Nullable Value step) {
        Label label = SliceBounds.label(from, to, step);
        try {
            return switch (of.payload()) {
                case Text text -> {
                    SliceBounds bounds = SliceBounds.of(text.length(), from, to, step);
                    yield new Value(cut(context, text, bounds), of.label().join(label));
                }
                case ListBox list -> {
                    SliceBounds bounds = SliceBounds.of(list.size(), from, to, step);
                    ListBox made = ListBox.like(
                            bounds.of(context, list.raw()),
                            list.shape().join(label),
                            list.floor().join(label));
                    if (!label.isBottom()) {
                        made.widen(list.outline(), context);
                    }
                    yield new Value(made, of.label().join(label));
                }
                case Tuple tuple -> {
                    SliceBounds bounds = SliceBounds.of(tuple.size(), from, to, step);
                    yield new Value(
                            new Tuple(bounds.of(context, tuple.elements())),
                            of.label().join(label));
                }
                case Span span -> {
                    SliceBounds bounds = SliceBounds.of(span.length().clamped(), from, to, step);
                    Whole by = Whole.of(span.step().big().multiply(java.math.BigInteger.valueOf(bounds.step())));
                    yield new Value(
                            new Span(span.at(bounds.from()), span.at(bounds.to()), by),
                            of.label().join(label));
                }
                default ->
                    throw Fault.type(
                            of.payload() instanceof DictBox
                                    ? "unhashable type: 'slice'"
                                    : "'" + of.payload().type().name() + "' object is not subscriptable");
            };
        } catch (Fault fault) {
            throw fault.raised(of.label().join(label), Label.BOTTOM);
        }
    }

    private static Text cut(Context context, Text text, SliceBounds bounds) {
        context.bytes(bounds.count());
        if (bounds.step() == 1) {
            return text.slice((int) bounds.from(), (int) Math.max(bounds.from(), bounds.to()));
        }
        StringBuilder out = new StringBuilder();
        long at = bounds.from();
        for (long i = 0; i < bounds.count(); i++, at += bounds.step()) {
            out.appendCodePoint(text.pointAt((int) at));
        }
        return Text.of(out.toString());
    }

    /** Sets an element, or throws the {@link PlanFailure} that Python raises. */
    public static void assign(Context context, Value target, Value index, Value value) {
        Label by = target.label().join(context.pc());
        try {
            switch (target.payload()) {
                case ListBox list -> {
                    int at = at(list.size(), index, "list assignment");
                    Value element = value.raised(by);
                    Value before = list.raw().set(at, element);
                    Label told = by.join(index.label());
                    if (!told.isBottom()) {
                        list.widen(list.outline(), context);
                        list.raiseFloor(told);
                    }
                    list.replaced(before, element);
                }
                case DictBox dict -> {
                    if (!by.join(index.label()).isBottom()) {
                        dict.widen(dict.outline(), context);
                    }
                    Dicts.put(context, dict, index, value, by);
                }
                default ->
                    throw Fault.type(
                            "'" + target.payload().type().name() + "' object does not support item assignment");
            }
        } catch (Fault fault) {
            throw fault.raised(target.label().join(index.label()), shape(target).join(Labels.deep(index)));
        }
    }

    private static Label shape(Value of) {
        return of.payload() instanceof Box box ? box.shape() : Label.BOTTOM;
    }

    /** Sets a slice of a list, or throws the {@link PlanFailure} that Python raises. */
    public static void assignSlice(
            Context context,
            Value target,
            @Nullable Value from,
            @Nullable Value to,
            @Nullable Value step,
            Value value) {
        Label told = target.label().join(context.pc()).join(SliceBounds.label(from, to, step));
        try {
            if (!(target.payload() instanceof ListBox list)) {
                throw Fault.type(
                        target.payload() instanceof DictBox
                                ? "unhashable type: 'slice'"
                                : "'" + target.payload().type().name() + "' object does not support item assignment");
            }
            if (!Iterators.isIterable(value.payload())) {
                throw Fault.type(
                        step == null ? "can only assign an iterable" : "must assign iterable to extended slice");
            }
            Lists.Collected all = Lists.collect(context, value);
            SliceBounds bounds = SliceBounds.of(list.size(), from, to, step);
            Label by = told.join(all.control());
            List<Value> fresh = new ArrayList<>();
            for (Value each : all.elements()) {
                fresh.add(each.raised(by));
            }
            if (!by.isBottom()) {
                list.widen(list.outline(), context);
            }
            bounds.replace(list.raw(), fresh);
            list.raise(by);
            for (Value each : fresh) {
                list.changed(each);
            }
            list.changed();
        } catch (Fault fault) {
            throw fault.raised(
                    told.join(value.label()),
                    shape(target)
                            .join(Iterators.isIterable(value.payload()) ? Iterators.control(value) : Label.BOTTOM));
        }
    }

    /** Removes an element, or throws the {@link PlanFailure} that Python raises. */
    public static void delete(Context context, Value target, Value index) {
        Label told = target.label().join(context.pc()).join(Labels.deep(index));
        try {
            switch (target.payload()) {
                case ListBox list -> {
                    widen(context, list, told);
                    list.raw().remove(at(list.size(), index, "list assignment"));
                    list.raise(told);
                    list.changed();
                }
                case DictBox dict -> {
                    widen(context, dict, told);
                    if (dict.table().remove(Key.of(index.payload(), context)) == null) {
                        throw Fault.key(index);
                    }
                    dict.raiseShape(told);
                    dict.changed();
                }
                default ->
                    throw Fault.type("'" + target.payload().type().name() + "' object doesn't support item deletion");
            }
        } catch (Fault fault) {
            throw fault.raised(told, shape(target));
        }
    }

    private static void widen(Context context, Box box, Label told) {
        if (!told.isBottom()) {
            box.widen(box.outline(), context);
        }
    }

    /** Removes a slice of a list, or throws the {@link PlanFailure} that Python raises. */
    public static void deleteSlice(
            Context context, Value target, @Nullable Value from, @Nullable Value to, @Nullable Value step) {
        Label told = target.label().join(context.pc()).join(SliceBounds.label(from, to, step));
        try {
            if (!(target.payload() instanceof ListBox list)) {
                throw Fault.type("'" + target.payload().type().name() + "' object does not support item deletion");
            }
            widen(context, list, told);
            SliceBounds.of(list.size(), from, to, step).remove(list.raw());
            list.raise(told);
            list.changed();
        } catch (Fault fault) {
            throw fault.raised(told, shape(target));
        }
    }
}
