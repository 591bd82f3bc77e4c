package telos.kernel.memory;

/**
 * Hashes a prefix block by block: the hash of a block covers its own tokens and, through its parent's hash, everything
 * before it. Equal hashes are a hint and never a proof.
 */
interface ChainHash {
    /** The hash that a chain under this key starts from. */
    long root(IsolationKey key);

    /** The hash of the block whose tokens are {@code tokens[from .. to)}. */
    long next(long parent, int[] tokens, int from, int to);

    /** Multiply-and-rotate over the tokens, closed by the finaliser of SplitMix64. */
    static ChainHash mixing() {
        return new ChainHash() {
            @Override
            public long root(IsolationKey key) {
                long hash = mix(key.model().hashCode());
                hash = mix(hash ^ key.tenant().hashCode());
                return mix(hash ^ key.label().hashCode());
            }

            @Override
            public long next(long parent, int[] tokens, int from, int to) {
                long hash = parent;
                for (int i = from; i < to; i++) {
                    hash = Long.rotateLeft((hash ^ tokens[i]) * 0x9E3779B97F4A7C15L, 29);
                }
                return mix(hash);
            }

            private static long mix(long value) {
                long mixed = value + 0x9E3779B97F4A7C15L;
                mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
                mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
                return mixed ^ (mixed >>> 31);
            }
        };
    }
}
