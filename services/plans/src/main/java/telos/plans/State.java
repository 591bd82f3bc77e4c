package telos.plans;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables and objects at one place of a walk, as far as they are not what they were when it began. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class State {
    /** A variable: the frame that holds it and its number there. */
    record Cell(Object frame, int slot) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cell cell && cell.frame == frame && cell.slot == slot;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(frame) * 31 + slot;
        }
    }

    private static final Object NEW = new Object();

    final Map<Cell, Shadow> cells;
    final Map<Object, Sketch> objects;
    private Object age;

    State() {
        this(new HashMap<>(), new HashMap<>(), NEW);
    }

    private State(Map<Cell, Shadow> cells, Map<Object, Sketch> objects, Object age) {
        this.cells = cells;
        this.objects = objects;
        this.age = age;
    }

    State copy() {
        return new State(new HashMap<>(cells), new HashMap<>(objects), age);
    }

    /** The same for two states of one walk only where all their objects are the same. */
    Object age() {
        return age;
    }

    /** To be called whenever {@link #objects} has changed. */
    void aged() {
        age = new Object();
    }
}
