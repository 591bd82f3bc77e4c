package telos.plans.values;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * A payload with identity, that can be changed. {@code shape} is who may know its length, keys, order and presence of
 * elements; {@code floor} is joined to whatever is read out of it; each element has its own label beside.
 *
 * <p>This file is long because what everybody may know of an object, and what of that still holds after each way to change
 * it, stand in one place.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public abstract sealed class Box implements Payload permits ListBox, DictBox, SetBox, InstanceBox, IteratorBox {
    /** Counts the changes of boxes that lie in others, whose outlines are computed anew then. */
    private static final AtomicLong CHANGES = new AtomicLong();

    private static final int NO_ORDER = -1;

    /** Up to this size, how many there can be is told exactly. */
    private static final int MOST_EXACT = 4;

    private Label shape = Label.BOTTOM;
    private Label floor = Label.BOTTOM;
    private Label beyond = Label.BOTTOM;
    /** What it can be besides, in worlds that look the same. */
    private @Nullable Outline widened;

    /** What it was widened by, as long as it was not again, where that tells of what it holds whatever becomes of that. */
    private @Nullable Outline retold;
    /** How many it can hold in any world, where it is widened: its outline says more, so that it need not change each time. */
    private long most;

    /** What was found last that the outline tells of already, but for the size, and of which outline. */
    private @Nullable Outline covered;

    private @Nullable Outline covering;

    /** The kinds of objects that may be changed later, where a secret decided what stands where; null where none did. */
    private @Nullable Set<Kind> shuffled;

    private @Nullable Outline cached;
    private boolean flat;
    private boolean captured;
    private long stamp;
    private @Nullable Peers peers;
    private @Nullable Object note;
    private @Nullable Object former;
    private @Nullable Likeness likeness;
    private @Nullable Label within;
    private boolean looked;
    private @Nullable Set<Box> elsewhere;
    private int lacking;
    private @Nullable Sum sum;
    private int version;
    private int undoneAt;

    /**
     * What puts back all that is known of it now and not told by what it holds. What it holds then is known besides, and a
     * settlement says what else it may hold.
     *
     * @param stay for which that is wanted, counted from 1; null where it was given for that before
     */
    public final @Nullable Runnable undo(int stay) {
        if (undoneAt == stay) {
            return null;
        }
        undoneAt = stay;
        Label shapeThen = shape;
        Label floorThen = floor;
        Label beyondThen = beyond;
        Outline widenedThen = widened;
        long mostThen = most;
        Set<Kind> shuffledThen = shuffled;
        Box[] elsewhereThen = elsewhere == null ? null : elsewhere.toArray(Box[]::new);
        return () -> {
            int now = elsewhere == null ? 0 : elsewhere.size();
            if (shape == shapeThen
                    && floor == floorThen
                    && beyond == beyondThen
                    && widened == widenedThen
                    && most == mostThen
                    && shuffled == shuffledThen
                    && now == (elsewhereThen == null ? 0 : elsewhereThen.length)) {
                return;
            }
            shape = shapeThen;
            floor = floorThen;
            beyond = beyondThen;
            widened = widenedThen;
            most = mostThen;
            shuffled = shuffledThen;
            elsewhere = null;
            if (elsewhereThen != null) {
                elsewhere = Collections.newSetFromMap(new IdentityHashMap<>());
                Collections.addAll(elsewhere, elsewhereThen);
            }
            rearranged();
            unnote();
            if (peers != null) {
                peers.lost();
            }
        };
    }

    public final Label shape() {
        return shape;
    }

    public final Label floor() {
        return floor;
    }

    /** The join of labels that what it holds in other worlds may carry, whatever it holds in this one. */
    public final Label beyond() {
        return beyond;
    }

    public final void raiseBeyond(Label by) {
        Label raised = beyond.join(by);
        if (raised != beyond) {
            beyond = raised;
            unnote();
        }
    }

    /**
     * Counts what changes what can be known of it. While it stays, and {@link #scalars()} too, an element that it was known to
     * be able to hold has at most come behind the rest, or a scalar stands in the place of one with the same label.
     */
    public final int version() {
        return version;
    }

    public final void raiseShape(Label by) {
        Label raised = shape.join(by);
        if (raised != shape) {
            shape = raised;
            unnote();
        }
    }

    public final void raiseFloor(Label by) {
        Label raised = floor.join(by);
        if (raised != floor) {
            floor = raised;
            unnote();
        }
    }

    private void unnote() {
        version++;
        note = null;
        looked = false;
        if (peers != null) {
            peers.unnote();
        }
    }

    /** Both: as if anything of it may have been changed by who may know {@code by} only. */
    public final void raise(Label by) {
        raiseShape(by);
        raiseFloor(by);
    }

    /**
     * What everybody may know of it: what it holds, and once {@link #widen widened} also what it could have held. Kept
     * until it changes, unless it holds what may change by itself.
     */
    public final Outline outline() {
        Outline kept = kept();
        return kept == null ? computed(Sight.first()) : kept;
    }

    /** The same, of one that lies in something that is being looked at. */
    final Outline captured(Sight sight) {
        captured = true;
        Outline kept = kept();
        return kept == null ? computed(sight) : kept;
    }

    private @Nullable Outline kept() {
        Outline known = cached;
        if (known != null && (flat || stamp == CHANGES.get())) {
            return known;
        }
        Outline wide = widened;
        // What an iterator is over may be more by now.
        return wide != null && wide.isFlat() && !(this instanceof IteratorBox) ? wide : null;
    }

    private Outline computed(Sight sight) {
        Outline wide = widened;
        if (wide != null && peers != null && wide != retold) {
            // What it holds in one world may have changed in another, where it holds nothing.
            wide = wide.holdingChanged();
        }
        long now = CHANGES.get();
        Outline all = wide == null ? computeOutline(sight) : wide.union(computeOutline(sight));
        Outline known = all.shared();
        if (sight.isFirst() || known.isFlat()) {
            // What an iterator is over changes without it.
            flat = known.isFlat() && !(this instanceof IteratorBox);
            stamp = now;
            cached = known;
        }
        return known;
    }

    /** Those that it cannot be told from by whoever may not read what chose between them, itself among them. */
    final Collection<Box> peers() {
        Peers known = peers;
        return known == null ? List.of(this) : known.members();
    }

    /** The group that it belongs to; null where it can be told from every other. */
    public final @Nullable Object among() {
        Peers known = peers;
        return known == null ? null : known.group();
    }

    /** The same as one thing; null where it has none but itself. */
    final @Nullable Peers group() {
        return peers;
    }

    /** What a reference to it, known as told, can be by now, whichever of its peers it may be. */
    final Outline refreshed(Outline carried) {
        Peers known = peers;
        if (known != null) {
            return known.refreshed(carried);
        }
        return carried.may(kind()) ? carried.union(outline()) : carried;
    }

    /** From now on it is one of these. To be said again when there are more of them. */
    final void among(Peers all) {
        if (peers != null) {
            peers.forget();
        }
        peers = all;
        version++;
        all.mayHoldOthers(elsewhere != null);
        all.forget();
        note = null;
        CHANGES.incrementAndGet();
    }

    /** From now on it is told from every other. */
    final void apart() {
        if (peers != null) {
            peers.forget();
        }
        peers = null;
        version++;
        note = null;
        CHANGES.incrementAndGet();
    }

    /** From now on its changes are counted as if it lay in another. */
    public final void watch() {
        captured = true;
    }

    /** Counts changes of boxes that lie in others: what is computed from what a box holds is as it was while this is. */
    public static long changes() {
        return CHANGES.get();
    }

    /** What was noted of it; null once its elements, its labels or its peers have changed since. */
    public final @Nullable Object note() {
        return note;
    }

    public final void note(Object now) {
        note = now;
    }

    /** What was noted of it before it changed last: whoever notes knows what still holds. */
    public final @Nullable Object former() {
        return former;
    }

    /** The same of all that were found to hold the like when they came in, as long as none of them has changed since. */
    public final @Nullable Likeness likeness() {
        return likeness;
    }

    /** What those are told by that came in with the like in them, scalars all: what is found of one is found of each. */
    public static final class Likeness {
        private final Label scalars;

        private Likeness(Label scalars) {
            this.scalars = scalars;
        }
    }

    /** It holds the like of another, which are scalars alone. */
    final void liken(Box like) {
        if (widened != null || like.widened != null) {
            return;
        }
        if (like.likeness == null) {
            like.likeness = new Likeness(java.util.Objects.requireNonNull(like.scalars()));
        }
        likeness = like.likeness;
        cached = like.cached;
        flat = like.flat;
        stamp = like.stamp;
    }

    /** Whether nothing tells it from another but that they are two. */
    public final boolean isLike(Box other) {
        return likeness != null
                && likeness == other.likeness
                && shape == other.shape
                && floor == other.floor
                && beyond == other.beyond
                && peers == other.peers;
    }

    /** How many it can hold in any world. */
    public final long most() {
        return widened == null ? outline().extent() : Math.max(most, size());
    }

    /**
     * What an outline tells of something that can hold so many: more than that, so that one more often changes nothing.
     *
     * @param told what it told before
     */
    public static long roughly(long size, long told) {
        if (size <= told || size <= MOST_EXACT) {
            return Math.max(size, told);
        }
        return size > Long.MAX_VALUE >> 1 ? Outline.UNBOUNDED : Long.highestOneBit(size - 1) << 1;
    }

    /** Makes the outline cover the given one from now on, whatever it holds. */
    public final void widen(Outline by) {
        if (by == widened && by.isFlat()) {
            return;
        }
        Outline before = outline();
        most = by == before ? most() : Math.max(most(), by.extent());
        widened = before.union(by);
        version++;
        touched();
    }

    /**
     * It can be this from now on, which is told of what it was: as much as that is larger it may have become larger, in any
     * world.
     */
    public final void grow(Outline after, Context context) {
        Outline before = outline();
        if (peers != null) {
            widen(after, context);
            return;
        }
        long all = after.extent() > before.extent() ? Outline.plus(most(), after.extent() - before.extent()) : most();
        long shown = roughly(all, before.extent());
        if (widened != null && shown == before.extent()) {
            boolean covers = (covered == after && covering == before) || before.coversInside(after);
            if (covers) {
                covered = after;
                covering = before;
                most = all;
                return;
            }
        }
        widened = before.union(after.sized(Math.min(after.extent(), shown)))
                .sized(shown)
                .pacedAfter(before)
                .holdingChanged(context.changing());
        most = all;
        version++;
        touched();
    }

    /**
     * The same, where what it holds in other worlds may be changed there without it: whatever objects in it may be changed at
     * all are known by their kinds alone from now on.
     */
    public final void widen(Outline by, Context context) {
        if (by == widened && by.isFlat()) {
            return;
        }
        widen(by);
        widened = java.util.Objects.requireNonNull(widened).holdingChanged(context.changing());
    }

    /**
     * It was changed, or made, as a secret decided, and is known as far as is told whichever way was taken: what it holds in
     * this world alone counts for nothing.
     */
    public final void settle(Outline by, Context context) {
        settle(by, by.extent(), context);
    }

    /**
     * The same, where it is told apart how many it can hold.
     *
     * @param size that many at most
     */
    public final void settle(Outline by, long size, Context context) {
        if (by == widened && by.isFlat()) {
            most = size;
            return;
        }
        widened = by.holdingChanged(context.changing());
        most = size;
        version++;
        touched();
    }

    /** It was made where less of it was known: it is known now as far as this tells. */
    public final void resettle(Outline by, Context context) {
        settle(by, context);
        retold = widened;
        retell(by);
    }

    /** What it holds is known as far as this tells, where it was known to be able to be something else. */
    public final void retell(Outline by) {
        Outline element = by.elementOrNone();
        Map<String, Outline> under = by.fields();
        switch (this) {
            case ListBox list -> list.raw().replaceAll(each -> told(each, element));
            case DictBox dict -> {
                Outline key = by.keyOrNone();
                for (Table.Entry each : dict.table().entries()) {
                    String name = each.name.payload() instanceof Text text ? text.string() : null;
                    each.value = told(each.value, under(under, name, element));
                    each.name = told(each.name, key);
                }
            }
            case InstanceBox instance ->
                instance.raw().replaceAll((name, each) -> told(each, under(under, name, element)));
            case SetBox set -> {
                for (Table.Entry each : set.table().entries()) {
                    each.name = told(each.name, element);
                }
            }
            case IteratorBox _ -> {}
        }
        rearranged();
    }

    private static Outline under(@Nullable Map<String, Outline> fields, @Nullable String name, Outline element) {
        Outline under = fields == null || name == null ? null : fields.get(name);
        return under == null ? element : under;
    }

    private static Value told(Value value, Outline by) {
        Outline carried = value.outline();
        return carried == null || by.isNever() || by.covers(carried) ? value : value.outlined(by);
    }

    /**
     * The same of one that holds the same objects in every world, each of which can be told from no other, and only in which
     * order is secret: as long as it loses none, these objects are there whatever becomes of them.
     */
    public final void shuffle(Outline by, Context context) {
        if (shuffled == null) {
            shuffled = context.changing();
        }
        widen(by);
    }

    /** To be called on each change: what now may be in it that was not before. */
    final void changed(Value element) {
        grown(element);
        changed();
    }

    /** The same where it stands in the place of another now. */
    final void replaced(Value before, Value element) {
        if (shuffled == null && before.label() == element.label() && before.isScalar() && element.isScalar()) {
            sum().forgetOutlines();
            grown(element);
        } else {
            changed(element);
        }
    }

    /** The same where nothing that was in it went, or a scalar of the same label in the place of another. */
    final void grown(Value element) {
        Outline wide = widened;
        if (wide != null) {
            Outline inside = Outline.inside(element);
            if (!wide.isHolding(size(), inside)) {
                widened = wide.union(Outline.holding(kind(), size(), inside, wide.key()));
                version++;
            }
        } else {
            version++;
        }
        touched();
    }

    /** The same for a key. */
    final void grownKey(Value key) {
        Outline wide = widened;
        if (wide != null) {
            Outline by = Outline.of(key);
            Outline keys = wide.key();
            if (keys == null || !wide.isHolding(size(), Outline.NEVER) || !keys.covers(by.anyValue())) {
                widened = wide.union(Outline.holding(kind(), size(), wide.elementOrNone(), by));
                version++;
            }
        } else {
            version++;
        }
        touched();
    }

    /**
     * Puts a scalar in the place of one with the same label; tells whether it did, which it did not where none stands there. To
     * be called where what is known of the scalar was put into it before.
     */
    public final boolean replace(Context context, Payload at, Value scalar) {
        boolean replaced = shuffled == null && widened != null && swap(context, at, scalar);
        if (replaced) {
            sum().forgetOutlines();
            touched();
        }
        return replaced;
    }

    boolean swap(Context context, Payload at, Value scalar) {
        return false;
    }

    /** What stands at a place, or under a key that is a scalar; null where nothing does, or where it takes more to find out. */
    public @Nullable Value standing(Payload at) {
        return null;
    }

    /**
     * What stands at a place where everybody may know all that leads there, as it is; null where not, or where it is an object
     * of which not everybody may know which one it is.
     */
    public final @Nullable Value plainly(Payload at) {
        Value standing = shape == Label.BOTTOM && floor == Label.BOTTOM && Payload.isSimple(at) ? standing(at) : null;
        return standing != null && (standing.label() == Label.BOTTOM || standing.isScalar()) ? standing : null;
    }

    /**
     * A scalar that stands at a place where everybody may know all that leads there but the reference to this; null where it is
     * not one, or where this is one of several.
     */
    public final @Nullable Value plainly(Payload at, Value reference) {
        Value standing = peers == null ? plainly(at) : null;
        return standing != null && standing.isScalar() ? read(standing, reference.label(), reference) : null;
    }

    /** Whether it is one of these, and they are as they were at that version. */
    public final boolean isOf(Peers all, int version) {
        return peers == all && all.version() == version;
    }

    final void changed() {
        Set<Kind> changing = shuffled;
        if (changing != null && widened != null) {
            widened = widened.holdingChanged(changing);
            shuffled = null;
        }
        sum = null;
        version++;
        touched();
    }

    /** What is in it now was in it before, and all of it still is. */
    final void rearranged() {
        sum = null;
        version++;
        touched();
    }

    private void touched() {
        cached = null;
        former = note == null ? former : note;
        note = null;
        likeness = null;
        looked = false;
        if (peers != null) {
            peers.forget();
        }
        if (captured) {
            CHANGES.incrementAndGet();
        }
    }

    /** The join of shape, floor and what it holds, where nothing of that holds anything itself; else null. */
    final @Nullable Label within() {
        if (!looked) {
            within = Labels.flat(this);
            looked = true;
        }
        return within;
    }

    /**
     * What it may hold in worlds that look the same, whatever it holds in this one. Of those that cannot be told apart one
     * stands for all.
     */
    public final Collection<Box> elsewhere() {
        Set<Box> known = elsewhere;
        return known == null ? Set.of() : known;
    }

    /** Whether it, or one that it cannot be told from, may hold other things in worlds that look the same. */
    public final boolean mayHoldOthers() {
        return peers == null ? elsewhere != null : peers.mayHoldOthers();
    }

    /** What there may be in it, as it came in, in worlds that look the same. To be said before anything else of that. */
    public final void mayLack(Collection<Box> absent) {
        mayHold(absent);
        lacking = elsewhere().size();
    }

    /** Whether in worlds that look the same nothing stands in it but what is there in this one, or was not there when it came in. */
    public final boolean isSettled() {
        return elsewhere().size() == lacking;
    }

    /** From now on it may hold these in worlds that look the same. */
    public final void mayHold(Collection<Box> others) {
        if (others.isEmpty()) {
            return;
        }
        Set<Box> known = elsewhere;
        if (known == null) {
            known = Collections.newSetFromMap(new IdentityHashMap<>());
            elsewhere = known;
            if (peers != null) {
                peers.mayHoldOthers(true);
            }
        }
        if (known.addAll(others)) {
            changed();
        }
    }

    /**
     * The join of the labels of all that it holds, where these are scalars and it may hold nothing else in worlds that
     * look the same; else null. What comes behind the rest is joined
     * to what was found of the rest.
     */
    public final @Nullable Label scalars() {
        Likeness like = likeness;
        return like != null ? like.scalars : elsewhere != null || places() == NO_ORDER ? null : sum().labels(this);
    }

    final Sum sum() {
        Sum known = sum;
        if (known == null) {
            known = new Sum();
            sum = known;
        }
        return known;
    }

    /** How many places there are in the order of what it holds; {@link #NO_ORDER} where nothing stands in order. */
    int places() {
        return NO_ORDER;
    }

    /** What stands at a place; null where nothing stands there any more. */
    @Nullable
    Value at(int place) {
        return null;
    }

    /** The key of what stands at a place; null where it has none. */
    @Nullable
    Value key(int place) {
        return null;
    }

    /** How many elements, keys or fields it has. */
    public abstract int size();

    abstract Outline computeOutline(Sight sight);

    /** An element as it is read: with shape, floor and the label of what led there, and known only as far as these allow. */
    final Value read(Value element, Label reference) {
        return read(element, reference, null);
    }

    /** The same, of a whole that may be known less well than this box, which is one of those that it can be. */
    final Value read(Value element, Label reference, @Nullable Value whole) {
        if (shape == Label.BOTTOM && floor == Label.BOTTOM && reference == Label.BOTTOM) {
            return element;
        }
        Label way = reference.join(shape).join(floor);
        if (way.isBottom()) {
            return element;
        }
        return new Value(
                element.payload(),
                element.label().join(way),
                (whole == null ? outline() : Outline.of(whole)).elementOrNone());
    }
}
