package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** What changes dictionaries, with the labels that changing them takes. */
final class Dicts {
    /** What one entry takes. */
    static final long BYTES = 64;
    /** What reading one from a pair takes beside that. */
    private static final long PAIR = 16;

    private Dicts() {}

    /**
     * Sets an entry. Which keys there are, and which of the values is the new one, tell of the key: both rise by its label,
     * whether or not it was there.
     */
    static void put(Context context, DictBox dict, Value key, Value value, Label by) {
        context.bytes(BYTES);
        Label told = by.join(Labels.deep(key));
        Value element = value.raised(by);
        Value before = dict.table().put(Key.of(key.payload(), context), key.raised(by), element);
        dict.raise(told);
        changed(dict, key, before, element);
    }

    static DictBox copy(Context context, DictBox dict) {
        DictBox made = new DictBox();
        made.raiseShape(dict.shape());
        made.raiseFloor(dict.floor());
        context.bytes(BYTES * dict.size());
        context.steps(dict.size() / 8);
        for (Table.Entry each : dict.table().entries()) {
            made.table().put(each.key, each.name, each.value);
        }
        return made;
    }

    static void merge(Context context, DictBox into, DictBox from, Label by) {
        context.bytes(BYTES * from.size());
        context.steps(from.size() / 8);
        into.raiseShape(by.join(from.shape()));
        into.raiseFloor(by.join(from.floor()).join(from.shape()));
        for (Table.Entry each : from.table().entries()) {
            Value element = each.value.raised(by);
            Value before = into.table().put(each.key, each.name.raised(by), element);
            changed(into, each.name, before, element);
        }
    }

    private static void changed(DictBox dict, Value key, @Nullable Value before, Value element) {
        if (before == null) {
            dict.grown(element);
            dict.grownKey(key);
        } else {
            dict.replaced(before, element);
        }
    }

    /** From a dictionary or from pairs, as {@code dict()} and {@code update()} read them. */
    static void update(Context context, DictBox dict, Value from, Label by) {
        if (from.payload() instanceof DictBox other) {
            merge(context, dict, other, by.join(from.label()));
            return;
        }
        IteratorBox iterator = Iterators.of(context, from);
        int at = 0;
        for (Value each = iterator.next(context); each != null; each = iterator.next(context)) {
            Lists.Collected pair = pair(context, each, at++);
            context.steps(1);
            put(
                    context,
                    dict,
                    pair.elements().getFirst(),
                    pair.elements().getLast(),
                    by.join(pair.control()).join(each.label()));
        }
        dict.raise(by.join(iterator.control()));
    }

    private static Lists.Collected pair(Context context, Value from, int at) {
        if (!Iterators.isIterable(from.payload())) {
            throw Fault.type("cannot convert dictionary update sequence element #" + at + " to a sequence");
        }
        context.bytes(PAIR);
        IteratorBox iterator = Iterators.of(context, from);
        List<Value> both = new ArrayList<>(2);
        long length = 0;
        for (Value each = iterator.next(context); each != null; each = iterator.next(context)) {
            context.steps(1);
            if (length++ < 2) {
                both.add(each);
            }
        }
        if (length != 2) {
            throw Fault.value(
                    "dictionary update sequence element #" + at + " has length " + length + "; 2 is required");
        }
        return new Lists.Collected(both, iterator.control());
    }

    /** What a dictionary can be after {@code update}. */
    static Prospect outlineOfUpdate(Outline dict, Outline from) {
        Prospect all = Prospect.NEVER;
        if (from.may(Kind.DICT)) {
            Outline other = from.only(Kind.DICT);
            all = all.or(Prospect.sure(Outline.holding(
                    Kind.DICT,
                    Outline.plus(dict.extent(), other.extent()),
                    dict.elementOrNone().union(other.elementOrNone()),
                    dict.keyOrNone().union(other.keyOrNone()))));
        }
        Outline rest = from.without(Kind.DICT);
        if (!rest.isNever()) {
            Prospect iterated = Iterators.all(rest);
            Outline pair = iterated.result().elementOrNone();
            Prospect inside = Iterators.all(pair);
            Outline part = inside.result().elementOrNone();
            all = all.or(Prospect.of(
                            Outline.holding(
                                    Kind.DICT,
                                    Outline.plus(
                                            dict.extent(), iterated.result().extent()),
                                    dict.elementOrNone().union(part),
                                    dict.keyOrNone().union(part)),
                            iterated.errors()
                                    .and(inside.errors())
                                    .and(Errors.VALUE)
                                    .and(Outlines.unhashable(part)))
                    .taking(Outline.times(iterated.result().extent(), PAIR)));
        }
        return all;
    }
}
