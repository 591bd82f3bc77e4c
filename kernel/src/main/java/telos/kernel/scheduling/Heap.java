package telos.kernel.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of entities by a number, each of which knows its place in it, so that one whose number changed is moved in
 * O(log n). The numbers lie beside each other here, since most of the time of a decision would go to fetching them from
 * the entities. An entity is in at most one heap of each kind.
 */
final class Heap {
    /** What heaps are for; an entity keeps its place by it. Siblings that wait or are in service, by start tag. */
    static final int BACKLOG = 0;
    /** Siblings that wait, by start tag. */
    static final int WAITING = 1;
    /** Siblings that wait, by the policy's discipline. */
    static final int LINE = 2;
    /** Siblings that wait, by what they got of the reserved share. */
    static final int RESERVE = 3;
    /** Servers without budget, by when they get the next. */
    static final int THROTTLED = 4;

    static final int KINDS = 5;

    private final int kind;
    private final boolean tags;
    private final boolean tagsTie;
    private @Nullable Entity[] items = new @Nullable Entity[4];
    private long[] keys = new long[items.length];
    private int size;

    /** By numbers. */
    Heap(int kind) {
        this(kind, false, false);
    }

    private Heap(int kind, boolean tags, boolean tagsTie) {
        this.kind = kind;
        this.tags = tags;
        this.tagsTie = tagsTie;
    }

    /** By the whole parts of tags, which are compared by difference. */
    static Heap byTag(int kind) {
        return new Heap(kind, true, true);
    }

    /** By numbers, and among the same by tag. */
    static Heap byNumberAndTag(int kind) {
        return new Heap(kind, false, true);
    }

    int size() {
        return size;
    }

    @Nullable
    Entity first() {
        return items[0];
    }

    /** The least tag here, or that time if it is later or nobody is here. */
    long atLeast(long time) {
        return size > 0 && keys[0] - time > 0 ? keys[0] : time;
    }

    boolean holds(Entity entity) {
        return entity.places[kind] >= 0;
    }

    /** Whether it stands here by that key. */
    boolean holds(Entity entity, long key) {
        int place = entity.places[kind];
        return place >= 0 && keys[place] == key;
    }

    /** Puts it where it belongs now, whether it was in the heap or not. */
    void put(Entity entity, long key) {
        int place = entity.places[kind];
        if (place < 0) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
                keys = Arrays.copyOf(keys, size * 2);
            }
            place = size++;
            entity.places[kind] = place;
        }
        moveFrom(place, entity, key);
    }

    void remove(Entity entity) {
        int place = entity.places[kind];
        if (place < 0) {
            return;
        }
        entity.places[kind] = -1;
        Entity last = at(--size);
        items[size] = null;
        if (last != entity) {
            moveFrom(place, last, keys[size]);
        }
    }

    private void moveFrom(int from, Entity entity, long key) {
        int place = rise(from, entity, key);
        place(place == from ? sink(from, entity, key) : place, entity, key);
    }

    /** Where it belongs if it belongs above. */
    private int rise(int from, Entity entity, long key) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) >>> 1;
            if (!before(entity, key, at(above), keys[above])) {
                break;
            }
            place(place, at(above), keys[above]);
            place = above;
        }
        return place;
    }

    private int sink(int from, Entity entity, long key) {
        int place = from;
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && before(at(child + 1), keys[child + 1], at(child), keys[child])) {
                child++;
            }
            if (!before(at(child), keys[child], entity, key)) {
                break;
            }
            place(place, at(child), keys[child]);
            place = child;
        }
        return place;
    }

    private boolean before(Entity a, long keyOfA, Entity b, long keyOfB) {
        if (keyOfA != keyOfB) {
            return tags ? keyOfA - keyOfB < 0 : keyOfA < keyOfB;
        }
        return tie(a, b) < 0;
    }

    /** Of two with the same key. Where only the least key counts, they stand in any order. */
    private int tie(Entity a, Entity b) {
        return switch (kind) {
            case LINE -> tie(tagsTie ? a.tag.compareTo(b.tag) : 0, a.tie, b.tie, a, b);
            case RESERVE -> tie(a.reserveTag.compareTo(b.reserveTag), a.turn, b.turn, a, b);
            case THROTTLED -> tie(0, 0, 0, a, b);
            default -> 0;
        };
    }

    private static int tie(int tags, long first, long second, Entity a, Entity b) {
        int apart = tags != 0 ? tags : Long.compare(first, second);
        return apart != 0 ? apart : Long.compare(a.id.value(), b.id.value());
    }

    private void place(int place, Entity entity, long key) {
        keys[place] = key;
        if (items[place] != entity) { // a reference that stays is not written again: that costs the collector
            items[place] = entity;
            entity.places[kind] = place;
        }
    }

    private Entity at(int place) {
        Entity entity = items[place];
        if (entity == null) {
            throw new IllegalStateException("nothing at place " + place + " of " + size);
        }
        return entity;
    }
}
