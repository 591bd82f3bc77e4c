package telos.kernel.scheduling;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entity and its accounts. */
final class Entity implements Account {
    private static final long WINDOW = 5_000_000_000L;
    private static final long FORGOTTEN = 3 * WINDOW;

    final EntityId id;
    final Optional<EntityId> some;
    final Level level;
    final String name;
    final @Nullable Entity parent;
    /** 0 for the root. */
    final int depth;

    /** Where it is in which {@link Heap}, by kind; negative: not there. */
    final int[] places = new int[Heap.KINDS];

    /** By which it stands in line among those of the same rank: as of when it was put there. */
    long tie;

    Shares shares;
    final StartTag tag;
    /** As {@link #tag}, of the service that the reserved share paid for alone. */
    final StartTag reserveTag;

    @Nullable
    Server server;
    /** The server has budget now. */
    boolean entitled;

    @Nullable
    Siblings children;

    int size;
    /** Without others below it: how it stands. */
    Phase phase = Phase.IDLE;
    /** Leaves that wait and that are served, here and below. */
    int ready;

    int served;
    /** Bit d: the entity at depth d on the way here took its turn from the reserved share. */
    int reserveTurns;
    /** Bit d: the entity at depth d on the way here took its turn because it was promised. */
    int promisedTurns;

    Entity head = this;
    long arrival;
    long since;
    long turn;
    long attained;
    long longestWait;
    long dispatches;
    long preemptions;
    private long recent;
    private long window;
    /** When it got service last. */
    private long last;

    Entity(EntityId id, Level level, String name, @Nullable Entity parent, Shares shares) {
        this.id = id;
        this.some = Optional.of(id);
        this.level = level;
        this.name = name;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.shares = shares;
        Siblings siblings = parent == null ? null : parent.children;
        this.tag = new StartTag(shares.weight(), siblings == null ? 0 : siblings.time());
        this.reserveTag = new StartTag(shares.weight(), siblings == null ? 0 : siblings.reserveTime());
        Arrays.fill(places, -1);
    }

    boolean isLeaf() {
        return size == 0;
    }

    /** It never wanted service before. */
    boolean isNew() {
        return turn == 0;
    }

    boolean isBacklogged() {
        return ready + served > 0;
    }

    Phase standing() {
        return served > 0 ? Phase.SERVED : ready > 0 ? Phase.READY : Phase.IDLE;
    }

    void serviceGot(long service, long now) {
        long sum = attained + service;
        boolean overflow = service > 0 && sum < attained;
        attained = overflow ? Long.MAX_VALUE : Math.max(0, sum);
        recent = Math.max(0, recent(now) + service);
        last = now;
    }

    /**
     * Service that it got lately: what is older counts half for each window that has passed since, and nothing once it has
     * got none for {@link #FORGOTTEN} nanoseconds.
     */
    long recent(long now) {
        long current = Math.floorDiv(now, WINDOW);
        if (current != window) {
            recent = now - last < FORGOTTEN ? recent >> Math.clamp(current - window, 0, 63) : 0;
            window = current;
        }
        return recent;
    }

    /** On the way from this leaf to the root, the last one before another's way joins it. */
    Entity branch(Entity other) {
        Entity here = this;
        Entity there = other;
        while (here.parent != there.parent) {
            if (here.depth >= there.depth && here.parent != null) {
                here = here.parent;
            } else if (there.parent != null) {
                there = there.parent;
            }
        }
        return here;
    }

    /** @param time of its siblings */
    Past past(long time, long now) {
        long ahead = Math.clamp(tag.whole() - time, 0, EntityTree.MAX_SERVICE / shares.weight());
        return new Past(ahead * shares.weight(), attained, recent(now), since, longestWait, dispatches, preemptions);
    }

    /** Goes on where it, or one below it, had stopped elsewhere. */
    void carryOn(Past past, boolean own, long now) {
        attained = attained > Long.MAX_VALUE - past.attained() ? Long.MAX_VALUE : attained + past.attained();
        recent = recent(now) + past.recent();
        last = now;
        if (own) {
            longestWait = Math.max(longestWait, past.longestWait());
            dispatches = past.dispatches();
            preemptions = past.preemptions();
            since = ready > 0 ? Math.min(since, past.since()) : since;
            tag.charge(past.lead());
        }
    }

    /** Its siblings are to be lined up anew. */
    void leaveLines() {
        Arrays.fill(places, 0, Heap.THROTTLED, -1);
    }

    /** After something below it changed: who is served next here. */
    void chooseHead() {
        Entity first = children == null ? null : children.choose();
        Entity next = first == null ? this : first.head;
        if (next != head) { // a reference that stays is not written again: that costs the collector
            head = next;
        }
    }

    @Override
    public Shares shares() {
        return shares;
    }

    @Override
    public StartTag tag() {
        return tag;
    }

    @Override
    public long attained() {
        return attained;
    }

    @Override
    public long since() {
        return since;
    }

    @Override
    public long turn() {
        return turn;
    }

    @Override
    public long arrival() {
        return head.arrival;
    }

    @Override
    public Account head() {
        return head;
    }

    @Override
    public long due() {
        return dueAbove(head);
    }

    /** The earliest deadline on the way from the leaf up to this one. */
    long dueAbove(Entity leaf) {
        long due = NEVER;
        for (Entity each = leaf; each != null && each.depth >= depth; each = each.parent) {
            if (each.server != null && each.entitled) {
                due = Math.min(due, each.server.deadline());
            }
        }
        return due;
    }

    @Override
    public String toString() {
        return level.name().toLowerCase(Locale.ROOT) + " " + name + " (" + id + ")";
    }
}
