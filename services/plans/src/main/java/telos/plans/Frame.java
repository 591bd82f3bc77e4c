package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Value;

/** The variables of one call, of the plan itself, or of one run of a comprehension. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Frame {
    final Machine machine;
    final @Nullable Frame up;
    final @Nullable Value[] slots;

    /** Per variable, who may know whether it is bound, where that is not public; null while all of that is public. */
    @Nullable
    Label @Nullable [] hollow;

    /** Per variable that is not bound though a secret may have bound it: what it is in the worlds where that did. */
    private @Nullable Shadow @Nullable [] absent;

    /** The statement that is being run. */
    @Nullable
    Step at;

    @Nullable
    Value returned;

    /** Per variable, the stay of the run for which what puts back what is known of it was given last. */
    private int @Nullable [] undoneAt;

    /** The stay of the run in which it was made. */
    private final int born;

    private final Frame home;

    Frame(Machine machine, @Nullable Frame up, int size) {
        this.machine = machine;
        this.up = up;
        this.slots = new Value[size];
        this.home = this;
        this.born = machine.stay();
    }

    private Frame(Frame up, int size) {
        this.machine = up.machine;
        this.up = up;
        this.slots = new Value[size];
        this.home = up.home;
        this.born = machine.stay();
    }

    /** The frame of a comprehension. */
    static Frame inside(Frame up, int size) {
        return new Frame(up, size);
    }

    /** The frame of the call that this one is part of: a comprehension's statement is that of its function. */
    Frame home() {
        return home;
    }

    Frame above(int hops) {
        Frame frame = this;
        for (int i = 0; i < hops; i++) {
            frame = java.util.Objects.requireNonNull(frame.up);
        }
        return frame;
    }

    void store(int slot, @Nullable Value value) {
        Label pc = machine.pc;
        slots[slot] = value == null || pc == Label.BOTTOM ? value : machine.written(value);
        if (hollow != null) {
            hollow[slot] = null;
        }
    }

    /** Who may know whether a variable is bound; null where that is public. */
    @Nullable
    Label hollow(int slot) {
        return hollow == null ? null : hollow[slot];
    }

    /** What a variable is where a secret bound it, of one that it did not bind here; null where none is known. */
    @Nullable
    Shadow absent(int slot) {
        return absent == null || slots[slot] != null || hollow(slot) == null ? null : absent[slot];
    }

    /**
     * What puts back all that is known of a variable now, unless it was bound anew since.
     *
     * @param stay for which that is wanted, counted from 1; null where it was given for that before, or the frame goes with it
     */
    @Nullable
    Runnable undo(int slot, int stay) {
        if (stay == born) {
            return null;
        }
        if (undoneAt == null) {
            undoneAt = new int[slots.length];
        }
        if (undoneAt[slot] == stay) {
            return null;
        }
        undoneAt[slot] = stay;
        Value value = slots[slot];
        Label hollowThen = hollow(slot);
        Shadow absentThen = absent == null ? null : absent[slot];
        return () -> {
            Value now = slots[slot];
            if ((now == null) != (value == null)
                    || (now != null && value != null && now.payload() != value.payload())) {
                return;
            }
            slots[slot] = value;
            hollow(slot, hollowThen);
            if (absent != null) {
                absent[slot] = absentThen;
            }
        };
    }

    void absent(int slot, Shadow elsewhere) {
        if (absent == null) {
            absent = new Shadow[slots.length];
        }
        absent[slot] = elsewhere;
    }

    void hollow(int slot, @Nullable Label label) {
        if (hollow == null) {
            if (label == null) {
                return;
            }
            hollow = new Label[slots.length];
        }
        hollow[slot] = label;
    }
}
