package telos.programs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The slices of late, the oldest first; those before are forgotten. */
final class SliceLog {
    private static final int MOST = 8192;

    private final Deque<Slice> slices = new ArrayDeque<>();

    void add(Slice slice) {
        if (slices.size() == MOST) {
            slices.removeFirst();
        }
        slices.addLast(slice);
    }

    List<Slice> all() {
        return new ArrayList<>(slices);
    }
}
