package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.plans.values.Box;
import telos.plans.values.Outline;

/**
 * How states of a walk grow: where ways meet, what is known is what both know; where a loop makes one that would keep growing,
 * it is known less until it stops.
 */
final class Growth {
    private final Walk walk;

    Growth(Walk walk) {
        this.walk = walk;
    }

    /** Goes on where either of two ways comes out; null is no way. */
    @Nullable
    State merge(@Nullable State one, @Nullable State two) {
        if (one == null || one == two) {
            return two;
        }
        if (two == null) {
            return one;
        }
        State both = one.copy();
        join(both, two);
        return both;
    }

    /** Whether anything has come to a state. */
    private static final class News {
        boolean any;
    }

    /** Adds what is known on another way; tells whether anything is new. */
    boolean join(State into, State more) {
        News news = new News();
        into.cells().differences(more.cells(), (cell, known, other) -> {
            Shadow own = known != null ? known : walk.initial(cell.frame(), cell.slot());
            Shadow two = other != null ? other : walk.initial(cell.frame(), cell.slot());
            boolean fresh = !own.covers(two);
            news.any |= fresh;
            if (fresh) {
                into.write(cell, own.join(two));
            } else if (known == null) {
                into.write(cell, own);
            }
        });
        into.objects().differences(more.objects(), (place, known, other) -> {
            boolean lasting = place instanceof Box || place instanceof Groups.Group;
            Sketch own = known == null && lasting ? walk.initial(place) : known;
            Sketch two = other == null && lasting ? walk.initial(place) : other;
            if (two != null && (own == null || !own.covers(two))) {
                into.note(place, own == null ? two : own.join(two));
                news.any = true;
            }
        });
        return news.any;
    }

    /** Makes a state that keeps growing stop: what grew is known less from now on. */
    void widen(State growing, State before) {
        before.cells().differences(growing.cells(), (cell, old, now) -> {
            if (old != null && now != null && !old.outline().covers(now.outline())) {
                growing.write(
                        cell, now.outlined(now.outline().widened(old.outline())).unknown());
            }
        });
        before.objects().differences(growing.objects(), (place, old, now) -> {
            if (old != null && now != null && now.grown() > old.grown()) {
                growing.note(place, now.endless());
            } else if (old != null && now != null && !old.outline().covers(now.outline())) {
                growing.note(
                        place,
                        now.outlined(now.outline().widened(old.outline())).unnamed());
            }
        });
    }

    /** Forgets between which numbers ints lie, where a state has grown beyond that; tells whether it forgot anything. */
    boolean unbind(State state, State grown) {
        News news = new News();
        state.cells().differences(grown.cells(), (cell, old, now) -> {
            if (old != null && now != null && !old.outline().covers(now.outline())) {
                Outline unbound = old.outline().unbound();
                if (!old.outline().covers(unbound)) {
                    state.write(cell, old.outlined(unbound).unknown());
                    news.any = true;
                }
            }
        });
        state.objects().differences(grown.objects(), (place, old, now) -> {
            if (old != null && now != null && !old.outline().covers(now.outline())) {
                Outline unbound = old.outline().unbound();
                if (!old.outline().covers(unbound)) {
                    state.note(place, old.outlined(unbound));
                    news.any = true;
                }
            }
        });
        return news.any;
    }
}
