package telos.plans.values;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One look at what values hold, no deeper than outlines tell, and at each object once for each depth: values that share
 * their parts, or hold themselves, cost what they are large, not what they would be written out.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class Sight {
    /** What an object is by itself. */
    static final Function<Box, Outline> NOW = Box::outline;

    private final int depth;
    private @Nullable IdentityHashMap<Payload, Outline> seen;
    private @Nullable Sight below;

    /** What references to the same peers, known alike, were found to be. */
    private Outline last = Outline.NEVER;

    private @Nullable Peers lastPeers;
    private @Nullable Outline lastCarried;

    private Sight(int depth) {
        this.depth = depth;
    }

    static Sight first() {
        return new Sight(0);
    }

    private IdentityHashMap<Payload, Outline> seen() {
        IdentityHashMap<Payload, Outline> known = seen;
        if (known == null) {
            known = new IdentityHashMap<>(1);
            seen = known;
        }
        return known;
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
        Peers peers = payload instanceof Box box && carried.isOnlyBoxes() ? box.group() : null;
        if (peers == null) {
            return now(payload, carried, this::within, true);
        }
        if (peers != lastPeers || carried != lastCarried) {
            last = now(payload, carried, this::within, true);
            lastPeers = peers;
            lastCarried = carried;
        }
        return last;
    }

    /** What is among its peers in other worlds alone. */
    private static Outline absent(Box box) {
        Peers peers = box.group();
        return peers == null ? Outline.NEVER : peers.absent();
    }

    /**
     * What a value can be by now that was known as far as told when a secret chose it: with what has come since into whatever
     * it may be, the same whichever it is.
     *
     * @param look what is known of an object
     * @param held whether something else holds it
     */
    static Outline now(Payload payload, Outline carried, Function<Box, Outline> look, boolean held) {
        if (!carried.leads()) {
            return carried;
        }
        if (payload instanceof Box box && (!held || carried.isOnlyBoxes())) {
            if (look == NOW) {
                return box.refreshed(carried);
            }
            Outline all = carried;
            for (Box each : box.peers()) {
                if (carried.may(each.kind())) {
                    all = all.union(look.apply(each));
                }
            }
            return all.union(absent(box).within(carried));
        }
        if (payload instanceof DictView view && carried.isOnly(Kind.VIEW)) {
            Outline all = carried;
            for (Box each : view.dict().peers()) {
                if (each instanceof DictBox) {
                    all = all.union(carried.seen(look.apply(each)));
                }
            }
            Outline absent = absent(view.dict()).only(Kind.DICT);
            return absent.isNever() ? all : all.union(carried.seen(absent));
        }
        Map<String, Outline> fields = carried.fields();
        if (payload instanceof Tuple tuple
                && carried.isOnly(Kind.TUPLE)
                && fields != null
                && fields.size() == tuple.size()) {
            List<Outline> parts = new ArrayList<>();
            for (Outline each : fields.values()) {
                parts.add(now(tuple.elements().get(parts.size()).payload(), each, look, true));
            }
            return Outline.tuple(parts);
        }
        return held ? carried.changed() : carried;
    }

    private Outline within(Payload payload) {
        if (payload instanceof Box box && box.likeness() != null && depth < Outline.DEEPEST) {
            return box.captured(this);
        }
        if (depth >= Outline.DEEPEST) {
            return Outline.ANY;
        }
        Sight deeper = below;
        if (deeper == null) {
            deeper = new Sight(depth + 1);
            below = deeper;
        }
        Outline known = deeper.seen().get(payload);
        if (known == null) {
            known = payload instanceof Box box ? box.captured(deeper) : Outline.exact(payload, deeper);
            deeper.seen().put(payload, known);
        }
        return known;
    }

    /** Of an iterator that another takes its elements from. */
    Outline part(IteratorBox iterator) {
        Outline known = seen().get(iterator);
        if (known == null) {
            known = iterator.captured(this);
            seen().put(iterator, known);
        }
        return known;
    }

    Outline all(Collection<Value> values) {
        Outline all = Outline.NEVER;
        Payload last = null;
        for (Value each : values) {
            if (last instanceof Box before
                    && each.outline() == null
                    && each.payload() instanceof Box box
                    && box.isLike(before)) {
                // The same is known of both.
                box.watch();
            } else if (each.payload() != last || each.outline() != null) {
                all = all.union(inside(each));
                last = each.outline() == null ? each.payload() : null;
            }
        }
        return all;
    }
}
