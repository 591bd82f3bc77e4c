package telos.plans.values;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order of insertion, found by key. A cursor is a position in that order and stands still while entries
 * go or come, as CPython's does. Keys are ordered as well as hashed, so that keys which all hash alike cost the logarithm
 * of their number, not their number. Few entries are found by looking through them, for most keys of rows are the very same
 * object.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Table {
    /** Up to so many places are looked through one by one. */
    private static final int FEW = 8;

    private static final Key[] NO_KEYS = new Key[0];
    private static final Entry[] NO_ENTRIES = new Entry[0];

    /** A key, as it was first given, and what it stands for. */
    static final class Entry {
        final Key key;
        Value name;
        Value value;
        private int position;

        Entry(Key key, Value name, Value value, int position) {
            this.key = key;
            this.name = name;
            this.value = value;
            this.position = position;
        }
    }

    /** By place; null where nothing stands any more. */
    private @Nullable Entry[] order = NO_ENTRIES;

    /** The keys of these. */
    private @Nullable Key[] keys = NO_KEYS;

    /** How many places are used, and how many of them have something. */
    private int end;

    private int size;

    /** All of them, once there were more than a few. */
    private @Nullable Map<Key, Entry> found;

    int size() {
        return size;
    }

    @Nullable
    Entry find(Key key) {
        Map<Key, Entry> map = found;
        if (map != null) {
            return map.get(key);
        }
        for (int i = 0; i < end; i++) {
            if (keys[i] == key) {
                return order[i];
            }
        }
        for (int i = 0; i < end; i++) {
            Key each = keys[i];
            if (each != null && each.equals(key)) {
                return order[i];
            }
        }
        return null;
    }

    /** Gives the entry of that key, made last if there was none, that value; what it had before, or null. */
    @Nullable
    Value put(Key key, Value name, Value value) {
        Entry known = find(key);
        if (known != null) {
            Value before = known.value;
            known.value = value;
            return before;
        }
        if (end == order.length) {
            int more = Math.max(4, end + (end >> 1) + 1);
            order = Arrays.copyOf(order, more);
            keys = Arrays.copyOf(keys, more);
        }
        Entry made = new Entry(key, name, value, end);
        order[end] = made;
        keys[end] = key;
        end++;
        size++;
        if (found != null) {
            found.put(key, made);
        } else if (end > FEW) {
            found = new HashMap<>();
            for (int i = 0; i < end; i++) {
                Entry each = order[i];
                if (each != null) {
                    found.put(each.key, each);
                }
            }
        }
        return null;
    }

    @Nullable
    Entry remove(Key key) {
        Entry gone = find(key);
        if (gone != null) {
            if (found != null) {
                found.remove(key);
            }
            order[gone.position] = null;
            keys[gone.position] = null;
            size--;
            tidy();
        }
        return gone;
    }

    private void tidy() {
        if (size == 0) {
            forget(0);
        } else if (order[end - 1] == null) {
            forget(end - 1);
        } else if (end > 32 && size < end / 2) {
            int to = 0;
            for (int i = 0; i < end; i++) {
                Entry each = order[i];
                if (each != null) {
                    each.position = to;
                    order[to] = each;
                    keys[to] = each.key;
                    to++;
                }
            }
            forget(to);
        }
    }

    /** No place from there on is used any more. */
    private void forget(int from) {
        Arrays.fill(order, from, end, null);
        Arrays.fill(keys, from, end, null);
        end = from;
    }

    void clear() {
        forget(0);
        size = 0;
        found = null;
    }

    @Nullable
    Entry last() {
        for (int at = end - 1; at >= 0; at--) {
            if (order[at] != null) {
                return order[at];
            }
        }
        return null;
    }

    /** The position of the first entry at or behind a position, or -1. */
    int next(int from) {
        for (int at = from; at < end; at++) {
            if (order[at] != null) {
                return at;
            }
        }
        return -1;
    }

    int positions() {
        return end;
    }

    @Nullable
    Entry at(int position) {
        return order[position];
    }

    /** The entries in order, at this moment. */
    List<Entry> entries() {
        ArrayList<Entry> all = new ArrayList<>(size);
        for (int i = 0; i < end; i++) {
            Entry each = order[i];
            if (each != null) {
                all.add(each);
            }
        }
        return all;
    }

    List<Value> names() {
        ArrayList<Value> all = new ArrayList<>(size);
        for (int i = 0; i < end; i++) {
            Entry each = order[i];
            if (each != null) {
                all.add(each.name);
            }
        }
        return all;
    }

    List<Value> values() {
        ArrayList<Value> all = new ArrayList<>(size);
        for (int i = 0; i < end; i++) {
            Entry each = order[i];
            if (each != null) {
                all.add(each.value);
            }
        }
        return all;
    }
}
