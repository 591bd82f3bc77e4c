package telos.plans.values;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order of insertion, found by key. A cursor is a position in that order and stands still while entries
 * go or come, as CPython's does. Keys are ordered as well as hashed, so that keys which all hash alike cost the logarithm
 * of their number, not their number.
 */
final class Table {
    /** A key, as it was first given, and what it stands for. */
    static final class Entry {
        final Key key;
        final Value name;
        Value value;
        private int position;

        Entry(Key key, Value name, Value value, int position) {
            this.key = key;
            this.name = name;
            this.value = value;
            this.position = position;
        }
    }

    private final Map<Key, Entry> found = new HashMap<>();
    private final ArrayList<@Nullable Entry> order = new ArrayList<>();

    int size() {
        return found.size();
    }

    @Nullable
    Entry find(Key key) {
        return found.get(key);
    }

    /** Gives the entry of that key, made last if there was none, that value; what it had before, or null. */
    @Nullable
    Value put(Key key, Value name, Value value) {
        Entry known = found.get(key);
        if (known != null) {
            Value before = known.value;
            known.value = value;
            return before;
        }
        Entry made = new Entry(key, name, value, order.size());
        found.put(key, made);
        order.add(made);
        return null;
    }

    @Nullable
    Entry remove(Key key) {
        Entry gone = found.remove(key);
        if (gone != null) {
            order.set(gone.position, null);
            tidy();
        }
        return gone;
    }

    private void tidy() {
        if (found.isEmpty()) {
            order.clear();
        } else if (order.getLast() == null) {
            order.removeLast();
        } else if (order.size() > 32 && found.size() < order.size() / 2) {
            int to = 0;
            for (Entry each : order) {
                if (each != null) {
                    each.position = to;
                    order.set(to++, each);
                }
            }
            order.subList(to, order.size()).clear();
        }
    }

    void clear() {
        found.clear();
        order.clear();
    }

    @Nullable
    Entry last() {
        for (int at = order.size() - 1; at >= 0; at--) {
            if (order.get(at) != null) {
                return order.get(at);
            }
        }
        return null;
    }

    /** The position of the first entry at or behind a position, or -1. */
    int next(int from) {
        for (int at = from; at < order.size(); at++) {
            if (order.get(at) != null) {
                return at;
            }
        }
        return -1;
    }

    int positions() {
        return order.size();
    }

    @Nullable
    Entry at(int position) {
        return order.get(position);
    }

    /** The entries in order, at this moment. */
    List<Entry> entries() {
        ArrayList<Entry> all = new ArrayList<>(found.size());
        for (Entry each : order) {
            if (each != null) {
                all.add(each);
            }
        }
        return all;
    }

    List<Value> names() {
        ArrayList<Value> all = new ArrayList<>(found.size());
        for (Entry each : order) {
            if (each != null) {
                all.add(each.name);
            }
        }
        return all;
    }

    List<Value> values() {
        ArrayList<Value> all = new ArrayList<>(found.size());
        for (Entry each : order) {
            if (each != null) {
                all.add(each.value);
            }
        }
        return all;
    }
}
