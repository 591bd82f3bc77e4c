package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A dictionary, in the order of insertion. Which keys there are is its shape. */
public final class DictBox extends Box {
    private final Table table = new Table();

    Table table() {
        return table;
    }

    /** Sets an entry without joining anything to shape or floor: for whoever builds a dictionary from outside. */
    public void put(Value key, Value value) {
        table.put(Key.of(key.payload()), key, value);
        changed(value);
    }

    /** The value of a text key with its own label only, or null. */
    public @Nullable Value find(String key) {
        Table.Entry entry = table.find(Key.of(Text.of(key)));
        return entry == null ? null : entry.value;
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
    public int size() {
        return table.size();
    }

    @Override
    Outline computeOutline(Sight sight) {
        if (table.size() <= Outline.MOST_FIELDS) {
            SequencedMap<String, Outline> fields = new LinkedHashMap<>();
            for (Table.Entry each : table.entries()) {
                if (each.name.payload() instanceof Text text && each.name.outline() == null) {
                    fields.put(text.string(), sight.inside(each.value));
                }
            }
            if (fields.size() == table.size()) {
                return Outline.dict(fields);
            }
        }
        return Outline.holding(Kind.DICT, table.size(), sight.all(table.values()), sight.all(table.names()));
    }

    @Override
    public Kind kind() {
        return Kind.DICT;
    }
}
