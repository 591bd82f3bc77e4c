package telos.kernel.memory;

/**
 * The policy that says which cached block goes first when the pool is out of free ones. It hears of blocks that nobody
 * refers to and whose contents can still be found again; the pool asks it for a victim only while it has one.
 */
public interface Eviction {
    /** The block lost its last reference. Of one sequence's blocks the last is released first. */
    void released(int block);

    /** The block is referred to again. */
    void taken(int block);

    /** Removes and names the block to give up. */
    int victim();

    /** The block that was released longest ago goes first. All operations take constant time. */
    static Eviction leastRecentlyUsed() {
        return new LeastRecentlyUsed();
    }
}
