package telos.plans.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** A dictionary, in the order of insertion. Which keys there are is its shape. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class DictBox extends Box {
    private final Table table = new Table();
    private @Nullable DictBox whole;

    Table table() {
        return table;
    }

    /** Sets an entry without joining anything to shape or floor: for whoever builds a dictionary from outside. */
    public void put(Value key, Value value) {
        table.put(Key.of(key.payload()), key, value);
        changed(value);
    }

    /** What would stand under each key that it can have, where it came in; to be said before anything else of what it lacks. */
    public void isPartOf(DictBox all) {
        whole = all;
        List<Box> boxes = new ArrayList<>();
        for (Table.Entry each : all.table.entries()) {
            if (each.value.payload() instanceof Box box) {
                boxes.add(box);
            }
        }
        mayLack(boxes);
    }

    /** That; null where it did not come in, or everybody may know its keys. */
    public @Nullable DictBox whole() {
        return whole;
    }

    /** The value of a text key with its own label only, or null. */
    public @Nullable Value find(String key) {
        Table.Entry entry = table.find(Key.of(Text.of(key)));
        return entry == null ? null : entry.value;
    }

    /**
     * Whether it has these text keys in this order and no others, and their values are scalars with these labels, of which
     * these very outlines tell.
     */
    public boolean isAlike(String[] keys, Label[] labels, Outline[] outlines) {
        if (table.size() != keys.length) {
            return false;
        }
        int at = 0;
        for (int i = table.next(0); i >= 0; i = table.next(i + 1)) {
            Table.Entry entry = java.util.Objects.requireNonNull(table.at(i));
            if (entry.value.outline() != outlines[at]
                    || entry.value.label() != labels[at]
                    || entry.value.payload() instanceof Box
                    || !(entry.name.payload() instanceof Text text)
                    || !entry.name.isPublic()
                    || !text.string().equals(keys[at])) {
                return false;
            }
            at++;
        }
        return true;
    }

    /**
     * To be said of one that came in, and of one that came in before it: if both have the same text keys in the same order, and
     * under them scalars of the same labels of which the same is known, they share what is known of either.
     */
    public void comesAfter(DictBox before) {
        boolean alike = table.size() == before.table.size()
                && shape() == before.shape()
                && floor() == before.floor()
                && before.outline().isFlat();
        for (int i = 0; alike && i < table.positions(); i++) {
            Table.Entry mine = table.at(i);
            Table.Entry other = before.table.at(i);
            alike = mine != null && other != null && isAlike(mine, other);
        }
        if (alike) {
            liken(before);
        }
    }

    private static boolean isAlike(Table.Entry mine, Table.Entry other) {
        return mine.value.outline() != null
                && mine.value.outline() == other.value.outline()
                && mine.value.label() == other.value.label()
                && mine.value.isScalar()
                && mine.name.isPublic()
                && mine.key.equals(other.key)
                && mine.name.payload() instanceof Text;
    }

    /** Each key with its value behind it, as they stand, each with its own label only. */
    public List<Value> parts() {
        List<Value> all = new ArrayList<>(2 * table.size());
        for (Table.Entry each : table.entries()) {
            all.add(each.name);
            all.add(each.value);
        }
        return all;
    }

    /** Keys and values as they stand, each with its own label only. */
    public SequencedMap<Value, Value> entries() {
        SequencedMap<Value, Value> all = new LinkedHashMap<>();
        for (Table.Entry each : table.entries()) {
            all.put(each.name, each.value);
        }
        return all;
    }

    @Override
    boolean swap(Context context, Payload at, Value scalar) {
        Table.Entry entry = table.find(Key.of(at));
        boolean alike = entry != null && entry.value.label() == scalar.label() && entry.value.isScalar();
        if (entry != null && alike) {
            context.bytes(Dicts.BYTES);
            entry.value = scalar;
        }
        return alike;
    }

    /**
     * What {@code get} gives of a dictionary, where both key and default hold nothing: known only as far as all allow.
     *
     * @param reference what it is reached by
     */
    public static Value get(Value reference, DictBox dict, Value key, Value otherwise) {
        Label way = reference.label().join(key.label()).join(otherwise.label()).join(dict.shape());
        Value standing = dict.standing(key.payload());
        return (standing == null ? otherwise : dict.read(standing, way, reference)).raised(way);
    }

    @Override
    public @Nullable Value standing(Payload at) {
        Table.Entry entry = table.find(Key.of(at));
        return entry == null ? null : entry.value;
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    int places() {
        return table.positions();
    }

    @Override
    @Nullable
    Value at(int place) {
        Table.Entry entry = table.at(place);
        return entry == null ? null : entry.value;
    }

    @Override
    @Nullable
    Value key(int place) {
        Table.Entry entry = table.at(place);
        return entry == null ? null : entry.name;
    }

    @Override
    Outline computeOutline(Sight sight) {
        if (table.size() <= Outline.MOST_FIELDS) {
            Outline alike = Outline.alike(table, sight);
            if (alike != null) {
                return alike;
            }
            SequencedMap<String, Outline> fields = new LinkedHashMap<>();
            for (Table.Entry each : table.entries()) {
                if (each.name.payload() instanceof Text text && each.name.outline() == null) {
                    fields.put(text.string(), sight.inside(each.value));
                }
            }
            if (fields.size() == table.size()) {
                Outline made = Outline.dict(fields).shared();
                Outline.found(made);
                return made;
            }
        }
        Outline scalars = sum().elements(this);
        return scalars == null
                ? Outline.holding(Kind.DICT, table.size(), sight.all(table.values()), sight.all(table.names()))
                : Outline.holding(Kind.DICT, table.size(), scalars, sum().keys());
    }

    @Override
    public Kind kind() {
        return Kind.DICT;
    }
}
