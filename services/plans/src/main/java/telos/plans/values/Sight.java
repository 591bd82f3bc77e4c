package telos.plans.values;

import java.util.Collection;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at what values hold, no deeper than outlines tell, and at each object once for each depth: values that share
 * their parts, or hold themselves, cost what they are large, not what they would be written out.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class Sight {
    private final int depth;
    private final IdentityHashMap<Payload, Outline> seen = new IdentityHashMap<>();
    private @Nullable Sight below;

    private Sight(int depth) {
        this.depth = depth;
    }

    static Sight first() {
        return new Sight(0);
    }

    /** Whether it begins here, so that nothing of it is cut off for lying deep in something else. */
    boolean isFirst() {
        return depth == 0;
    }

    /** Of a value that something else holds: when it changes, what is known of its holder does too. */
    Outline inside(Value value) {
        Outline carried = value.outline();
        Payload payload = value.payload();
        if (carried == null) {
            return Labels.holds(payload) || payload instanceof Member ? within(payload) : Outline.exact(payload, this);
        }
        return payload instanceof Box ? carried.union(within(payload)) : carried;
    }

    private Outline within(Payload payload) {
        if (depth >= Outline.DEEPEST) {
            return Outline.ANY;
        }
        Sight deeper = below;
        if (deeper == null) {
            deeper = new Sight(depth + 1);
            below = deeper;
        }
        Outline known = deeper.seen.get(payload);
        if (known == null) {
            known = payload instanceof Box box ? box.captured(deeper) : Outline.exact(payload, deeper);
            deeper.seen.put(payload, known);
        }
        return known;
    }

    Outline all(Collection<Value> values) {
        Outline all = Outline.NEVER;
        Payload last = null;
        for (Value each : values) {
            if (each.payload() != last || each.outline() != null) {
                all = all.union(inside(each));
                last = each.outline() == null ? each.payload() : null;
            }
        }
        return all;
    }
}
