package telos.plans;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.DictBox;
import telos.plans.values.DictView;
import telos.plans.values.InstanceBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.ListBox;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Peers;
import telos.plans.values.Text;
import telos.plans.values.Value;

/**
 * Objects that cannot be told apart by whoever may not read a secret: a reference that a secret chose may lead to any
 * object of its group, so that what is written through it may be in all of them. After Steensgaard (POPL 1996): groups only
 * ever grow together.
 *
 * <p>This file is long because it has each way by which objects come together, and what containers may hold for that in worlds
 * that look the same.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class Groups {
    /** Objects that may be the same one. */
    static final class Group {
        private @Nullable Group within;
        private final Peers peers = new Peers(this);

        /** Who is in it. */
        Peers peers() {
            return root().peers;
        }

        Group root() {
            Group group = this;
            while (group.within != null) {
                group = group.within;
            }
            return group;
        }
    }

    private final Machine machine;

    Groups(Machine machine) {
        this.machine = machine;
    }

    /** Something was brought together: where a secret decided that the run stands here, only while it does. */
    private void brought(Runnable apart) {
        version++;
        machine.whileHere(() -> {
            apart.run();
            version++;
            madeIn = null;
        });
    }

    /** Where a reference may also be to nothing that could be changed, so that it cannot say which group it means. */
    private @Nullable Group vague;
    /** Counts what changes of who is in which group. */
    private int version;

    /** Another number once anything of who is in which group has changed. */
    int version() {
        return version;
    }

    @Nullable
    Group of(Box box) {
        return box.among() instanceof Group group ? group : null;
    }

    /** The object, or the group that it belongs to. */
    Object place(Box box) {
        Group group = of(box);
        return group == null ? box : group;
    }

    Collection<Box> members(Object place) {
        return switch (place) {
            case Box box -> {
                Group group = of(box);
                yield group == null ? List.of(box) : List.copyOf(group.peers.members());
            }
            case Group group -> List.copyOf(group.root().peers.members());
            case Herd herd -> herd.members();
            default -> List.of();
        };
    }

    /** The places that a value which is known only by its outline may lead to, beside the object that it is. */
    Set<Object> places(Value value) {
        if (!Machine.holds(value.payload())
                && (vague == null || value.outline() == null || !mayLead(value.outline()))) {
            return Set.of();
        }
        Set<Object> places = new java.util.LinkedHashSet<>();
        for (Box box : first(value.payload())) {
            places.add(place(box));
        }
        if (places.isEmpty() && vague != null && value.outline() != null && mayLead(value.outline())) {
            places.add(vague.root());
        }
        return places;
    }

    /** Adds the places that a value may lead to. */
    void addPlaces(Value value, Set<Object> places) {
        Payload payload = value.payload();
        if (payload instanceof Box box) {
            places.add(place(box));
        } else if (Machine.holds(payload)) {
            places.addAll(places(value));
        } else if (vague != null && value.outline() != null && mayLead(value.outline())) {
            places.add(vague.root());
        }
    }

    static boolean mayLead(Outline outline) {
        return outline.mayBeOrHoldBoxes();
    }

    /** From now on none of these is known from another. */
    @Nullable
    Group unite(Collection<Box> boxes) {
        Group all = null;
        for (Box box : boxes) {
            Group own = of(box);
            if (own == null) {
                own = all == null ? new Group() : all;
                own.peers.add(box);
                brought(own.peers::removeLast);
                all = own;
            } else if (all == null) {
                all = own;
            } else if (own != all) {
                all = merged(all, own);
            }
        }
        return all;
    }

    private Group merged(Group one, Group two) {
        Group large = one.peers.size() >= two.peers.size() ? one : two;
        Group small = large == one ? two : one;
        Runnable undo = large.peers.addAll(small.peers);
        small.within = large;
        brought(() -> {
            small.within = null;
            undo.run();
        });
        return large;
    }

    /** A reference to one of these may also be to nothing that could be changed. */
    private Group vaguely(@Nullable Group group) {
        Group none = vague;
        if (none == null) {
            none = new Group();
            vague = none;
            brought(() -> vague = null);
        }
        return group == null || group.root() == none.root() ? none.root() : merged(none.root(), group.root());
    }

    /**
     * What a secret may have chosen, as a walk saw it, cannot be told apart any more.
     *
     * @return what it is among; null where it is nothing that could be changed
     */
    @Nullable
    Group confuse(Value value, Shadow shadow, State state, Set<Kind> changing) {
        if (value.isPublic() || !mayLead(shadow.outline())) {
            return null;
        }
        Set<Box> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> seen = new java.util.HashSet<>();
        ArrayDeque<Object> todo = new ArrayDeque<>(shadow.refs());
        List<Object> made = new ArrayList<>();
        List<Group> met = new ArrayList<>();
        Outline absent = Outline.NEVER;
        Label absentLabel = Label.BOTTOM;
        while (!todo.isEmpty()) {
            Object place = todo.pop();
            if (seen.add(place)) {
                all.addAll(members(place));
                if (place instanceof Group group) {
                    met.add(group);
                }
                Sketch sketch = state.sketch(place);
                if (sketch != null) {
                    todo.addAll(sketch.refs());
                    if (isMade(place)) {
                        made.add(place);
                        absent =
                                absent.union(sketch.outline().followed(changing).holdingChanged(changing));
                        absentLabel = absentLabel.join(sketch.shape()).join(sketch.content());
                    }
                }
            }
        }
        List<Payload> from = new ArrayList<>(all);
        from.add(value.payload());
        all.addAll(reachable(from));
        Group group = unite(all);
        for (Group each : met) {
            // Also where none of it is there in this world.
            group = group == null || group.root() == each.root() ? each.root() : merged(group.root(), each.root());
        }
        if (!shadow.outline().isOnlyBoxes()) {
            group = vaguely(group);
        }
        if (group == null && !absent.isNever()) {
            // None of it is there in this world.
            group = new Group();
        }
        group = together(made, group, state);
        if (group != null && !absent.isNever()) {
            brought(group.root().peers.absent(absent, absentLabel));
        }
        return group;
    }

    /** What a walk saw being made at one place is among the same, whatever refers to it, also where it was not made. */
    private @Nullable Group together(List<Object> made, @Nullable Group group, State state) {
        if (madeIn != state) {
            madeIn = state;
            madeAt.clear();
        }
        Group all = group;
        for (Object place : made) {
            Group own = madeAt.get(place);
            if (own != null && all != null && own.root() != all.root()) {
                all = merged(own.root(), all.root());
            } else if (own != null) {
                all = own.root();
            }
        }
        for (Object place : made) {
            if (all != null) {
                madeAt.put(place, all);
            }
        }
        return all;
    }

    /** By the place of the walk that ended last in this state. */
    private final IdentityHashMap<Object, Group> madeAt = new IdentityHashMap<>(1);

    private @Nullable State madeIn;

    /** Whatever of these is there in other worlds alone may be this too. */
    void changed(Object place, Outline after, Label label) {
        if (place instanceof Group group && !group.peers().absent().isNever()) {
            brought(group.peers().absent(after, label));
        }
    }

    /**
     * All that lies in a container, of which none is known from another any more.
     *
     * @param version what of groups it was told from
     * @param changes what of objects it was told from: all of them are watched
     */
    private record Confused(Group group, int version, long changes) {}

    /** By the container or its group; of those that hold lists, dictionaries and sets alone, whose changes are counted. */
    private final IdentityHashMap<Object, Confused> confused = new IdentityHashMap<>(1);

    /** Whether what may be any part of a container was confused already when all of it was as it is now. */
    private boolean isConfused(Value value, Outline outline, Collection<Value> from) {
        if (from.size() != 1 || !(from.iterator().next().payload() instanceof Box whole)) {
            return false;
        }
        Confused known = confused.get(place(whole));
        return known != null
                && known.version() == version
                && known.changes() == Box.changes()
                && (!Machine.holds(value.payload())
                        || (value.payload() instanceof Box part
                                && of(part) == known.group().root()))
                && (outline.isOnlyBoxes()
                        || (vague != null && vague.root() == known.group().root()));
    }

    /** One of the objects that lie in a list, where all of them are known to be one group; else null. */
    private @Nullable Box anyOf(Object place) {
        Confused known = place instanceof ListBox ? confused.get(place) : null;
        boolean still = known != null && known.version() == version && known.changes() == Box.changes();
        return still
                        && place instanceof ListBox list
                        && list.size() > 0
                        && list.view().getFirst().payload() instanceof Box any
                ? any
                : null;
    }

    private void remember(Collection<Value> from, Collection<Box> all, @Nullable Group group) {
        if (group != null
                && from.size() == 1
                && from.iterator().next().payload() instanceof Box whole
                && isWatched(whole)
                && areWatched(all)) {
            whole.watch();
            all.forEach(Box::watch);
            confused.put(place(whole), new Confused(group, version, Box.changes()));
        }
    }

    private static boolean areWatched(Collection<Box> all) {
        for (Box each : all) {
            if (!isWatched(each)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing that it holds changes but by a change that is counted. */
    private static boolean isWatched(Box box) {
        if (box instanceof IteratorBox || box instanceof InstanceBox) {
            return false;
        }
        if (box.scalars() != null) {
            return true;
        }
        for (Value each : Contents.of(box)) {
            if (Machine.holds(each.payload()) && !(each.payload() instanceof Box)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What something that may hold these in worlds that look the same may hold: objects of this world. Those that lie in what
     * only a walk saw being made cannot be told apart any more, nor from what they lie in.
     */
    Set<Box> held(Set<Object> refs, State state) {
        if (refs.isEmpty()) {
            return Set.of();
        }
        Set<Box> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Box> deeper = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> seen = new java.util.HashSet<>();
        ArrayDeque<Object> todo = new ArrayDeque<>();
        for (Object each : refs) {
            all.addAll(members(each));
            if (isMade(each)) {
                todo.add(each);
            }
        }
        while (!todo.isEmpty()) {
            Object place = todo.pop();
            Sketch sketch = seen.add(place) ? state.sketch(place) : null;
            if (sketch != null) {
                for (Object each : sketch.refs()) {
                    deeper.addAll(members(each));
                    if (isMade(each)) {
                        todo.add(each);
                    }
                }
            }
        }
        unite(deeper);
        all.addAll(deeper);
        return apart(all);
    }

    /** Of those that cannot be told apart one stands for all. */
    private Set<Box> apart(Collection<Box> boxes) {
        Set<Box> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> seen = new java.util.HashSet<>();
        for (Box each : boxes) {
            Group group = of(each);
            if (group == null || seen.add(group)) {
                all.add(each);
            }
        }
        return all;
    }

    static boolean isMade(Object place) {
        return !(place instanceof Box || place instanceof Group || place instanceof Herd);
    }

    /**
     * A container that was made of these, as far as a secret decided: it may hold in worlds that look the same what lies in
     * them in this one, with its labels. What never changes and holds objects cannot be told from any of them.
     */
    Value made(Value made, Collection<Value> from) {
        Outline known = made.outline();
        if (made.payload() instanceof Box box) {
            if (mayLead(box.outline().elementOrNone()) || (known != null && mayLead(known.elementOrNone()))) {
                fill(box, from);
            } else {
                box.raiseFloor(inside(from));
            }
            return made;
        }
        if (leads(made)) {
            confuse(made, from);
        }
        return known != null && known.may(Kind.TUPLE) ? made.raised(inside(from)) : made;
    }

    /** Who may know of whatever is read out of these, though nothing may lie in them. */
    static Label floor(Iterable<Value> from, int depth) {
        Label all = Label.BOTTOM;
        for (Value each : from) {
            Payload payload = each.payload();
            if (payload instanceof Box box) {
                all = all.join(box.floor());
            }
            if (depth < 8 && (payload instanceof IteratorBox || payload instanceof DictView)) {
                all = all.join(floor(Contents.here(payload), depth + 1));
            }
        }
        return all;
    }

    /** Who may know of what lies in these, not deeper. */
    private Label inside(Collection<Value> from) {
        Label all = Label.BOTTOM;
        for (Value each : from) {
            Payload payload = each.payload();
            all = all.join(each.label());
            if (payload instanceof Box box && !(payload instanceof IteratorBox)) {
                for (Box one : of(box) == null ? List.of(box) : members(box)) {
                    all = all.join(inside(one));
                }
            } else if (Machine.holds(payload)) {
                all = all.join(Labels.deep(each));
            }
        }
        return all;
    }

    private static Label inside(Box box) {
        Label scalars = box.scalars();
        Label all = box.floor().join(box.beyond());
        if (scalars != null) {
            return all.join(scalars);
        }
        for (Value part : Contents.here(box)) {
            all = all.join(Labels.fixed(part));
        }
        return all;
    }

    /** Something is put into a container, or taken away, as a secret decides: it may hold in other worlds what lies in these. */
    void fill(Value container, Collection<Value> from) {
        if (container.payload() instanceof Box box) {
            fill(box, from);
        }
    }

    /** The same where they may be put there themselves. */
    void put(Value container, Collection<Value> values) {
        if (!(container.payload() instanceof Box box)) {
            return;
        }
        Set<Box> all = Set.of();
        for (Value each : values) {
            box.raiseFloor(Labels.fixed(each));
            for (Object place : places(each)) {
                if (all.isEmpty()) {
                    all = Collections.newSetFromMap(new IdentityHashMap<>());
                }
                all.addAll(members(place));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        if (!values.contains(container)) {
            all.remove(box);
        }
        box.mayHold(apart(all));
    }

    /**
     * The same of scalars that are put among others, the container itself among them; tells whether it was done, which it is
     * not where any of that may be an object.
     */
    boolean fillPlainly(Value container, Collection<Value> scalars) {
        Label all = plainly(container);
        if (all == null) {
            return false;
        }
        for (Value each : scalars) {
            if (each != container && !each.isScalar()) {
                return false;
            }
            all = each == container ? all : all.join(each.label());
        }
        ((Box) container.payload()).raiseFloor(all);
        return true;
    }

    /** The join of the labels of what a container holds, in whichever world; null where it may hold more than scalars. */
    private @Nullable Label plainly(Value container) {
        if (!(container.payload() instanceof Box box) || of(box) != null) {
            return null;
        }
        Label scalars = box.scalars();
        return scalars == null ? null : box.beyond().join(scalars);
    }

    private void fill(Box container, Collection<Value> from) {
        container.raiseFloor(inside(from));
        if (from.stream().allMatch(this::holdsScalarsAlone)) {
            return;
        }
        List<Payload> parts = new ArrayList<>();
        for (Value each : from) {
            for (Object place : places(each)) {
                Box one = anyOf(place);
                if (one != null) {
                    parts.add(one);
                    continue;
                }
                if (mayHoldAny(each, place)) {
                    parts.addAll(members(place));
                }
                for (Box box : members(place)) {
                    List<Box> likes = box instanceof ListBox list ? likes(list) : null;
                    if (likes != null) {
                        parts.addAll(apart(likes));
                    } else if (box.scalars() == null) {
                        for (Value part : Contents.of(box)) {
                            parts.add(part.payload());
                            if (part.payload() instanceof Closure function) {
                                parts.addAll(first(function, true));
                            }
                        }
                    }
                }
            }
        }
        container.mayHold(apart(reachable(parts)));
    }

    /** Whether what it is in other worlds alone, or where it never changes, may hold any object of those there. */
    private static boolean mayHoldAny(Value value, Object place) {
        Outline known = value.outline();
        return place instanceof Group group
                && (!group.peers().absent().isNever()
                        || (known != null && (known.may(Kind.TUPLE) || known.may(Kind.EXCEPTION))));
    }

    /** Whether no object lies in it, whichever it may be. */
    private boolean holdsScalarsAlone(Value value) {
        if (value.payload() instanceof Box box) {
            return of(box) == null && box.scalars() != null;
        }
        return !Machine.holds(value.payload()) && places(value).isEmpty();
    }

    /** What may be one of several objects in another world, where it is none in this one, is told by whoever may read them all. */
    Value joint(Value value) {
        Value joint = Machine.holds(value.payload()) ? Labels.joint(value) : value;
        Group none = vague;
        return none == null || value.payload() instanceof Box || !leads(value)
                ? joint
                : joint.raised(none.root().peers.deep());
    }

    /** Whether a value that is known by its outline alone may be an object, or hold one. */
    private static boolean leads(Value value) {
        Outline known = value.outline();
        return known != null
                && !value.isPublic()
                && mayLead(known)
                && (!known.isOnly(Kind.TUPLE) || mayLead(known.elementOrNone()));
    }

    /**
     * Whether what stands there is the same in each world that looks the same and has it, but for what its own label says: the
     * index or key is public, and nothing else was put there, or moved there, as a secret decided.
     */
    boolean isPlace(Value container, Value at) {
        boolean still = switch (container.payload()) {
            case ListBox list ->
                of(list) == null
                        && list.isSettled()
                        && machine.known(container).isOnly(Kind.LIST)
                        && machine.known(at).countsFromStart();
            case DictBox dict ->
                of(dict) == null
                        && dict.isSettled()
                        && machine.known(container).isOnly(Kind.DICT)
                        && at.payload() instanceof Text;
            default -> false;
        };
        return still && at.isPublic();
    }

    /** Whether it may be an object, so that which one it is matters. */
    boolean mayConfuse(Value value) {
        return value.outline() != null && mayLead(value.outline());
    }

    /** Elements were taken of whatever a secret chose: of each iterator among them as many as it decided. */
    void drained(Value value) {
        Outline known = value.outline();
        boolean chosen = known != null && known.may(Kind.ITERATOR) && !machine.open(value.label());
        for (Object place : chosen ? places(value) : Set.<Object>of()) {
            for (Box box : members(place)) {
                if (box instanceof IteratorBox iterator) {
                    iterator.decided(value.label());
                }
            }
        }
    }

    /**
     * What was read out of something in a way that a secret decided, or is one of what else was there to choose.
     *
     * @param others what else, and what decided it, which may be scalars
     */
    void confuse(Value value, List<Value> from, List<Value> others) {
        boolean also = false;
        for (Value each : others) {
            also |= !each.isScalar() && !places(each).isEmpty();
        }
        if (!also) {
            confuse(value, from);
            return;
        }
        Outline known = value.outline();
        if (known != null && mayLead(known)) {
            Set<Box> all = Collections.newSetFromMap(new IdentityHashMap<>());
            from.forEach(each -> all.addAll(reached(each, false)));
            others.forEach(each -> all.addAll(reached(each, true)));
            all.addAll(reachable(value.payload()));
            Group group = unite(all);
            if (!known.isOnlyBoxes()) {
                vaguely(group);
            }
        }
    }

    /** @param whole whether it may be that itself, too */
    private Set<Box> reached(Value value, boolean whole) {
        List<Payload> starts = new ArrayList<>();
        for (Object place : places(value)) {
            starts.addAll(members(place));
        }
        Set<Box> all = reachable(starts);
        if (!whole && value.payload() instanceof Box own) {
            all.remove(own);
        }
        return all;
    }

    /** What was read out of something in a way that a secret decided. */
    void confuse(Value value, Collection<Value> from) {
        if (value.outline() == null || !mayLead(value.outline()) || isConfused(value, value.outline(), from)) {
            return;
        }
        Group closed = closed(value, from);
        if (closed != null) {
            if (!value.outline().isOnlyBoxes()) {
                vaguely(closed);
            }
            return;
        }
        Collection<Box> all = likes(value, from);
        if (all == null) {
            all = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Value each : from) {
                all.addAll(reached(each, false));
            }
            all.addAll(reachable(value.payload()));
        }
        Group group = unite(all);
        if (!value.outline().isOnlyBoxes()) {
            vaguely(group);
        }
        remember(from, all, group);
    }

    /** The group that one scalar was read out of, where no other object can be reached from there; else null. */
    private @Nullable Group closed(Value value, Collection<Value> from) {
        Group group = from.size() == 1
                        && !Machine.holds(value.payload())
                        && from.iterator().next().payload() instanceof Box box
                ? of(box)
                : null;
        return group != null && group.peers.size() > 1 && group.peers.isClosed() ? group : null;
    }

    /** All that can be reached from what a list holds that nothing else could be, where none of that holds anything; else null. */
    private @Nullable List<Box> likes(Value value, Collection<Value> from) {
        return from.size() == 1
                        && from.iterator().next().payload() instanceof ListBox list
                        && of(list) == null
                        && value.payload() instanceof Box any
                        && any.likeness() != null
                ? likes(list, any)
                : null;
    }

    private static @Nullable List<Box> likes(ListBox list, Box also) {
        List<Box> all = likes(list);
        if (all != null) {
            all.add(also);
        }
        return all;
    }

    /** The same of the list alone. */
    private static @Nullable List<Box> likes(ListBox list) {
        if (!list.elsewhere().isEmpty()) {
            return null;
        }
        List<Value> elements = list.view();
        List<Box> all = new ArrayList<>(elements.size());
        for (Value each : elements) {
            if (!(each.payload() instanceof Box box) || box.likeness() == null) {
                return null;
            }
            all.add(box);
        }
        return all;
    }

    /** The objects that a payload is, or that a thing which never changes holds. */
    static Collection<Box> first(Payload payload) {
        return first(payload, true);
    }

    /** @param captured whether what functions reach by the variables around them is among it */
    private static Collection<Box> first(Payload payload, boolean captured) {
        if (payload instanceof Box box) {
            return List.of(box);
        }
        if (!Machine.holds(payload)) {
            return List.of();
        }
        List<Box> found = new ArrayList<>();
        first(payload, captured, found, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
        return found;
    }

    private static void first(Payload payload, boolean captured, List<Box> found, Set<Payload> seen, int depth) {
        if (!Machine.holds(payload) || (!captured && payload instanceof Closure) || !seen.add(payload)) {
            return;
        }
        if (payload instanceof Box box) {
            found.add(box);
        } else if (depth < 100) {
            for (Value each : Contents.of(payload)) {
                first(each.payload(), captured, found, seen, depth + 1);
            }
        }
    }

    /** An object with everything that can be reached from it, but for what functions can reach. */
    Set<Box> reachable(Payload payload) {
        return reachable(List.of(payload));
    }

    private Set<Box> reachable(Collection<Payload> from) {
        Set<Box> found = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Payload> todo = new ArrayDeque<>(from);
        Set<Payload> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean vaguely = false;
        while (!todo.isEmpty()) {
            Payload each = todo.pop();
            if (Machine.holds(each) && !(each instanceof Closure) && seen.add(each)) {
                if (each instanceof Box box) {
                    found.add(box);
                    if (Lifts.holdsNothing(box) || box.scalars() != null) {
                        continue;
                    }
                }
                for (Value inside : Contents.of(each)) {
                    todo.push(inside.payload());
                    if (!vaguely && vague != null && leads(inside) && !Machine.holds(inside.payload())) {
                        // In another world it is one of these.
                        vaguely = true;
                        members(vague).forEach(todo::push);
                    }
                }
            }
        }
        return found;
    }

    /** An outline that was noted once, with what has come into the objects since. */
    Outline refresh(Value value, Outline carried) {
        if (!mayLead(carried)) {
            return carried;
        }
        if (value.payload() instanceof Box box && carried.isOnlyBoxes() && !carried.may(Kind.ITERATOR)) {
            Group group = of(box);
            if (group != null) {
                return group.peers.refreshed(carried);
            }
        }
        return refreshed(meant(value), carried);
    }

    /** Which objects it may be, or hold where it never changes, and not what a function that it may be can reach besides. */
    private Set<Object> meant(Value value) {
        Set<Object> places = new java.util.LinkedHashSet<>();
        for (Box box : first(value.payload(), false)) {
            places.add(place(box));
        }
        if (places.isEmpty() && vague != null) {
            places.add(vague.root());
        }
        return places;
    }

    /** The same of what is not there in this world. */
    Outline known(Shadow absent) {
        Outline carried = absent.outline();
        if (absent.refs().isEmpty() || !mayLead(carried)) {
            return carried;
        }
        Group group = ((Group) absent.refs().iterator().next()).root();
        return carried.isOnlyBoxes() && !carried.may(Kind.ITERATOR)
                ? group.peers.refreshed(carried)
                : refreshed(Set.of(group), carried);
    }

    private Outline refreshed(Set<Object> places, Outline carried) {
        List<Box> boxes = new ArrayList<>();
        Outline absent = Outline.NEVER;
        for (Object place : places) {
            boxes.addAll(members(place));
            if (place instanceof Group group) {
                absent = absent.union(group.peers().absent());
            }
        }
        return carried.refreshed(
                boxes,
                absent,
                box -> box instanceof Generators.Generator generator ? generator.known() : box.outline());
    }
}
