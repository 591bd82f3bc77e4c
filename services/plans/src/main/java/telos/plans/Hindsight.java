package telos.plans;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import telos.plans.values.Box;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Value;

/**
 * What a run made inside of a region where something else was decided by another label: as it was made, it was known as far as
 * that allowed. Once the outermost region has ended it is known as the walk of that knew it, as in worlds where it was not made.
 */
final class Hindsight {
    private final Machine machine;

    /** The walk's state at the end of the region. */
    private final State end;
    /** What was there before. */
    private final Set<Box> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Payload> told = Collections.newSetFromMap(new IdentityHashMap<>());

    Hindsight(Machine machine, State end) {
        this.machine = machine;
        this.end = end;
    }

    /** Notes what was there before, of all that a reference to these may lead to: to be said before any of it comes together. */
    Hindsight knowing(Set<Object> refs) {
        for (Object place : reachable(refs)) {
            known.addAll(machine.groups.members(place));
        }
        return this;
    }

    private Set<Object> reachable(Set<Object> refs) {
        Set<Object> seen = new HashSet<>();
        ArrayDeque<Object> todo = new ArrayDeque<>(refs);
        while (!todo.isEmpty()) {
            Object place = todo.pop();
            Sketch sketch = seen.add(place) ? end.sketch(place) : null;
            if (sketch != null) {
                todo.addAll(sketch.refs());
            }
        }
        return seen;
    }

    /**
     * Tells of a value, and of what it holds.
     *
     * @param refs the places that the walk saw it lead to
     */
    void tell(Value value, Set<Object> refs) {
        if (Machine.holds(value.payload())) {
            tell(value.payload(), made(refs));
        }
    }

    /**
     * Tells of what is new in one that was there before, or is known as well as that.
     *
     * @param by what the walk knew of it
     * @param made what the walk saw being made that it may lead to
     */
    void tellInside(Box box, Outline by, Outline made) {
        box.retell(by);
        tellParts(box, made);
    }

    /** What all can be that the walk saw being made where a reference to these may lead to. */
    Outline made(Set<Object> refs) {
        Outline all = Outline.NEVER;
        for (Object place : reachable(refs)) {
            Sketch sketch = Groups.isMade(place) ? end.sketch(place) : null;
            if (sketch != null) {
                all = all.union(sketch.outline().followed(machine.changing()).holdingChanged(machine.changing()));
            }
        }
        return all;
    }

    private void tell(Payload payload, Outline made) {
        if (!Machine.holds(payload) || (payload instanceof Box old && known.contains(old))) {
            return;
        }
        Outline by = payload instanceof Box box ? made.onlyOf(box.kind()) : made;
        if (by.isNever() || !told.add(payload)) {
            return;
        }
        if (payload instanceof Box box) {
            box.resettle(by, machine);
        }
        tellParts(payload, made);
    }

    private void tellParts(Payload payload, Outline made) {
        for (Value each : Contents.here(payload)) {
            tell(each.payload(), made);
        }
    }
}
