package telos.plans.values;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * Boxes that cannot be told apart by whoever may not read what chose between them.
 *
 * <p>What all of one kind can be is kept until one of them changes or joins, or, where one holds what may change by itself,
 * until any box changes that lies in another: that is when a box computes its own outline anew, so what is kept is what
 * would be computed.
 */
@SuppressWarnings({"ReferenceEquality", "EnumOrdinal"}) // the same object is meant; the place in an array
public final class Peers {
    private final Object group;
    private final List<Box> members = new ArrayList<>();
    private final @Nullable Outline[] known = new Outline[Kind.values().length];
    private boolean flat = true;
    private long stamp;

    /** What is among them in some world that looks the same, though perhaps not in this one. */
    private Outline absent = Outline.NEVER;

    /** The join of labels of that, and of what it holds. */
    private Label absentLabel = Label.BOTTOM;

    private boolean mayHoldOthers;
    private @Nullable Label deep;
    private final Map<String, Label> under = new HashMap<>(2);
    private @Nullable Object note;
    /** Whether anything is kept that is to be forgotten. */
    private boolean told;

    private int version;

    private @Nullable Outline from;
    private Outline to = Outline.NEVER;

    /**
     * None yet.
     *
     * @param group what they are said to be the members of
     */
    public Peers(Object group) {
        this.group = group;
    }

    Object group() {
        return group;
    }

    public Collection<Box> members() {
        return members;
    }

    public int size() {
        return members.size();
    }

    /** Takes in one that has no peers yet. */
    public void add(Box box) {
        members.add(box);
        box.among(this);
    }

    /** Lets go of the one that came in last, which has no peers then. */
    public void removeLast() {
        members.removeLast().apart();
        lost();
    }

    /**
     * Takes over all members of others, which are none any more.
     *
     * @return gives them back, once whatever came in later has gone
     */
    public Runnable addAll(Peers others) {
        int before = members.size();
        members.addAll(others.members);
        others.members.forEach(each -> each.among(this));
        others.members.clear();
        Runnable undo = absent(others.absent, others.absentLabel);
        others.forget();
        return () -> {
            List<Box> theirs = members.subList(before, members.size());
            others.members.addAll(theirs);
            theirs.forEach(each -> each.among(others));
            theirs.clear();
            undo.run();
            others.lost();
            lost();
        };
    }

    /** One of them is gone, or may hold fewer things. */
    void lost() {
        mayHoldOthers = false;
        for (Box each : members) {
            mayHoldOthers |= !each.elsewhere().isEmpty();
        }
        version++;
        forget();
    }

    /**
     * In worlds that look the same there are such among them too.
     *
     * @return takes that back
     */
    public Runnable absent(Outline such, Label label) {
        Outline before = absent;
        Label labelBefore = absentLabel;
        version++;
        absent = absent.union(such);
        absentLabel = absentLabel.join(label);
        forget();
        return () -> {
            version++;
            absent = before;
            absentLabel = labelBefore;
            forget();
        };
    }

    /** What is among them in some world that looks the same. */
    public Outline absent() {
        return absent;
    }

    public Label absentLabel() {
        return absentLabel;
    }

    /** What was noted of all of them; null once the elements or labels of one have changed since. */
    public @Nullable Object note() {
        return note;
    }

    public void note(Object now) {
        told = true;
        note = now;
    }

    /** Whether one of them may hold other things in worlds that look the same. */
    boolean mayHoldOthers() {
        return mayHoldOthers;
    }

    void mayHoldOthers(boolean one) {
        mayHoldOthers |= one;
        version++;
    }

    /** Changes with their labels, members and elements; also where one holds what may change by itself, and that changed. */
    public int version() {
        look();
        told = true;
        return version;
    }

    /** The labels of one of them have changed. */
    void unnote() {
        version++;
        note = null;
        deep = null;
        under.clear();
    }

    /** Who may know of all that each of them holds: whoever holds one that a secret chose may hold any. */
    public Label deep() {
        Label known = deep;
        if (known == null) {
            Labels.Joint all = Labels.joint(this);
            known = all.label().join(absentLabel);
            deep = all.isWithin() ? known : null;
            told = true;
        }
        return known;
    }

    /** Whether no other object can be reached from them. */
    public boolean isClosed() {
        deep();
        return deep != null;
    }

    /** Who may know of what dictionaries among them have under a text. */
    Label under(Text text) {
        told = true;
        return under.computeIfAbsent(text.string(), _ -> {
            Key key = Key.ofText(text);
            Label all = absentLabel;
            Box.Likeness last = null;
            for (Box each : members) {
                if (each instanceof DictBox dict) {
                    all = all.join(dict.shape()).join(dict.floor());
                    Box.Likeness like = dict.likeness();
                    if (like == null || like != last) {
                        Table.Entry entry = dict.table().find(key);
                        all = entry == null ? all : all.join(entry.value.label());
                        last = like;
                    }
                }
            }
            return all;
        });
    }

    /** One of them has changed. */
    void forget() {
        if (!told) {
            return;
        }
        told = false;
        version++;
        note = null;
        deep = null;
        under.clear();
        from = null;
        Arrays.fill(known, null);
        flat = true;
    }

    /** What a reference that is known as told can be by now, where it is an object, whichever of these it may be. */
    public Outline refreshed(Outline carried) {
        look();
        if (carried == from) {
            return to;
        }
        Outline all = carried;
        for (Kind kind : Outline.BOXES) {
            if (carried.may(kind)) {
                all = all.union(known(kind));
            }
        }
        told = true;
        from = carried;
        to = all;
        return all;
    }

    private void look() {
        if (!flat && stamp != Box.changes()) {
            forget();
        }
    }

    /** What those of kinds that a reference can be can be. */
    public Outline meant(Outline reference) {
        look();
        Outline all = Outline.NEVER;
        for (Kind kind : Outline.BOXES) {
            if (reference.may(kind)) {
                all = all.union(known(kind));
            }
        }
        return all;
    }

    /** What those that a view can be of can be. */
    public Outline viewed() {
        look();
        return known(Kind.DICT);
    }

    private Outline known(Kind kind) {
        Outline kept = known[kind.ordinal()];
        if (kept != null) {
            return kept;
        }
        told = true;
        long now = Box.changes();
        Outline all = absent.only(kind);
        for (Box each : members) {
            if (each.kind() == kind) {
                Outline one = each.outline();
                all = all.union(one);
                if (!one.isFlat() || each instanceof IteratorBox) {
                    // Those of other kinds that are kept already are as old at most: flat ones have no age.
                    if (flat) {
                        stamp = now;
                        flat = false;
                    }
                }
            }
        }
        known[kind.ordinal()] = all;
        return all;
    }
}
