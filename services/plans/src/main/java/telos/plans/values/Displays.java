package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import telos.kernel.security.Label;

/** {@code [a, b]}, {@code (a, b)}, {@code {a, b}} and {@code {a: b}}: new containers of values that are there. */
public final class Displays {
    private Displays() {}

    public static Value list(Context context, List<Value> elements) {
        context.bytes(32 + 8L * elements.size());
        return new Value(new ListBox(elements));
    }

    public static Value tuple(Context context, List<Value> elements) {
        context.bytes(32 + 8L * elements.size());
        return new Value(elements.isEmpty() ? Tuple.EMPTY : new Tuple(elements));
    }

    /** A set, or the {@link PlanFailure} that one of them cannot be in one. */
    public static Value set(Context context, List<Value> elements) {
        SetBox set = new SetBox(false);
        for (Value each : elements) {
            try {
                Sets.add(context, set, each, Label.BOTTOM);
            } catch (Fault fault) {
                throw fault.raised(Label.BOTTOM, Labels.deep(elements));
            }
        }
        if (!set.shape().isBottom()) {
            // Those that are equal here may differ in another world.
            set.widen(Outline.holding(Kind.SET, elements.size(), Outline.ofAll(elements), null), context);
        }
        return new Value(set);
    }

    /** A dictionary, or the {@link PlanFailure} that one of them cannot be a key. */
    public static Value dict(Context context, List<Value> keys, List<Value> values) {
        DictBox dict = new DictBox();
        for (int i = 0; i < keys.size(); i++) {
            try {
                Dicts.put(context, dict, keys.get(i), values.get(i), Label.BOTTOM);
            } catch (Fault fault) {
                throw fault.raised(Label.BOTTOM, Labels.deep(keys));
            }
        }
        if (!dict.shape().isBottom()) {
            dict.widen(Outline.holding(Kind.DICT, keys.size(), Outline.ofAll(values), Outline.ofAll(keys)), context);
        }
        return new Value(dict);
    }

    /** What {@code **other} adds to a dictionary that is being made. */
    public static void spread(Context context, Value dict, Value other) {
        if (!(other.payload() instanceof DictBox from) || !(dict.payload() instanceof DictBox into)) {
            throw Fault.type("'" + other.payload().type().name() + "' object is not a mapping")
                    .raised(other.label(), Label.BOTTOM);
        }
        Dicts.merge(context, into, from, other.label());
    }

    public static Prospect outlineOfList(List<Outline> elements) {
        return Prospect.sure(Outline.holding(Kind.LIST, elements.size(), union(elements), null));
    }

    public static Prospect outlineOfTuple(List<Outline> elements) {
        return Prospect.sure(Outline.tuple(elements));
    }

    public static Prospect outlineOfSet(List<Outline> elements) {
        Outline all = union(elements);
        return Prospect.of(Outline.holding(Kind.SET, elements.size(), all, null), Outlines.unhashable(all));
    }

    public static Prospect outlineOfDict(List<Outline> keys, List<Outline> values) {
        Map<String, Outline> fields = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Text name = keys.get(i).constantText();
            if (name == null) {
                Outline all = union(keys);
                return Prospect.of(
                        Outline.holding(Kind.DICT, keys.size(), union(values), all), Outlines.unhashable(all));
            }
            fields.put(name.string(), values.get(i));
        }
        return Prospect.sure(Outline.dict(fields));
    }

    public static Prospect outlineOfSpread(Outline dict, Outline other) {
        return Dicts.outlineOfUpdate(dict, other.only(Kind.DICT))
                .and(Errors.NONE.andIf(!other.isOnly(Kind.DICT), Errors.TYPE));
    }

    static Outline union(List<Outline> all) {
        Outline union = Outline.NEVER;
        for (Outline each : all) {
            union = union.union(each);
        }
        return union;
    }
}
