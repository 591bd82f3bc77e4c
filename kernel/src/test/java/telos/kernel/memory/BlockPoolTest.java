package telos.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockPoolTest {
    private static final IsolationKey KEY = new IsolationKey("mini", "alice", "public");

    @Test
    void findsThePromptOfAFreedSequenceAgain() {
        BlockPool pool = new BlockPool(4);
        assertThat(pool.open(1, new int[40], KEY)).isEqualTo(new Allocation.Granted(0, List.of()));
        pool.commit(1, 40);
        pool.free(1);
        assertThat(pool.open(2, new int[40], KEY)).isEqualTo(new Allocation.Granted(32, List.of()));
    }
}
