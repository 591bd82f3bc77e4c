package telos.plans;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.Builtin;
import telos.plans.values.DictBox;
import telos.plans.values.ListBox;
import telos.plans.values.Outline;
import telos.plans.values.SetBox;
import telos.plans.values.Value;

/**
 * What a walk of a part of a plan came to, with all that it was told from, so that one which would be told the very same
 * need not be made. It is kept only of walks that look at variables, and at lists, dictionaries and sets which hold nothing
 * that holds something, and that change no others: then a walk is the same function of what it reads whichever frame the
 * variables lie in and whichever objects are meant, as long as the same ones are meant where the same ones were. Of what
 * something can hold it keeps how many more that are afterwards, and holds as long as its outline still tells of so many.
 *
 * <p>It is looked up by equality, never by what merely covers it: that a region was walked before can then make no
 * difference but to the time, whoever may know of that region.
 *
 * <p>This file is long because it has each thing that a walk may be told from, how that is noted, and how it is compared.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Precedent {
    private static final int MOST_READ = 12;

    /**
     * A variable that a walk looked at, and what it was when the walk began.
     *
     * @param hollow who may know whether it is bound, where not everybody may
     */
    record Read(
            Frame frame,
            int slot,
            @Nullable Value value,
            Shadow shadow,
            @Nullable Label hollow) {}

    private final Lifts lifts;
    private final Label inside;
    private final Label before;

    private final int[] hops;
    private final int[] slots;
    private final @Nullable Value[] values;
    private final Shadow[] shadows;
    private final @Nullable Label[] hollow;
    /** Per variable, the object that it meant, or the group of those that it could, and what that was; null where it meant none. */
    private final @Nullable Object[] meant;

    private final @Nullable Sketch[] sketches;

    /** Per variable, the container that it meant when this was found to hold last, as far as that tells that it holds still. */
    private final @Nullable BoxVersion[] steady;

    private final @Nullable Value[] meaning;

    /** What is not in a variable and was lifted too, and what that was. */
    private final List<Value> given;

    private final List<Shadow> lifted;

    private final int[] endHops;
    private final int[] endSlots;
    private final Shadow[] ends;

    /** Which of them are surely bound to something that holds nothing. */
    private final boolean[] plain;

    /** Variables that mean what was changed, and what that is then. */
    private final int[] changed;

    private final Sketch[] changes;
    private final boolean lives;

    /** What decided anything of what was used. */
    final Label spent;

    final long steps;
    final long bytes;
    final long walked;
    final Label progress;

    /** What an expression was found to come to; null of a statement. */
    final @Nullable Shadow result;

    private Precedent(
            Walk walk,
            Frame frame,
            Label before,
            List<Read> reads,
            Map<Object, Sketch> seen,
            List<Value> given,
            @Nullable Shadow result) {
        this.given = given;
        this.lifted =
                given.isEmpty() ? List.of() : given.stream().map(walk::lift).toList();
        this.result = result;
        this.lifts = walk.lifts();
        this.inside = walk.entry();
        this.before = before;
        int size = reads.size();
        hops = new int[size];
        slots = new int[size];
        values = new Value[size];
        shadows = new Shadow[size];
        hollow = new Label[size];
        meant = new Object[size];
        sketches = new Sketch[size];
        steady = new BoxVersion[size];
        meaning = new Value[size];
        for (int i = 0; i < size; i++) {
            Read read = reads.get(i);
            hops[i] = hops(frame, read.frame());
            slots[i] = read.slot();
            values[i] = read.value();
            shadows[i] = read.shadow();
            hollow[i] = read.hollow();
            if (!read.shadow().refs().isEmpty()) {
                Object place = read.shadow().refs().iterator().next();
                meant[i] = place;
                sketches[i] = seen.get(place);
            }
        }
        int count = walk.written().size();
        endHops = new int[count];
        endSlots = new int[count];
        ends = new Shadow[count];
        plain = new boolean[count];
        State state = walk.state;
        lives = state != null;
        int at = 0;
        for (State.Cell each : walk.written()) {
            endHops[at] = hops(frame, (Frame) each.frame());
            endSlots[at] = each.slot();
            ends[at] = state == null ? Shadow.UNBOUND : java.util.Objects.requireNonNull(state.read(each));
            plain[at] = !ends[at].hollow() && !Groups.mayLead(ends[at].outline());
            at++;
        }
        changed = new int[state == null ? 0 : walk.changed().size()];
        changes = new Sketch[changed.length];
        int next = 0;
        if (state != null) {
            for (Object each : walk.changed()) {
                changed[next] = Arrays.asList(meant).indexOf(each);
                changes[next++] = java.util.Objects.requireNonNull(state.sketch(each));
            }
        }
        this.spent = walk.spent();
        this.steps = walk.steps();
        this.bytes = walk.bytes();
        this.walked = walk.walked();
        this.progress = walk.progress();
    }

    /**
     * Keeps what a walk came to; null where it depends on more than can be looked up again.
     *
     * @param before what the progress was when it began
     */
    static @Nullable Precedent of(Walk walk, Frame frame, Label before) {
        return of(walk, frame, before, List.of(), null);
    }

    /**
     * The same of a walk of an expression.
     *
     * @param given what it was told of beside variables
     */
    static @Nullable Precedent of(Walk walk, Frame frame, Label before, List<Value> given, @Nullable Shadow result) {
        if (result != null && (!result.refs().isEmpty() || Groups.mayLead(result.outline()))) {
            return null;
        }
        for (Value each : given) {
            Shadow lifted = walk.lift(each);
            if (!lifted.refs().isEmpty() || !isScalar(each, lifted.outline())) {
                return null;
            }
        }
        walk.complete();
        List<Read> reads = walk.reads();
        Map<Object, Sketch> seen = walk.seen();
        if (reads == null || reads.size() > MOST_READ || walk.escapes() || walk.pointed()) {
            return null;
        }
        Set<Object> meant = new LinkedHashSet<>();
        for (Read each : reads) {
            if (hops(frame, each.frame()) < 0 || !isKept(each)) {
                return null;
            }
            meant.addAll(each.shadow().refs());
            if (!seen.keySet().containsAll(each.shadow().refs())) {
                return null;
            }
        }
        for (Map.Entry<Object, Sketch> each : seen.entrySet()) {
            boolean there = each.getKey() instanceof Box
                    || each.getKey() instanceof Groups.Group
                    || each.getKey() instanceof Herd;
            if (there
                    && !(meant.contains(each.getKey()) && each.getValue().refs().isEmpty())) {
                return null;
            }
        }
        State state = walk.state;
        for (State.Cell each : walk.written()) {
            Shadow end = state == null ? null : state.read(each);
            if (hops(frame, (Frame) each.frame()) < 0
                    || (state != null && (end == null || !end.refs().isEmpty()))) {
                return null;
            }
        }
        for (Object each : walk.changed()) {
            Sketch end = state == null ? null : state.sketch(each);
            Sketch start = seen.get(each);
            boolean alike = each instanceof Box
                    && end != null
                    && start != null
                    && meant.contains(each)
                    && end.refs().isEmpty()
                    && end.outline().extent() == start.outline().extent();
            if (!alike) {
                return null;
            }
        }
        return new Precedent(walk, frame, before, reads, seen, given, result);
    }

    private static boolean isKept(Read read) {
        Shadow shadow = read.shadow();
        Value value = read.value();
        if (value == null) {
            return shadow.refs().isEmpty();
        }
        if (isMeant(value)) {
            return shadow.refs().size() == 1;
        }
        return shadow.refs().isEmpty() && (value.payload() instanceof Builtin || isScalar(value, shadow.outline()));
    }

    private static boolean isMeant(Value value) {
        return value.payload() instanceof DictBox
                || value.payload() instanceof ListBox
                || value.payload() instanceof SetBox;
    }

    private static boolean isScalar(Value value, Outline outline) {
        return !Machine.holds(value.payload()) && !Groups.mayLead(outline);
    }

    private static int hops(Frame from, Frame to) {
        int hops = 0;
        for (Frame at = from; at != null; at = at.up) {
            if (at == to) {
                return hops;
            }
            hops++;
        }
        return -1;
    }

    /** Whether a walk of the same part would now be told the very same. */
    boolean holds(Machine machine, Frame frame, Label label, List<Value> now) {
        if (machine.lifts() != lifts || !same(label, inside) || !same(machine.progress, before)) {
            return false;
        }
        for (int i = 0; i < given.size(); i++) {
            if (!isAsThen(given.get(i), lifted.get(i), now.get(i), machine)) {
                return false;
            }
        }
        for (int i = 0; i < hops.length; i++) {
            Frame holder = frame.above(hops[i]);
            if (!isSame(hollow[i], holder.hollow(slots[i]))
                    || !isAsThen(i, holder.slots[slots[i]], machine)
                    || (values[i] == null && !isAsAbsent(shadows[i], holder.absent(slots[i])))) {
                return false;
            }
            Object place = meant[i];
            for (int j = 0; place != null && j < i; j++) {
                if (meant[j] != null && (meant[j] == place) != (place(j, frame) == place(i, frame))) {
                    return false;
                }
            }
        }
        for (int i = 0; i < changed.length; i++) {
            if (Machine.plus(((Box) now(changed[i], frame)).most(), changes[i].grown())
                    > changes[i].outline().extent()) {
                return false;
            }
        }
        return true;
    }

    /** Whether one that is not bound here is in other worlds what it was there then. */
    private static boolean isAsAbsent(Shadow then, @Nullable Shadow now) {
        return now == null
                ? then.outline().isNever()
                : now.refs().isEmpty()
                        && same(now.label(), then.label())
                        && now.outline().says(then.outline());
    }

    private static boolean isSame(@Nullable Label one, @Nullable Label two) {
        return one == two || (one != null && two != null && same(one, two));
    }

    private Object now(int read, Frame frame) {
        return java.util.Objects.requireNonNull(frame.above(hops[read]).slots[slots[read]])
                .payload();
    }

    private Object place(int read, Frame frame) {
        return frame.machine.groups.place((Box) now(read, frame));
    }

    private boolean isAsThen(int i, @Nullable Value now, Machine machine) {
        Value then = values[i];
        Shadow shadow = shadows[i];
        if (now == null || then == null) {
            return now == then;
        }
        Object was = meant[i];
        if (was == null) {
            return isAsThen(then, shadow, now, machine);
        }
        BoxVersion known = steady[i];
        if (known != null && now == meaning[i] && known.isStill()) {
            return true;
        }
        if (!(now.payload() instanceof Box box) || !same(now.label(), then.label())) {
            return false;
        }
        Sketch sketch = java.util.Objects.requireNonNull(sketches[i]);
        Object place = machine.groups.place(box);
        boolean open = lifts.isOpen(now.label());
        boolean holds = (was instanceof Box one ? place instanceof Box && box.kind() == one.kind() : place == was)
                && (open ? box.outline() : machine.known(now)).says(shadow.outline())
                && isAsThen(place, sketch);
        if (holds) {
            steady[i] = place instanceof Box && sketch.fields() == null ? BoxVersion.of(machine, now) : null;
            meaning[i] = now;
        }
        return holds;
    }

    private boolean isAsThen(Value then, Shadow shadow, Value now, Machine machine) {
        if (now == then) {
            return true;
        }
        if (!same(now.label(), then.label())) {
            return false;
        }
        return lifts.isOpen(now.label())
                ? now.payload() == then.payload() && now.outline() == then.outline()
                : isScalar(now, shadow.outline()) && machine.known(now).says(shadow.outline());
    }

    private boolean isAsThen(Object place, Sketch then) {
        Sketch now = lifts.object(place);
        return now == then || alike(now, then);
    }

    /** Whether nothing tells two things that hold nothing apart but that they are two. */
    static boolean alike(Sketch one, Sketch two) {
        Map<String, Shadow> first = one.fields();
        Map<String, Shadow> second = two.fields();
        if (!one.outline().says(two.outline())
                || !same(one.shape(), two.shape())
                || !same(one.content(), two.content())
                || one.pristine() != two.pristine()
                || !one.refs().isEmpty()
                || !two.refs().isEmpty()
                || one.grown() != two.grown()) {
            return false;
        }
        if (first == null || second == null) {
            return first == second;
        }
        if (first.size() != second.size()) {
            return false;
        }
        for (Map.Entry<String, Shadow> each : first.entrySet()) {
            Shadow a = each.getValue();
            Shadow b = second.get(each.getKey());
            if (b == null
                    || !same(a.label(), b.label())
                    || a.hollow() != b.hollow()
                    || !a.refs().isEmpty()
                    || !b.refs().isEmpty()
                    || !(a.known() == null
                            ? b.known() == null && a.outline() == b.outline()
                            : b.known() != null && a.known() == b.known())) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Label one, Label two) {
        return one == two || (one.equals(two) && one.sources().equals(two.sources()));
    }

    /** Raises what may change now; what is known of it at the end is told by what this gives. */
    Recalled recalled(Machine machine, Frame frame, Label label) {
        if (machine.rules.hold(LabelRule.UNTAKEN_VARIABLES)) {
            for (int i = 0; i < ends.length; i++) {
                Frame holder = frame.above(endHops[i]);
                Value value = holder.slots[endSlots[i]];
                if (value != null) {
                    machine.keep(holder, endSlots[i]);
                    holder.slots[endSlots[i]] = value.raised(label);
                }
            }
        }
        if (changed.length == 0) {
            return new Recalled(this, frame, label, NONE, NOTHING);
        }
        Box[] boxes = new Box[changed.length];
        long[] most = new long[changed.length];
        for (int i = 0; i < changed.length; i++) {
            boxes[i] = (Box) now(changed[i], frame);
            most[i] = Machine.plus(boxes[i].most(), changes[i].grown());
            if (machine.rules.hold(LabelRule.UNTAKEN_OBJECTS)) {
                machine.keep(boxes[i]);
                boxes[i].raise(label);
            }
        }
        return new Recalled(this, frame, label, boxes, most);
    }

    private static final Box[] NONE = new Box[0];
    private static final long[] NOTHING = new long[0];

    /** One that is open and whose walk was not made again: what it may change, and how many each of that can hold then. */
    static final class Recalled implements RegionEnd {
        private final Precedent precedent;
        private final Frame frame;
        private final Label label;
        private final Box[] boxes;
        private final long[] most;

        private Recalled(Precedent precedent, Frame frame, Label label, Box[] boxes, long[] most) {
            this.precedent = precedent;
            this.frame = frame;
            this.label = label;
            this.boxes = boxes;
            this.most = most;
        }

        /** As the end of a region that was walked. */
        void settle(Machine machine) {
            if (!precedent.lives || !machine.rules.hold(LabelRule.OUTLINE_MERGE)) {
                return;
            }
            for (int i = 0; i < boxes.length; i++) {
                Sketch sketch = precedent.changes[i];
                if (machine.groups.of(boxes[i]) == null) {
                    // It holds scalars alone and belongs to no group.
                    machine.settle(boxes[i], most[i], sketch, sketch.content());
                    if (machine.isHindsight()) {
                        boxes[i].retell(sketch.outline());
                    }
                } else {
                    machine.settle(boxes[i], false, most[i], sketch, Machine.NOWHERE, label, Map.of());
                }
            }
            Shadow[] ends = precedent.ends;
            for (int i = 0; i < ends.length; i++) {
                Frame holder = frame.above(precedent.endHops[i]);
                int slot = precedent.endSlots[i];
                Value value = holder.slots[slot];
                if (value != null && value.isScalar() && precedent.plain[i] && holder.hollow(slot) == null) {
                    // It holds nothing, whichever it is.
                    machine.keep(holder, slot);
                    Value raised = value.raised(ends[i].label().join(label));
                    holder.slots[slot] = raised.isPublic() ? raised : raised.outlined(ends[i].outline());
                } else {
                    machine.settle(holder, slot, ends[i], Machine.NOWHERE, label);
                }
            }
        }
    }

    /** What was kept of the walks of one part of a plan that were made last. */
    static final class Kept {
        private static final int MOST = 4;

        /** How often in a row nothing was found before most walks are not kept any more. */
        private static final int PATIENCE = 8;

        private static final int KEPT_THEN = 16;

        private final List<Precedent> all = new ArrayList<>();
        private int next;
        private int missed;

        @Nullable
        Precedent find(Machine machine, Frame frame, Label inside, List<Value> given) {
            for (int i = 0; i < all.size(); i++) {
                Precedent each = all.get(i);
                if (each.holds(machine, frame, inside, given)) {
                    missed = 0;
                    if (i > 0) {
                        all.set(i, all.getFirst());
                        all.set(0, each);
                    }
                    return each;
                }
            }
            missed++;
            return null;
        }

        /** Whether it is worth keeping what the walk that is made now comes to. */
        boolean isWorthIt() {
            return missed <= PATIENCE || missed % KEPT_THEN == 0;
        }

        void add(@Nullable Precedent precedent) {
            if (precedent == null) {
                return;
            }
            if (all.size() < MOST) {
                all.add(precedent);
            } else {
                // What held last stands first, and stays.
                next = next % (MOST - 1) + 1;
                all.set(next, precedent);
            }
        }
    }
}
