package telos.plans;

import org.jspecify.annotations.Nullable;

/**
 * Variables and objects at one place of a walk, as far as they are not what they were when it began. A walk makes a state for
 * each way that control may go, so a copy costs nothing, and what two of them differ in is found without looking at the rest.
 */
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

    private Trie<Cell, Shadow> cells;
    private Trie<Object, Sketch> objects;

    State() {
        this(Trie.empty(), Trie.empty());
    }

    private State(Trie<Cell, Shadow> cells, Trie<Object, Sketch> objects) {
        this.cells = cells;
        this.objects = objects;
    }

    State copy() {
        return new State(cells, objects);
    }

    /** All variables by now; later changes of this state do not reach it. */
    Trie<Cell, Shadow> cells() {
        return cells;
    }

    /** All objects by now: the very same for two states of one walk only where all their objects are the same. */
    Trie<Object, Sketch> objects() {
        return objects;
    }

    /** What is known of a variable; null where it is what it was when the walk began. */
    @Nullable
    Shadow read(Cell cell) {
        return cells.at(cell);
    }

    /** What is known of an object; null where it is what it was when the walk began. */
    @Nullable
    Sketch sketch(Object place) {
        return objects.at(place);
    }

    void write(Cell cell, Shadow shadow) {
        cells = cells.with(cell, shadow);
    }

    void note(Object place, Sketch sketch) {
        objects = objects.with(place, sketch);
    }
}
