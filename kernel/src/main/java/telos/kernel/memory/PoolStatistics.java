package telos.kernel.memory;

/**
 * How a pool stands. {@code total = used + cached + free}.
 *
 * @param used blocks that sequences refer to
 * @param cached blocks that nobody refers to and whose contents can still be found again
 * @param free blocks that hold nothing
 * @param blockTokens token slots in a block
 * @param tokensHeld slots of used blocks that are given to tokens, a shared slot counted once
 * @param hitTokens prompt tokens that were found in blocks computed before
 * @param missTokens prompt tokens that were not
 * @param evictions cached blocks given up so far
 */
public record PoolStatistics(
        int total,
        int used,
        int cached,
        int free,
        int blockTokens,
        long tokensHeld,
        long hitTokens,
        long missTokens,
        long evictions) {

    /** The share of the slots in used blocks that hold tokens; 1 where no block is used. */
    public double usefulShare() {
        return used == 0 ? 1 : (double) tokensHeld / ((long) used * blockTokens);
    }
}
