package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import telos.kernel.security.Label;

/** What changes lists, with the labels that changing them takes. */
final class Lists {
    private Lists() {}

    /** @param by the context and the reference to the list */
    static void append(Context context, ListBox list, Value value, Label by) {
        context.bytes(16);
        list.raiseShape(by);
        Value element = value.raised(by);
        list.raw().add(element);
        list.grown(element);
    }

    static void extend(Context context, ListBox list, Value iterable, Label by) {
        Collected all = collect(context, iterable);
        list.raiseShape(by.join(all.control()));
        for (Value each : all.elements()) {
            Value element = each.raised(by);
            list.raw().add(element);
            list.grown(element);
        }
    }

    /** The bytes that an element takes, with its place, where it is made as it is asked for. */
    static final long MADE = 64;

    /** All elements of something that can be iterated, and who may know how many. */
    record Collected(List<Value> elements, Label control) {}

    static Collected collect(Context context, Value iterable) {
        if (iterable.isPublic()
                && iterable.payload() instanceof ListBox list
                && list.shape().isBottom()
                && list.floor().isBottom()) {
            context.bytes(8L * list.size());
            context.steps(list.size() / 8);
            return new Collected(new ArrayList<>(list.raw()), Label.BOTTOM);
        }
        IteratorBox iterator = Iterators.of(context, iterable);
        List<Value> all = new ArrayList<>();
        boolean makes = iterable.payload() instanceof Span || iterable.payload() instanceof IteratorBox;
        for (Value each = iterator.next(context); each != null; each = iterator.next(context)) {
            context.bytes(makes ? MADE : 8);
            context.steps(1);
            all.add(each);
        }
        return new Collected(all, iterator.control());
    }

    /** Sorts in place; what the order tells of the keys rises into the floor. */
    static void sort(Context context, ListBox list, Value key, boolean reverse, Label by) {
        List<Value> before = new ArrayList<>(list.raw());
        Sorted sorted = sorted(context, before, key, reverse);
        list.raw().clear();
        list.raw().addAll(sorted.elements());
        list.raiseFloor(by.join(sorted.compared()));
        list.changed();
    }

    record Sorted(List<Value> elements, Label compared) {}

    static Sorted sorted(Context context, List<Value> values, Value key, boolean reverse) {
        List<Value> keys = null;
        if (key.payload() != Nothing.NOTHING) {
            keys = new ArrayList<>(values.size());
            for (Value each : values) {
                keys.add(context.call(key, Arguments.of(each)));
            }
        }
        Label compared = values.size() < 2 && keys == null ? Label.BOTTOM : Labels.deep(keys == null ? values : keys);
        return new Sorted(Order.sorted(context, values, keys, reverse), compared.join(key.label()));
    }
}
