package telos.plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.DictBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.Labels;
import telos.plans.values.ListBox;
import telos.plans.values.Nothing;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Peers;
import telos.plans.values.Text;
import telos.plans.values.Value;

/**
 * What a walk knows of the values and objects that the run has where the walk begins: all that is public to those who know
 * that the run stands there.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Lifts {
    private static final Sketch NOTHING = new Sketch(Outline.NEVER, Label.BOTTOM, Label.BOTTOM, Set.of(), null, false);

    private final Machine machine;
    /** Who may know where the real run stands: what carries this is public here. */
    private final Label open;

    /** Whether what nothing tells apart is told as one thing. */
    private final boolean herding;

    /** What was found of a dictionary last. */
    private @Nullable Likeness last;

    Lifts(Machine machine, Label open, boolean herding) {
        this.machine = machine;
        this.open = open;
        this.herding = herding;
    }

    Label open() {
        return open;
    }

    boolean isHerding() {
        return herding;
    }

    boolean isOpen(Label label) {
        return label == Label.BOTTOM || label.flowsInto(open);
    }

    Shadow value(Value value) {
        if (isOpen(value.label()) && value.payload() != Nothing.ABSENT) {
            Payload payload = value.payload();
            Set<Object> refs = Set.of();
            if (Machine.holds(payload)) {
                refs = new LinkedHashSet<>();
                for (Box box : Groups.first(payload)) {
                    refs.add(machine.groups.place(box));
                }
            }
            return payload instanceof Box box
                    ? Shadow.of(box.outline(), value.label(), refs)
                    : Shadow.known(value, refs);
        }
        return Shadow.of(machine.known(value), value.label(), machine.groups.places(value));
    }

    /** What is known of an object or a group of them. */
    Sketch object(Object place) {
        if (place instanceof Box box) {
            return box(box);
        }
        if (place instanceof Herd herd) {
            return herd.sketch();
        }
        if (!(place instanceof Groups.Group group)) {
            return NOTHING;
        }
        Peers peers = group.peers();
        if (peers.note() instanceof Lift lift && holds(lift)) {
            return lift.sketch();
        }
        Sketch all = null;
        long changes = Lift.NEVER;
        boolean lasting = true;
        for (Box box : peers.members()) {
            Sketch each = box(box);
            all = all == null ? each : all.covers(each) ? all : all.join(each);
            if (!(box.note() instanceof Lift lift)) {
                lasting = false;
            } else if (lift.changes() != Lift.NEVER) {
                changes = changes == Lift.NEVER ? lift.changes() : Math.min(changes, lift.changes());
            }
        }
        if (!peers.absent().isNever()) {
            all = withAbsent(all, peers.absent(), peers.absentLabel());
        }
        if (all == null) {
            return NOTHING;
        }
        // What lies in one that is there in another world alone is in the group as well.
        Set<Object> refs =
                Groups.mayLead(all.outline().elementOrNone()) ? Shadow.union(all.refs(), Set.of(group)) : all.refs();
        Sketch sketch = new Sketch(all.outline(), all.shape(), all.content(), refs, all.fields(), false);
        if (lasting) {
            peers.note(new Lift(open, machine.groups.version(), changes, sketch, null));
        }
        return sketch;
    }

    private static Sketch withAbsent(@Nullable Sketch there, Outline absent, Label label) {
        if (there == null) {
            return new Sketch(absent, label, label, Set.of(), null, false);
        }
        return new Sketch(
                there.outline().union(absent),
                there.shape().join(label),
                there.content().join(label),
                there.refs(),
                there.outline().covers(absent) ? there.fields() : null,
                false);
    }

    private boolean holds(Lift lift) {
        return lift.open() == open
                && (lift.herd() == null || herding)
                && (lift.changes() == Lift.NEVER
                        || (lift.groups() == machine.groups.version() && lift.changes() == Box.changes()));
    }

    /**
     * What a walk saw of an object, for whom, and when. It holds until the object changes or, where it holds others, until
     * any changes that lies in another or the groups do: all that it was told from is as it was then.
     */
    private record Lift(
            Label open,
            int groups,
            long changes,
            Sketch sketch,
            @Nullable Herd herd) {
        private static final long NEVER = -1;
    }

    /** Whether a walk has seen, since it last changed, that it holds nothing which holds something or may lead there. */
    static boolean holdsNothing(Box box) {
        return box.note() instanceof Lift lift && lift.sketch().refs().isEmpty();
    }

    /** What is known of one object. */
    Sketch box(Box box) {
        if (box.note() instanceof Lift lift && holds(lift)) {
            return lift.sketch();
        }
        if (box.former() instanceof Lift lift && isAsBefore(box, lift)) {
            box.note(lift);
            return lift.sketch();
        }
        Likeness alike = last;
        if (alike != null && box instanceof DictBox dict && alike.isOf(dict)) {
            box.note(alike.lift);
            return alike.lift.sketch();
        }
        Sketch sketch = looked(box);
        if (box instanceof DictBox dict && box.note() instanceof Lift lift && lift.changes() == Lift.NEVER) {
            Likeness made = Likeness.of(dict, lift);
            last = made == null ? last : made;
        }
        return sketch;
    }

    /** Whether one that holds scalars alone has changed only in what is not told of it. */
    private boolean isAsBefore(Box box, Lift lift) {
        Sketch sketch = lift.sketch();
        return lift.changes() == Lift.NEVER
                && holds(lift)
                && sketch.fields() == null
                && sketch.refs().isEmpty()
                && sketch.shape().equals(shape(box))
                && !isOpen(box.shape())
                && box.scalars() != null
                && box.floor().join(box.beyond()).join(box.scalars()) == sketch.content()
                && box.outline() == sketch.outline();
    }

    /**
     * What is said of a dictionary of secrets that others are likely to be alike: it is told from its keys, and from the labels
     * and outlines of its values alone.
     */
    private static final class Likeness {
        private final Lift lift;
        private final Label floor;
        private final Label beyond;
        private final @Nullable DictBox whole;
        private final String[] keys;
        private final Label[] labels;
        private final Outline[] outlines;
        private Box.@Nullable Likeness given;

        private Likeness(Lift lift, DictBox of, String[] keys, Label[] labels, Outline[] outlines) {
            this.lift = lift;
            this.floor = of.floor();
            this.beyond = of.beyond();
            this.whole = of.whole();
            this.keys = keys;
            this.labels = labels;
            this.outlines = outlines;
        }

        static @Nullable Likeness of(DictBox dict, Lift lift) {
            Map<String, Shadow> fields = lift.sketch().fields();
            if (fields == null || fields.isEmpty() || !lift.sketch().refs().isEmpty()) {
                return null;
            }
            List<Value> parts = dict.parts();
            if (parts.size() != 2 * fields.size()) {
                return null;
            }
            String[] keys = new String[fields.size()];
            Label[] labels = new Label[keys.length];
            Outline[] outlines = new Outline[keys.length];
            for (int i = 0; i < keys.length; i++) {
                Value value = parts.get(2 * i + 1);
                Outline outline = value.outline();
                keys[i] = ((Text) parts.get(2 * i).payload()).string();
                Shadow shadow = fields.get(keys[i]);
                if (outline == null
                        || Groups.mayLead(outline)
                        || Machine.holds(value.payload())
                        || shadow == null
                        || shadow.known() != null) {
                    return null;
                }
                labels[i] = value.label();
                outlines[i] = outline;
            }
            return new Likeness(lift, dict, keys, labels, outlines);
        }

        boolean isOf(DictBox dict) {
            Sketch sketch = lift.sketch();
            if (!shape(dict).equals(sketch.shape())
                    || dict.whole() != whole
                    || dict.floor() != floor
                    || !dict.beyond().equals(beyond)) {
                return false;
            }
            Box.Likeness now = dict.likeness();
            if (now != null && now == given) {
                return true;
            }
            boolean alike = dict.isAlike(keys, labels, outlines) && dict.outline() == sketch.outline();
            if (alike && now != null) {
                given = now;
            }
            return alike;
        }
    }

    private Map<String, Shadow> fields(Box box, Map<String, Value> named) {
        Map<String, Shadow> fields = new HashMap<>();
        for (Map.Entry<String, Value> each : named.entrySet()) {
            fields.put(each.getKey(), value(each.getValue()).raised(box.floor()));
        }
        return fields;
    }

    /** Who may know how much it holds and in which order; a run tells by both whatever depends on either. */
    private static Label shape(Box box) {
        return box.shape().join(box.floor());
    }

    private Sketch looked(Box box) {
        long changes = Box.changes();
        Label content = box.floor().join(box.beyond());
        Set<Object> refs = Set.of();
        boolean lasting = !(box instanceof IteratorBox);
        boolean flat = true;
        Herd herd = herding && box instanceof ListBox list ? herd(list) : null;
        Label scalars = herd == null ? box.scalars() : null;
        if (herd != null) {
            refs = Set.of(herd);
            content = content.join(herd.label());
            flat = false;
        }
        if (scalars != null) {
            content = content.join(scalars);
        }
        for (Value each : scalars == null && herd == null ? Contents.of(box) : List.<Value>of()) {
            content = content.join(Labels.fixed(each));
            Outline carried = each.outline();
            if (each.payload() instanceof Box) {
                flat = false;
                lasting &= isOpen(each.label());
            } else if (Machine.holds(each.payload()) || (carried != null && Groups.mayLead(carried))) {
                lasting = false;
            } else {
                continue;
            }
            if (refs.isEmpty()) {
                refs = new LinkedHashSet<>();
            }
            machine.groups.addPlaces(each, refs);
        }
        Map<String, Shadow> fields = null;
        Map<String, Value> named = Contents.fields(box);
        Map<String, Value> whole =
                box instanceof DictBox dict && dict.whole() != null ? Contents.fields(dict.whole()) : null;
        if (named != null && isOpen(box.shape())) {
            fields = fields(box, named);
        } else if (named != null && whole != null) {
            // Whether a key is there may not be told by what is known of what stands under it.
            fields = fields(box, whole);
            for (Map.Entry<String, Shadow> each : fields(box, named).entrySet()) {
                fields.computeIfPresent(each.getKey(), (_, other) -> other.join(each.getValue()));
            }
        }
        Sketch sketch = new Sketch(box.outline(), shape(box), content, refs, fields, true);
        if (lasting) {
            box.note(new Lift(open, machine.groups.version(), flat ? Lift.NEVER : changes, sketch, herd));
        }
        return sketch;
    }

    /** What a list holds as one thing; null where it holds too little or something tells it apart. */
    private @Nullable Herd herd(ListBox list) {
        List<Value> elements = list.view();
        if (elements.size() < Herd.LEAST || !list.elsewhere().isEmpty()) {
            return null;
        }
        Sketch all = null;
        DictBox last = null;
        Label label = Label.BOTTOM;
        List<Box> members = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Value each = elements.get(i);
            if (!(each.payload() instanceof DictBox dict) || dict.among() != null || !isOpen(each.label())) {
                return null;
            }
            if (last == null || !dict.isLike(last)) {
                Sketch one = box(dict);
                if ((all != null && one != all) || !one.refs().isEmpty()) {
                    return null;
                }
                all = one;
            }
            last = dict;
            label = label.join(each.label());
            members.add(dict);
        }
        if (all == null) {
            return null;
        }
        machine.herded++;
        return new Herd(members, all, label);
    }
}
