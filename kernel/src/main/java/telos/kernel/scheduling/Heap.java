package telos.kernel.scheduling;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of entities, each of which knows its place in it, so that one whose key changed is moved in O(log n).
 * An entity is in at most one heap of each kind.
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
    private final Comparator<Entity> order;
    private @Nullable Entity[] items = new @Nullable Entity[4];
    private int size;

    Heap(int kind, Comparator<Entity> order) {
        this.kind = kind;
        this.order = order;
    }

    int size() {
        return size;
    }

    @Nullable
    Entity first() {
        return items[0];
    }

    boolean holds(Entity entity) {
        return entity.places[kind] >= 0;
    }

    /** Puts it where it belongs now, whether it was in the heap or not. */
    void put(Entity entity) {
        int place = entity.places[kind];
        if (place < 0) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            place = size++;
        }
        if (!rise(entity, place)) {
            sink(entity, entity.places[kind]);
        }
    }

    void remove(Entity entity) {
        int place = entity.places[kind];
        if (place < 0) {
            return;
        }
        entity.places[kind] = -1;
        Entity last = at(--size);
        items[size] = null;
        if (last != entity && !rise(last, place)) {
            sink(last, last.places[kind]);
        }
    }

    /** Whether it moved; in any case it is in place. */
    private boolean rise(Entity entity, int from) {
        int place = from;
        while (place > 0) {
            Entity parent = at((place - 1) >>> 1);
            if (order.compare(entity, parent) >= 0) {
                break;
            }
            place(parent, place);
            place = (place - 1) >>> 1;
        }
        place(entity, place);
        return place != from;
    }

    private void sink(Entity entity, int from) {
        int place = from;
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && order.compare(at(child + 1), at(child)) < 0) {
                child++;
            }
            if (order.compare(entity, at(child)) <= 0) {
                break;
            }
            place(at(child), place);
            place = child;
        }
        place(entity, place);
    }

    private void place(Entity entity, int place) {
        items[place] = entity;
        entity.places[kind] = place;
    }

    private Entity at(int place) {
        Entity entity = items[place];
        if (entity == null) {
            throw new IllegalStateException("nothing at place " + place + " of " + size);
        }
        return entity;
    }
}
