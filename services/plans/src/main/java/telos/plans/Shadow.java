package telos.plans;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Value;

/**
 * What a walk knows of a value.
 *
 * @param outline what it can be
 * @param label an upper bound of its label and, where it is known, of the labels of what it holds that never changes, as of the
 *     elements of a tuple; without what {@code refs} hold
 * @param refs the objects that it may be, or, where it is a tuple or another thing that never changes, that it may hold
 * @param known the value itself, where it is public to those whom the walk is for; it carries its own label alone
 * @param hollow whether there may be none: the variable may be unbound
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
record Shadow(
        Outline outline,
        Label label,
        Set<Object> refs,
        @Nullable Value known,
        boolean hollow) {
    static final Shadow UNBOUND = new Shadow(Outline.NEVER, Label.BOTTOM, Set.of(), null, true);

    static Shadow of(Outline outline, Label label) {
        return new Shadow(outline, label, Set.of(), null, false);
    }

    static Shadow of(Outline outline, Label label, Set<Object> refs) {
        return new Shadow(outline, label, refs, null, false);
    }

    /** A constant. */
    static Shadow known(Value value) {
        return known(value, Set.of());
    }

    /** A value which never changes, and the objects that it may hold. */
    static Shadow known(Value value, Set<Object> refs) {
        return new Shadow(Outline.of(value), Labels.fixed(value), refs, value, false);
    }

    Shadow raised(Label by) {
        Label joined = label.join(by);
        Value now = known == null || !isHolder(known) ? known : known.raised(by);
        return joined == label && now == known ? this : new Shadow(outline, joined, refs, now, hollow);
    }

    /** Who may know of it without what it holds: how many elements a tuple has. */
    Label own() {
        return known == null || !isHolder(known) ? label : known.label();
    }

    private static boolean isHolder(Value known) {
        return Machine.holds(known.payload());
    }

    Shadow bound() {
        return hollow ? new Shadow(outline, label, refs, known, false) : this;
    }

    /** The same but for what it can be. */
    Shadow outlined(Outline now) {
        return new Shadow(now, label, refs, known, hollow);
    }

    Shadow unknown() {
        return known == null ? this : new Shadow(outline, label, refs, null, hollow);
    }

    /** The same where it is known whether it counts as true. */
    Shadow counting(boolean truth) {
        Outline now = outline.counting(truth);
        return now.covers(outline) ? this : new Shadow(now, label, refs, null, hollow);
    }

    Shadow join(Shadow other) {
        if (this == other) {
            return this;
        }
        Value both = known != null && other.known != null && known.payload() == other.known.payload()
                ? known.raised(other.known.label())
                : null;
        return new Shadow(
                outline.union(other.outline),
                label.join(other.label),
                union(refs, other.refs),
                both,
                hollow || other.hollow);
    }

    /** Whether joining the other would change nothing. */
    boolean covers(Shadow other) {
        return this == other
                || (outline.covers(other.outline)
                        && other.label.flowsInto(label)
                        && refs.containsAll(other.refs)
                        && (known == null || (other.known != null && known.payload() == other.known.payload()))
                        && other.own().flowsInto(own())
                        && (hollow || !other.hollow));
    }

    static Set<Object> union(Set<Object> one, Set<Object> two) {
        if (one == two || two.isEmpty() || one.containsAll(two)) {
            return one;
        }
        if (one.isEmpty()) {
            return two;
        }
        Set<Object> both = new LinkedHashSet<>(one);
        both.addAll(two);
        return both;
    }
}
