package telos.kernel.scheduling;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The children of one entity, in the policy's order, and their virtual time.
 *
 * <p>Virtual time is the largest of all start tags that were least among the waiting ones at a dispatch, or least among
 * those that wait or are in service at any call. It never goes back. A child that wants service again after none of its
 * leaves waited is lifted to it: time without demand is neither saved up nor paid for. A new child begins in even time.
 */
final class Siblings {
    private static final Comparator<Entity> ELDER =
            Comparator.<Entity>comparingLong(entity -> entity.turn).thenComparingLong(entity -> entity.id.value());
    private static final Comparator<Entity> BY_TAG = (a, b) -> {
        int apart = a.tag.compareTo(b.tag);
        return apart != 0 ? apart : ELDER.compare(a, b);
    };
    private static final Comparator<Entity> BY_RESERVE = (a, b) -> {
        int apart = a.reserveTag.compareTo(b.reserveTag);
        return apart != 0 ? apart : ELDER.compare(a, b);
    };
    private static final long MOST_OWED = 1L << 60;

    private final Discipline discipline;
    private final Heap backlog = new Heap(Heap.BACKLOG, BY_TAG);
    private final Heap waiting = new Heap(Heap.WAITING, BY_TAG);
    private final Heap line;
    private final @Nullable Heap reserve;
    private final EvenTime even;
    private final EvenTime reserveEven;
    /** Of those that wait or are in service. */
    private long weights;

    private long time;
    private long reserveTime;
    /** Service that the reserved share is behind, in hundredths. */
    private long owed;

    Siblings(Discipline discipline, long time, long reserveTime) {
        this.discipline = discipline;
        this.time = time;
        this.reserveTime = reserveTime;
        this.even = new EvenTime(time);
        this.reserveEven = new EvenTime(reserveTime);
        this.line = discipline.equals(Discipline.FAIR)
                ? waiting
                : new Heap(Heap.LINE, (a, b) -> {
                    int apart = discipline.compare(a, b);
                    return apart != 0 ? apart : ELDER.compare(a, b);
                });
        this.reserve = discipline.reserve() > 0 ? new Heap(Heap.RESERVE, BY_RESERVE) : null;
    }

    long time() {
        return time;
    }

    long reserveTime() {
        return reserveTime;
    }

    /** Before the backlog loses or gets somebody, and after tags moved. */
    void advance() {
        Entity least = backlog.first();
        if (least != null) {
            advance(least.tag);
        }
    }

    private void advance(StartTag tag) {
        if (tag.whole() - time > 0) {
            time = tag.whole();
        }
    }

    /** A child that wants service: again, or for the first time. */
    void lift(Entity child) {
        advance();
        child.tag.lift(child.isNew() ? even.time(time) : time);
        child.reserveTag.lift(child.isNew() ? reserveEven.time(reserveTime) : reserveTime);
    }

    void weigh(Entity child, long weight) {
        weights += backlog.holds(child) ? weight - child.shares.weight() : 0;
        child.tag.weigh(weight);
        child.reserveTag.weigh(weight);
    }

    /** One below the child goes into service. */
    boolean dispatch(Entity child) {
        Entity least = waiting.first();
        if (least != null) {
            advance(least.tag);
        }
        boolean fromReserve = reserve != null && owed > 0 && reserve.first() == child;
        if (fromReserve && child.reserveTag.whole() - reserveTime > 0) {
            reserveTime = child.reserveTag.whole();
        }
        return fromReserve;
    }

    void charge(Entity child, long service, boolean fromReserve) {
        if (backlog.holds(child)) {
            even.time(time);
            even.charge(service, weights);
        }
        child.tag.charge(service);
        if (reserve == null) {
            return;
        }
        if (fromReserve) {
            if (backlog.holds(child)) {
                reserveEven.time(reserveTime);
                reserveEven.charge(service, weights);
            }
            child.reserveTag.charge(service);
        }
        boolean contended = waiting.size() > (waiting.holds(child) ? 1 : 0);
        if (contended) {
            long percent = fromReserve ? discipline.reserve() - 100 : discipline.reserve();
            owed = Math.clamp(owed + percent * service, -MOST_OWED, MOST_OWED);
        }
    }

    /** Puts a child where it belongs after any change. */
    void place(Entity child) {
        if (backlog.holds(child) != child.isBacklogged()) {
            weights += child.isBacklogged() ? child.shares.weight() : -child.shares.weight();
        }
        place(backlog, child, child.isBacklogged());
        place(waiting, child, child.ready > 0);
        if (line != waiting) {
            place(line, child, child.ready > 0);
        }
        if (reserve != null) {
            place(reserve, child, child.ready > 0);
        }
    }

    private static void place(Heap heap, Entity child, boolean belongs) {
        if (belongs) {
            heap.put(child);
        } else {
            heap.remove(child);
        }
    }

    /** Below whom the next is served. */
    @Nullable
    Entity choose() {
        return reserve != null && owed > 0 ? reserve.first() : line.first();
    }

    /** Who of two children goes first if it is about these two leaves below them. */
    int compare(Entity a, Entity leafOfA, Entity b, Entity leafOfB) {
        int apart = discipline.compare(new Headed(a, leafOfA), new Headed(b, leafOfB));
        return apart != 0 ? apart : ELDER.compare(a, b);
    }

    /** An entity seen as if a certain leaf below it were the next to be served. */
    private record Headed(Entity entity, Entity leaf) implements Account {
        @Override
        public Shares shares() {
            return entity.shares;
        }

        @Override
        public StartTag tag() {
            return entity.tag;
        }

        @Override
        public long attained() {
            return entity.attained;
        }

        @Override
        public long since() {
            return entity.since;
        }

        @Override
        public long turn() {
            return entity.turn;
        }

        @Override
        public long arrival() {
            return leaf.arrival;
        }

        @Override
        public Account head() {
            return leaf;
        }

        @Override
        public long due() {
            return entity.dueAbove(leaf);
        }
    }
}
