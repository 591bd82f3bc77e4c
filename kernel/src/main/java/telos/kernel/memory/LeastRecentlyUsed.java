package telos.kernel.memory;

import java.util.LinkedHashSet;

/** Released blocks in the order of their release. */
final class LeastRecentlyUsed implements Eviction {
    private final LinkedHashSet<Integer> released = new LinkedHashSet<>();

    @Override
    public void released(int block) {
        released.addLast(block);
    }

    @Override
    public void taken(int block) {
        released.remove(block);
    }

    @Override
    public int victim() {
        return released.removeFirst();
    }
}
