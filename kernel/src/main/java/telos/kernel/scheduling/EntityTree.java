package telos.kernel.scheduling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who wants service, as a tree: tenants, their agents, their requests, queues and commands. It says who is to be
 * served next, and keeps the accounts of who got how much.
 *
 * <p>A client adds its entities, says which leaves wait ({@link #ready}), asks whom to serve ({@link #next}), says that it
 * serves one ({@link #dispatch}), charges what that was measured to cost ({@link #charge}) as often as it likes, and says
 * when the leaf waits again ({@code ready}) or wants nothing more ({@link #idle}, {@link #remove}). As many leaves may be
 * in service at a time as the client can serve. Decisions and charges take O(log n) in each level.
 *
 * <p>Service is in a unit of the client's choice, the same in the whole tree: millionths of a token's price, or nanoseconds
 * of processor time. It is measured, never the time on the wall. {@code now} is in nanoseconds of any origin; where it steps
 * back, it counts as standing still. An entity that the tree does not hold is the caller's mistake
 * ({@link IllegalArgumentException}); what users may ask for and not get is refused as a value. Not thread-safe. A
 * long file, because all that may happen to the tree is here.
 */
public final class EntityTree {
    /*
     * Each entity has a start tag in the virtual time of its siblings: the service that it was charged divided by its
     * weight (Siblings, StartTag). Whatever concerns a leaf changes the accounts of the entities on its way to the root,
     * and of nobody else; so each call changes them, then puts each of them where it now belongs among its siblings, from
     * the leaf upwards, since an entity's place may depend on who is first below it.
     *
     * Only time itself may change a place without a call: a reservation without budget gets the next one (Server). Such
     * servers wait in a heap by that time, and every call first lets those go whose time has come.
     */

    /** Units of service in one charge at most: more is a mistake in measuring. */
    public static final long MAX_SERVICE = 1_000_000_000_000_000L;

    private final Bounds bounds;
    private final Map<EntityId, Entity> entities = new LinkedHashMap<>();
    private final Entity root;
    private final Reservations reservations;
    private final long origin;
    private Policy policy;
    private long clock = Long.MIN_VALUE;
    private long ids;
    private long turns;
    private long arrivals;

    public EntityTree(Policy policy) {
        this(policy, Bounds.USUAL);
    }

    public EntityTree(Policy policy, Bounds bounds) {
        this(policy, bounds, 0);
    }

    /** @param origin where virtual time begins */
    EntityTree(Policy policy, Bounds bounds, long origin) {
        this.policy = policy;
        this.bounds = bounds;
        this.reservations = new Reservations(bounds.reservable());
        this.origin = origin;
        root = new Entity(new EntityId(0), Level.ROOT, "all", null, Shares.USUAL);
        entities.put(root.id, root);
    }

    public EntityId root() {
        return root.id;
    }

    /** Entities, the root not counted. */
    public int size() {
        return entities.size() - 1;
    }

    public boolean contains(EntityId entity) {
        return entities.containsKey(entity);
    }

    public Policy policy() {
        return policy;
    }

    public Shares shares(EntityId entity) {
        return known(entity).shares;
    }

    String name(EntityId entity) {
        return known(entity).name;
    }

    public Phase phase(EntityId entity) {
        return known(entity).standing();
    }

    /** Whether an entity wants nothing, and would gain nothing by being removed and added again when it does. */
    public boolean isEven(EntityId entity) {
        Entity known = known(entity);
        Siblings siblings = siblings(known);
        return known.standing() == Phase.IDLE && siblings != null && known.tag.whole() - siblings.time() < 0;
    }

    /**
     * Adds an entity, idle.
     *
     * @param parent of an earlier level than {@code level}; idle, if nothing is below it yet
     */
    public Addition add(EntityId parent, Level level, String name, Shares shares, long now) {
        advance(now);
        Entity above = known(parent);
        if (level.compareTo(above.level) <= 0) {
            throw new IllegalArgumentException("a " + level + " does not go below " + above);
        }
        if (above.isLeaf() && above.phase != Phase.IDLE) {
            throw new IllegalArgumentException(above + " waits or is served itself; idle it before adding to it");
        }
        if (size() >= bounds.entities()) {
            return new Addition.Refused(new Refusal(
                    Refusal.Why.TOO_MANY_ENTITIES,
                    "no room for " + name + ": the scheduler holds " + size() + " entities and no more"));
        }
        Optional<Refusal> overbooked = reservations.refusal(name, Optional.empty(), shares.deadline());
        if (overbooked.isPresent()) {
            return new Addition.Refused(overbooked.get());
        }
        if (above.children == null) {
            above.children = new Siblings(policy.children(above.level), origin);
        }
        Entity entity = new Entity(new EntityId(++ids), level, name, above, shares);
        entities.put(entity.id, entity);
        above.size++;
        reservations.book(entity, shares.deadline(), clock);
        return new Addition.Added(entity.id);
    }

    /**
     * Gives an entity other shares. What it was charged stays; where it had reserved something else, what it was ahead for
     * that is bounded as by a change of the policy, and so it is for those above it.
     */
    public Change set(EntityId entity, Shares shares, long now) {
        advance(now);
        Entity changed = known(entity);
        if (changed == root) {
            throw new IllegalArgumentException("the root has no siblings to share with");
        }
        Optional<Refusal> overbooked = reservations.refusal(changed.name, changed.shares.deadline(), shares.deadline());
        if (overbooked.isPresent()) {
            return new Change.Refused(overbooked.get());
        }
        if (!changed.shares.deadline().equals(shares.deadline())) {
            boolean had = changed.shares.deadline().isPresent();
            reservations.book(changed, shares.deadline(), clock);
            if (had) {
                Siblings.boundWay(changed, bounds.ahead());
            }
        }
        Siblings siblings = siblings(changed);
        if (siblings != null) {
            siblings.weigh(changed, shares.weight());
        }
        changed.shares = shares;
        settle(changed, Moved.ALL);
        return new Change.Changed();
    }

    /** Takes out an entity with nothing below it. What it was charged stays with its ancestors, who stay too. */
    public void remove(EntityId entity) {
        Entity removed = known(entity);
        if (removed.parent == null || !removed.isLeaf()) {
            throw new IllegalArgumentException(removed + " has others below it, or is the root; it stays");
        }
        rest(removed);
        reservations.cancel(removed);
        removed.parent.size--;
        entities.remove(entity);
    }

    /** A leaf waits for service: it wants some again, or goes out of service and wants more. */
    public void ready(EntityId entity, long now) {
        advance(now);
        Entity leaf = leaf(entity);
        switch (leaf.phase) {
            case IDLE -> wake(leaf);
            case SERVED -> {
                leaf.phase = Phase.READY;
                for (Entity each = leaf; each != null; each = each.parent) {
                    each.since = each.ready == 0 ? clock : each.since;
                    each.ready++;
                    each.served--;
                    each.preemptions++;
                }
                settle(leaf, Moved.HEAD);
            }
            case READY -> {}
        }
    }

    private void wake(Entity leaf) {
        leaf.phase = Phase.READY;
        leaf.arrival = ++arrivals;
        for (Entity each = leaf; each != null; each = each.parent) {
            Siblings siblings = siblings(each);
            if (siblings != null && each.ready == 0) {
                siblings.lift(each);
            }
            if (!each.isBacklogged()) {
                each.turn = ++turns;
                reservations.wake(each, clock);
            }
            each.since = each.ready == 0 ? clock : each.since;
            each.ready++;
        }
        settle(leaf, Moved.ALL);
    }

    /** A leaf goes into service, if it is not in it already. */
    public void dispatch(EntityId entity, long now) {
        advance(now);
        Entity leaf = leaf(entity);
        if (leaf.phase == Phase.SERVED) {
            return;
        }
        if (leaf.phase == Phase.IDLE) {
            wake(leaf);
        }
        leaf.phase = Phase.SERVED;
        leaf.reserveTurns = 0;
        leaf.promisedTurns = 0;
        turns++;
        for (Entity each = leaf; each != null; each = each.parent) {
            Siblings siblings = siblings(each);
            if (siblings != null) {
                siblings.dispatch(each, leaf);
            }
            each.longestWait = Math.max(each.longestWait, clock - each.since);
            each.since = clock;
            each.turn = turns;
            each.dispatches++;
            each.ready--;
            each.served++;
        }
        settle(leaf, Moved.TURN);
    }

    /** A leaf wants no service, or no more. */
    public void idle(EntityId entity, long now) {
        advance(now);
        rest(leaf(entity));
    }

    private void rest(Entity leaf) {
        if (leaf.phase == Phase.IDLE) {
            return;
        }
        for (Entity each = leaf; each != null; each = each.parent) {
            Siblings siblings = siblings(each);
            if (siblings != null) {
                siblings.advance();
            }
            each.ready -= leaf.phase == Phase.READY ? 1 : 0;
            each.served -= leaf.phase == Phase.SERVED ? 1 : 0;
        }
        leaf.phase = Phase.IDLE;
        settle(leaf, Moved.HEAD);
    }

    /** Whom to serve now, if anybody waits. Asking has no effect on who is served. */
    public Optional<EntityId> next(long now) {
        advance(now);
        return root.ready == 0 ? Optional.empty() : root.head.some;
    }

    /**
     * Charges measured service to a leaf, in whatever phase, and to its ancestors.
     *
     * @param service at most {@link #MAX_SERVICE}; negative: gives back what was charged too much
     */
    public void charge(EntityId entity, long service, long now) {
        advance(now);
        Entity leaf = leaf(entity);
        if (Math.abs(service) > MAX_SERVICE || service < -leaf.attained) {
            throw new IllegalArgumentException("a charge of " + service + " to " + leaf + ", which was charged "
                    + leaf.attained + " so far; at most " + MAX_SERVICE + " at a time, and back no more than that");
        }
        for (Entity each = leaf; each != null; each = each.parent) {
            each.serviceGot(service, clock);
            Siblings siblings = siblings(each);
            if (siblings != null) {
                siblings.charge(each, leaf, service);
            }
            reservations.charge(each, service, clock);
        }
        settle(leaf, Moved.CHARGE);
    }

    /** Who of two leaves that wait or are in service would be served first: negative if the first. */
    public int compare(EntityId first, EntityId second) {
        Entity a = leaf(first);
        Entity b = leaf(second);
        return a == b ? 0 : Siblings.compare(a, b);
    }

    /** Whether a leaf that waits may take the place of one in service, if it goes before it. */
    public Overtaking overtaking(EntityId waits, EntityId served) {
        Entity a = leaf(waits);
        Entity b = leaf(served);
        return a == b ? Overtaking.NEVER : Siblings.overtaking(a, b);
    }

    /** What a leaf would take along to another tree. */
    public Past past(EntityId entity, long now) {
        advance(now);
        Entity leaf = leaf(entity);
        Siblings siblings = siblings(leaf);
        return leaf.past(siblings == null ? origin : siblings.time(), clock);
    }

    /** Gives a leaf that has got nothing here yet what it had in another tree, once all that come from there are here. */
    public void carryOn(EntityId entity, Past past, long now) {
        advance(now);
        Entity leaf = leaf(entity);
        for (Entity each = leaf; each != null; each = each.parent) {
            each.carryOn(past, each == leaf, clock);
        }
        settle(leaf, Moved.ALL);
    }

    /**
     * Divides by another policy from now on. All accounts are kept, those of turns in flight too; but who is ahead of its
     * siblings is so by no more than {@link Bounds#carried} from now on, so that nobody pays for long for what it got under
     * another rule.
     */
    public void policy(Policy changed, long now) {
        advance(now);
        policy = changed;
        List<Entity> all = List.copyOf(entities.values());
        for (Entity each : all) {
            if (each.children != null) {
                each.children = each.children.under(policy.children(each.level), bounds.ahead());
            }
            each.leaveLines();
        }
        for (Entity each : all.reversed()) { // whoever is below comes first
            each.chooseHead();
            Siblings siblings = siblings(each);
            if (siblings != null) {
                siblings.bound(each, bounds.ahead());
                siblings.place(each, each, Moved.ALL);
            }
        }
    }

    /** All entities, each after the one above it. */
    public List<EntityStatus> status(long now) {
        advance(now);
        return new Survey(clock, origin).of(entities.values(), true);
    }

    /** As {@link #status}, but for those that want nothing and got less than a 2000th of the service lately. */
    public List<EntityStatus> active(long now) {
        advance(now);
        return new Survey(clock, origin).of(entities.values(), false);
    }

    private void advance(long now) {
        clock = Math.max(clock, now);
        for (Entity each = reservations.release(clock); each != null; each = reservations.release(clock)) {
            settle(each, Moved.HEAD);
        }
    }

    /** Puts a leaf and all above it where they belong now. */
    private static void settle(Entity leaf, Moved moved) {
        for (Entity each = leaf; each != null; each = each.parent) {
            each.chooseHead();
            Siblings siblings = siblings(each);
            if (siblings != null) {
                siblings.place(each, leaf, moved);
                siblings.advance();
            }
        }
    }

    private static @Nullable Siblings siblings(Entity entity) {
        return entity.parent == null ? null : entity.parent.children;
    }

    private Entity known(EntityId id) {
        Entity entity = entities.get(id);
        if (entity == null) {
            throw new IllegalArgumentException("the tree has no " + id + "; it was removed, or never added");
        }
        return entity;
    }

    private Entity leaf(EntityId id) {
        Entity entity = known(id);
        if (entity == root || !entity.isLeaf()) {
            throw new IllegalArgumentException(
                    entity + " is not served itself: only those with nothing below them are");
        }
        return entity;
    }
}
