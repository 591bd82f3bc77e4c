package telos.kernel.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * The children of one entity, in the policy's order, and their virtual time.
 *
 * <p>Virtual time is the largest of all start tags that were least among those that wait or are in service at any call, or,
 * where tags decide, least among the waiting ones at a dispatch. It never goes back. A child that wants service again after none of its
 * leaves waited is lifted to it: time without demand is neither saved up nor paid for. A new child begins in even time.
 */
final class Siblings {
    private static final long MOST_OWED = 1L << 60;

    private final Discipline discipline;
    private final Discipline.Tie tie;
    private final Heap backlog = Heap.byTag(Heap.BACKLOG);
    private final Heap line;
    /** To whose least tag virtual time goes at a dispatch. */
    private final Heap furthest;

    private final @Nullable Heap reserve;
    private final EvenTime even;
    private final EvenTime reserveEven;
    /** Of those that wait or are in service. */
    private long weights;

    private long time;
    private long reserveTime;
    /** Service that the reserved share is behind, in hundredths. */
    private long owed;

    Siblings(Discipline discipline, long time) {
        this(discipline, new EvenTime(time), new EvenTime(time));
        this.time = time;
        this.reserveTime = time;
    }

    private Siblings(Discipline discipline, EvenTime even, EvenTime reserveEven) {
        this.discipline = discipline;
        this.even = even;
        this.reserveEven = reserveEven;
        this.tie = discipline.tie();
        if (discipline.equals(Fair.BY_TAG)) {
            this.line = Heap.byTag(Heap.LINE);
            this.furthest = line;
        } else if (tie == Discipline.Tie.TAG) {
            this.line = Heap.byNumberAndTag(Heap.LINE);
            this.furthest = Heap.byTag(Heap.WAITING);
        } else {
            this.line = new Heap(Heap.LINE);
            this.furthest = backlog;
        }
        this.reserve = discipline.reserve() > 0 ? Heap.byTag(Heap.RESERVE) : null;
    }

    /**
     * The same accounts by another discipline; the children are to be placed anew.
     *
     * @param ahead of virtual time, where those to come begin at most
     */
    Siblings under(Discipline changed, long ahead) {
        Siblings siblings = new Siblings(changed, even, reserveEven);
        siblings.time = time;
        siblings.reserveTime = reserveTime;
        siblings.owed = owed;
        siblings.even.bound(time + ahead);
        return siblings;
    }

    long time() {
        return time;
    }

    long reserveTime() {
        return reserveTime;
    }

    /** Before the backlog loses or gets somebody, and after tags moved. */
    void advance() {
        time = backlog.atLeast(time);
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

    /** Forgives what a child is further ahead of virtual time than that, before it is placed. */
    void bound(Entity child, long ahead) {
        child.tag.bound(time + ahead);
    }

    /** As {@link #bound}, of an entity among its siblings, and of all above it among theirs. */
    static void boundWay(Entity entity, long ahead) {
        for (Entity each = entity; each.parent != null; each = each.parent) {
            of(each).bound(each, ahead);
        }
    }

    /** A leaf at or below the child goes into service. */
    void dispatch(Entity child, Entity leaf) {
        time = furthest.atLeast(time);
        int bit = 1 << child.depth;
        if (reserve != null && owed > 0 && reserve.first() == child) {
            leaf.reserveTurns |= bit;
            reserveTime += Math.max(0, child.reserveTag.whole() - reserveTime);
        }
        if (discipline.promised(new Headed(child, leaf))) {
            leaf.promisedTurns |= bit;
        }
    }

    /** A leaf at or below the child is charged: for the turn in which it is, or its last. */
    void charge(Entity child, Entity leaf, long service) {
        boolean fromReserve = fromReserve(child, leaf);
        if (backlog.holds(child) && (leaf.promisedTurns & 1 << child.depth) == 0) {
            even.time(time);
            even.charge(service, weights);
        }
        child.tag.charge(service);
        if (fromReserve) {
            if (backlog.holds(child)) {
                reserveEven.time(reserveTime);
                reserveEven.charge(service, weights);
            }
            child.reserveTag.charge(service);
        }
        boolean contended = line.size() > (line.holds(child) ? 1 : 0);
        if (contended) { // a turn that the reserve paid for is told from it even if the policy has changed since
            long percent = fromReserve ? discipline.reserve() - 100 : discipline.reserve();
            owed = Math.clamp(owed + percent * service, -MOST_OWED, MOST_OWED);
        }
    }

    private static boolean fromReserve(Entity child, Entity leaf) {
        return (leaf.reserveTurns & 1 << child.depth) != 0;
    }

    /** Puts a child where it belongs after a change of a leaf at or below it. */
    void place(Entity child, Entity leaf, Moved moved) {
        if (backlog.holds(child) != child.isBacklogged()) {
            weights += child.isBacklogged() ? child.shares.weight() : -child.shares.weight();
        }
        place(backlog, child, child.isBacklogged(), child.tag.whole(), false);
        boolean waits = child.ready > 0;
        placeInLine(child, waits, moved == Moved.CHARGE || moved == Moved.ALL);
        if (furthest != line && furthest != backlog) {
            place(furthest, child, waits, child.tag.whole(), false);
        }
        if (reserve != null) {
            boolean changed = switch (moved) {
                case HEAD -> false;
                case CHARGE -> fromReserve(child, leaf);
                case TURN, ALL -> true;
            };
            place(reserve, child, waits, child.reserveTag.whole(), changed);
        }
    }

    private void placeInLine(Entity child, boolean waits, boolean tags) {
        long rank = line == furthest ? child.tag.whole() : discipline.rank(child);
        long next = tie == Discipline.Tie.ARRIVAL ? child.arrival() : child.turn;
        boolean moved = next != child.tie || (tags && tie == Discipline.Tie.TAG);
        child.tie = next;
        place(line, child, waits, rank, moved);
    }

    /** @param moved although it may have the same key */
    private static void place(Heap heap, Entity child, boolean belongs, long key, boolean moved) {
        if (!belongs) {
            heap.remove(child);
        } else if (moved || !heap.holds(child, key)) {
            heap.put(child, key);
        }
    }

    /** Below whom the next is served. */
    @Nullable
    Entity choose() {
        return reserve != null && owed > 0 ? reserve.first() : line.first();
    }

    /** Who of two leaves goes first: that is between the two siblings above them. */
    static int compare(Entity a, Entity b) {
        Headed overA = new Headed(a.branch(b), a);
        Headed overB = new Headed(b.branch(a), b);
        int apart = of(overA.entity).discipline.compare(overA, overB);
        return apart != 0 ? apart : elder(overA.entity, overB.entity);
    }

    /** Whether the first of two leaves, which waits, may take the place of the other. */
    static Overtaking overtaking(Entity a, Entity b) {
        Headed overA = new Headed(a.branch(b), a);
        return of(overA.entity).discipline.overtaking(overA, new Headed(b.branch(a), b));
    }

    /** Who was dispatched longest ago, then who is there longest. */
    private static int elder(Entity a, Entity b) {
        int apart = Long.compare(a.turn, b.turn);
        return apart != 0 ? apart : Long.compare(a.id.value(), b.id.value());
    }

    private static Siblings of(Entity child) {
        Siblings siblings = child.parent == null ? null : child.parent.children;
        if (siblings == null) {
            throw new IllegalStateException(child + " has nobody beside it");
        }
        return siblings;
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
