package telos.inference.constraint;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Byte strings by their starts. A node is the start of one or more. */
final class ByteTrie {
    private final Map<Integer, ByteTrie> next = new HashMap<>();
    private boolean whole;

    void add(byte[] bytes) {
        ByteTrie at = this;
        for (byte value : bytes) {
            at = at.next.computeIfAbsent(value & 0xFF, _ -> new ByteTrie());
        }
        at.whole = true;
    }

    boolean isEmpty() {
        return next.isEmpty() && !whole;
    }

    /** Whether one of the strings ends here. */
    boolean whole() {
        return whole;
    }

    @Nullable
    ByteTrie after(int value) {
        return next.get(value);
    }
}
