package telos.kernel.memory;

import java.util.List;
import java.util.Objects;

/** What a {@link BlockPool} answers when it is asked for slots. */
public sealed interface Allocation {

    /**
     * The slots are the sequence's.
     *
     * @param cachedTokens how many leading tokens need not be computed, because their blocks were found again
     * @param copies to be made before anything is written to the new slots
     */
    record Granted(int cachedTokens, List<BlockCopy> copies) implements Allocation {
        public Granted {
            copies = List.copyOf(copies);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param needed blocks that would have been taken
     * @param free blocks that could have been taken, unreferenced cached ones included
     */
    record Refused(Why why, int needed, int free) implements Allocation {
        public Refused {
            Objects.requireNonNull(why, "why");
        }
    }

    /** Why nothing was granted. */
    enum Why {
        /** Others hold the blocks now; it can be granted once they free some. */
        NO_FREE_BLOCK,
        /** The whole pool is too small; it can never be granted. */
        LARGER_THAN_POOL,
        /** The sequence to be forked holds slots that are not computed yet. */
        NOT_COMPUTED
    }
}
