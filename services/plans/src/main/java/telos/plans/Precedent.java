package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.DictBox;
import telos.plans.values.Outline;
import telos.plans.values.Value;

/**
 * What a walk of a part of a plan came to, with all that it was told from, so that one which would be told the very same
 * need not be made. It is kept only of walks that look at variables, and at dictionaries which hold nothing that holds
 * something, and that write variables alone: then a walk is the same function of what it reads whichever frame the variables
 * lie in and whichever dictionaries are meant, as long as the same ones are meant where the same ones were.
 *
 * <p>It is looked up by equality, never by what merely covers it: that a region was walked before can then make no
 * difference but to the time, whoever may know of that region.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Precedent {
    private static final int MOST_READ = 12;

    /** A variable that a walk looked at, and what it was when the walk began. */
    record Read(Frame frame, int slot, @Nullable Value value, Shadow shadow) {}

    private final Lifts lifts;
    private final Label inside;
    private final Label before;

    private final int[] hops;
    private final int[] slots;
    private final @Nullable Value[] values;
    private final Shadow[] shadows;
    /** Per variable, the dictionary that it meant, and what that was; null where it meant none. */
    private final @Nullable DictBox[] meant;

    private final @Nullable Sketch[] sketches;

    /** What is not in a variable and was lifted too, and what that was. */
    private final List<Value> given;

    private final List<Shadow> lifted;

    private final int[] endHops;
    private final int[] endSlots;
    private final Shadow[] ends;
    private final boolean lives;

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
        meant = new DictBox[size];
        sketches = new Sketch[size];
        for (int i = 0; i < size; i++) {
            Read read = reads.get(i);
            hops[i] = hops(frame, read.frame());
            slots[i] = read.slot();
            values[i] = read.value();
            shadows[i] = read.shadow();
            if (!read.shadow().refs().isEmpty()) {
                DictBox box = (DictBox) read.shadow().refs().iterator().next();
                meant[i] = box;
                sketches[i] = seen.get(box);
            }
        }
        int count = walk.written().size();
        endHops = new int[count];
        endSlots = new int[count];
        ends = new Shadow[count];
        State state = walk.state;
        lives = state != null;
        int at = 0;
        for (State.Cell each : walk.written()) {
            endHops[at] = hops(frame, (Frame) each.frame());
            endSlots[at] = each.slot();
            ends[at] = state == null ? Shadow.UNBOUND : java.util.Objects.requireNonNull(state.read(each));
            at++;
        }
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
        List<Read> reads = walk.reads();
        Map<Object, Sketch> seen = walk.seen();
        if (reads == null
                || reads.size() > MOST_READ
                || walk.outermost() >= 0
                || !walk.changed().isEmpty()) {
            return null;
        }
        Set<Object> meant = new LinkedHashSet<>();
        for (Read each : reads) {
            if (isHollow(each.frame(), each.slot()) || hops(frame, each.frame()) < 0 || !isKept(each)) {
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
        return new Precedent(walk, frame, before, reads, seen, given, result);
    }

    private static boolean isKept(Read read) {
        Shadow shadow = read.shadow();
        Value value = read.value();
        if (value == null) {
            return true;
        }
        if (value.payload() instanceof DictBox box) {
            return shadow.refs().size() == 1 && shadow.refs().contains(box);
        }
        return shadow.refs().isEmpty() && isScalar(value, shadow.outline());
    }

    private static boolean isScalar(Value value, Outline outline) {
        return !Machine.holds(value.payload().kind()) && !Groups.mayLead(outline);
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
            if (isHollow(holder, slots[i]) || !isAsThen(i, holder.slots[slots[i]], machine)) {
                return false;
            }
            DictBox box = meant[i];
            for (int j = 0; box != null && j < i; j++) {
                if (meant[j] != null && (meant[j] == box) != (now(j, frame) == now(i, frame))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isHollow(Frame frame, int slot) {
        return frame.hollow != null && frame.hollow[slot] != null;
    }

    private Object now(int read, Frame frame) {
        return java.util.Objects.requireNonNull(frame.above(hops[read]).slots[slots[read]])
                .payload();
    }

    private boolean isAsThen(int i, @Nullable Value now, Machine machine) {
        Value then = values[i];
        Shadow shadow = shadows[i];
        if (now == null || then == null) {
            return now == then;
        }
        if (meant[i] != null) {
            return now.payload() instanceof DictBox box
                    && same(now.label(), then.label())
                    && lifts.isOpen(now.label())
                    && machine.groups.of(box) == null
                    && box.outline() == shadow.outline()
                    && isAsThen(box, java.util.Objects.requireNonNull(sketches[i]));
        }
        return isAsThen(then, shadow, now, machine);
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

    private boolean isAsThen(DictBox box, Sketch then) {
        Sketch now = lifts.box(box);
        return now == then || alike(now, then);
    }

    /** Whether nothing tells two things that hold nothing apart but that they are two. */
    static boolean alike(Sketch one, Sketch two) {
        Map<String, Shadow> first = one.fields();
        Map<String, Shadow> second = two.fields();
        if (one.outline() != two.outline()
                || !same(one.shape(), two.shape())
                || !same(one.content(), two.content())
                || one.pristine() != two.pristine()
                || !one.refs().isEmpty()
                || !two.refs().isEmpty()
                || first == null
                || second == null
                || first.size() != second.size()) {
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

    /** What a walk would have come to. */
    Settlement settlement(Frame frame) {
        Set<State.Cell> written = ends.length == 0 ? Set.of() : new LinkedHashSet<>();
        State end = lives ? new State() : null;
        for (int i = 0; i < ends.length; i++) {
            State.Cell cell = new State.Cell(frame.above(endHops[i]), endSlots[i]);
            written.add(cell);
            if (end != null) {
                end.write(cell, ends[i]);
            }
        }
        return new Settlement(end, written, Set.of(), inside, null);
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
                all.set(next, precedent);
                next = (next + 1) % MOST;
            }
        }
    }
}
