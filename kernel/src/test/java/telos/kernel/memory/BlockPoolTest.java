package telos.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.kernel.memory.Allocation.Granted;
import telos.kernel.memory.Allocation.Refused;
import telos.kernel.memory.Allocation.Why;

class BlockPoolTest {
    private static final IsolationKey KEY = new IsolationKey("mini", "alice", "public");
    private static final int BLOCK = 4;

    private final BlockPool pool = pool(8);

    @Test
    void givesEveryTokenOfAPromptASlot() {
        assertThat(pool.open(1, prompt(6), KEY)).isEqualTo(new Granted(0, List.of()));
        assertThat(pool.table(1).length()).isEqualTo(6);
        assertThat(pool.table(1).computed()).isZero();
        assertThat(pool.table(1).blocks()).containsExactly(0, 1);
    }

    @Test
    void takesABlockOnlyWhenTheLastIsFull() {
        pool.open(1, prompt(3), KEY);
        pool.append(1, 9);
        assertThat(pool.table(1).size()).isEqualTo(1);
        pool.append(1, 9);
        assertThat(pool.table(1).size()).isEqualTo(2);
    }

    @Test
    void refusesAPromptWhenTooFewAreFreeAndChangesNothing() {
        pool.open(1, prompt(24), KEY);
        PoolStatistics before = pool.statistics();
        assertThat(pool.open(2, prompt(9), KEY)).isEqualTo(new Refused(Why.NO_FREE_BLOCK, 3, 2));
        assertThat(pool.isOpen(2)).isFalse();
        assertThat(pool.statistics()).isEqualTo(before);
    }

    @Test
    void refusesAPromptThatNoFreeingWouldMakeFit() {
        assertThat(pool.open(1, prompt(33), KEY)).isEqualTo(new Refused(Why.LARGER_THAN_POOL, 9, 8));
    }

    @Test
    void refusesToAppendWhenNothingIsFreeAndChangesNothing() {
        pool.open(1, prompt(8), KEY);
        pool.open(2, prompt(24), KEY);
        assertThat(pool.append(1, 5, 6)).isEqualTo(new Refused(Why.NO_FREE_BLOCK, 1, 0));
        assertThat(pool.table(1).length()).isEqualTo(8);
        pool.free(2);
        assertThat(pool.append(1, 5, 6)).isEqualTo(new Granted(0, List.of()));
    }

    @Test
    void refusesWhenTheSpareBlocksWouldBeTaken() {
        pool.open(1, prompt(20), KEY);
        assertThat(pool.open(2, prompt(8), KEY, 2)).isEqualTo(new Refused(Why.NO_FREE_BLOCK, 2, 3));
        assertThat(pool.open(2, prompt(8), KEY, 1)).isInstanceOf(Granted.class);
    }

    @Test
    void findsThePrefixOfALivingSequence() {
        computed(1, prompt(11), KEY);
        assertThat(pool.open(2, prompt(20), KEY)).isEqualTo(new Granted(8, List.of()));
        assertThat(pool.table(2).block(1)).isEqualTo(pool.table(1).block(1));
        assertThat(pool.table(2).computed()).isEqualTo(8);
    }

    @Test
    void findsThePrefixOfAFreedSequence() {
        computed(1, prompt(11), KEY);
        pool.free(1);
        assertThat(pool.statistics().cached()).isEqualTo(2);
        assertThat(pool.open(2, prompt(11), KEY)).isEqualTo(new Granted(8, List.of()));
        assertThat(pool.statistics().hitTokens()).isEqualTo(8);
        assertThat(pool.statistics().missTokens()).isEqualTo(14);
    }

    @Test
    void alwaysLeavesTheLastTokenToCompute() {
        computed(1, prompt(8), KEY);
        assertThat(pool.open(2, prompt(8), KEY)).isEqualTo(new Granted(4, List.of()));
    }

    @Test
    void findsNothingThatIsNotComputed() {
        pool.open(1, prompt(12), KEY);
        pool.commit(1, 7);
        assertThat(pool.open(2, prompt(12), KEY)).isEqualTo(new Granted(4, List.of()));
    }

    @Test
    void forgetsWhatWasFreedBeforeItWasComputed() {
        pool.open(1, prompt(12), KEY);
        pool.free(1);
        assertThat(pool.statistics().free()).isEqualTo(8);
        assertThat(pool.open(2, prompt(12), KEY)).isEqualTo(new Granted(0, List.of()));
    }

    @Test
    void findsGeneratedTokensForTheNextTurn() {
        computed(1, prompt(6), KEY);
        pool.append(1, 6, 7, 8);
        pool.commit(1, 3);
        pool.free(1);
        assertThat(pool.open(2, prompt(12), KEY)).isEqualTo(new Granted(8, List.of()));
    }

    @Test
    void sharesNothingAcrossModelsTenantsOrLabels() {
        computed(1, prompt(12), KEY);
        int sequence = 2;
        for (IsolationKey other : List.of(
                new IsolationKey("large", "alice", "public"),
                new IsolationKey("mini", "bob", "public"),
                new IsolationKey("mini", "alice", "secret"))) {
            assertThat(pool.open(sequence, prompt(5), other)).isEqualTo(new Granted(0, List.of()));
            pool.free(sequence++);
        }
    }

    @Test
    void sharesNothingAcrossKeysWhoseHashesAreEqual() {
        BlockPool colliding = new BlockPool(8, BLOCK, Eviction.leastRecentlyUsed(), ALL_EQUAL);
        colliding.open(1, prompt(12), KEY);
        colliding.commit(1, 12);
        assertThat(colliding.open(2, prompt(12), new IsolationKey("mini", "bob", "public")))
                .isEqualTo(new Granted(0, List.of()));
    }

    @Test
    void isNotFooledByTokensWhoseHashesAreEqual() {
        BlockPool colliding = new BlockPool(8, BLOCK, Eviction.leastRecentlyUsed(), ALL_EQUAL);
        colliding.open(1, new int[] {1, 2, 3, 4, 5}, KEY);
        colliding.commit(1, 5);
        assertThat(colliding.open(2, new int[] {1, 2, 3, 5, 5}, KEY)).isEqualTo(new Granted(0, List.of()));
        assertThat(colliding.open(3, new int[] {1, 2, 3, 4, 9}, KEY)).isEqualTo(new Granted(4, List.of()));
    }

    @Test
    void isNotFooledByEqualTokensAfterAnotherPrefix() {
        BlockPool colliding = new BlockPool(8, BLOCK, Eviction.leastRecentlyUsed(), ALL_EQUAL);
        colliding.open(1, new int[] {1, 1, 1, 1, 7, 7, 7, 7, 0}, KEY);
        colliding.commit(1, 9);
        colliding.open(2, new int[] {2, 2, 2, 2, 0}, KEY);
        colliding.commit(2, 5);
        assertThat(colliding.open(3, new int[] {2, 2, 2, 2, 7, 7, 7, 7, 0}, KEY))
                .isEqualTo(new Granted(4, List.of()));
    }

    @Test
    void aForkSharesEveryBlock() {
        computed(1, prompt(6), KEY);
        assertThat(pool.fork(1, 2)).isEqualTo(new Granted(6, List.of()));
        assertThat(pool.table(2).blocks()).isEqualTo(pool.table(1).blocks());
        assertThat(pool.statistics().used()).isEqualTo(2);
        assertThat(pool.statistics().tokensHeld()).isEqualTo(6);
    }

    @Test
    void writingIntoASharedBlockNamesTheCopy() {
        computed(1, prompt(6), KEY);
        pool.fork(1, 2);
        assertThat(pool.append(2, 9)).isEqualTo(new Granted(0, List.of(new BlockCopy(1, 2, 2))));
        assertThat(pool.table(2).blocks()).containsExactly(0, 2);
        assertThat(pool.table(1).blocks()).containsExactly(0, 1);
        assertThat(pool.append(1, 9)).as("the last to write needs no copy").isEqualTo(new Granted(0, List.of()));
    }

    @Test
    void writingAfterSharedFullBlocksCopiesNothing() {
        computed(1, prompt(8), KEY);
        pool.fork(1, 2);
        assertThat(pool.append(2, 9)).isEqualTo(new Granted(0, List.of()));
        assertThat(pool.table(2).block(1)).isEqualTo(pool.table(1).block(1));
    }

    @Test
    void appendingNothingCopiesNothing() {
        computed(1, prompt(6), KEY);
        pool.fork(1, 2);
        assertThat(pool.append(2)).isEqualTo(new Granted(0, List.of()));
    }

    @Test
    void refusesTheCopyWhenNothingIsFree() {
        computed(1, prompt(6), KEY);
        pool.fork(1, 2);
        pool.open(3, prompt(24), new IsolationKey("mini", "bob", "public"));
        assertThat(pool.append(2, 9)).isEqualTo(new Refused(Why.NO_FREE_BLOCK, 1, 0));
        assertThat(pool.table(2).blocks()).containsExactly(0, 1);
    }

    @Test
    void refusesToForkWhatIsNotComputed() {
        pool.open(1, prompt(6), KEY);
        pool.commit(1, 5);
        assertThat(pool.fork(1, 2)).isInstanceOf(Refused.class);
        assertThat(pool.isOpen(2)).isFalse();
    }

    @Test
    void keepsSharedBlocksUntilTheLastReaderIsFreed() {
        computed(1, prompt(6), KEY);
        pool.fork(1, 2);
        pool.free(1);
        assertThat(pool.statistics().used()).isEqualTo(2);
        pool.free(2);
        assertThat(pool.statistics().used()).isZero();
    }

    @Test
    void evictsTheLeastRecentlyUsedAndOfOneSequenceTheLastBlockFirst() {
        BlockPool small = pool(4);
        small.open(1, new int[] {1, 1, 1, 1, 1, 1, 1, 1}, KEY);
        small.commit(1, 8);
        small.open(2, new int[] {2, 2, 2, 2, 2, 2, 2, 2}, KEY);
        small.commit(2, 8);
        small.free(2);
        small.free(1);
        small.open(3, new int[] {3}, KEY);
        small.free(3);
        assertThat(small.statistics().evictions()).isEqualTo(1);
        assertThat(small.open(4, new int[] {2, 2, 2, 2, 2, 2, 2, 2, 2}, KEY)).isEqualTo(new Granted(4, List.of()));
        small.free(4);
        assertThat(small.open(5, new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, KEY)).isEqualTo(new Granted(4, List.of()));
    }

    @Test
    void findsTheRestOfAPrefixAgainOnceItsEvictedStartIsComputedAnew() {
        BlockPool small = pool(3);
        // Two sequences compute the same start at the same time; only the first one's is findable.
        small.open(1, new int[] {1, 1, 1, 1}, KEY);
        small.open(2, new int[] {1, 1, 1, 1, 2, 2, 2, 2}, KEY);
        small.commit(1, 4);
        small.commit(2, 8);
        small.free(1);
        small.open(3, new int[] {7}, KEY);
        assertThat(small.statistics().evictions()).isEqualTo(1);
        small.free(3);
        small.free(2);
        assertThat(small.statistics().cached()).isEqualTo(1);
        small.open(4, new int[] {1, 1, 1, 1}, KEY);
        small.commit(4, 4);
        assertThat(small.open(5, new int[] {1, 1, 1, 1, 2, 2, 2, 2, 3}, KEY)).isEqualTo(new Granted(8, List.of()));
    }

    @Test
    void remembersNothingOfAKeyOnceAllItsBlocksAreGone() {
        computed(1, prompt(32), KEY);
        pool.free(1);
        pool.open(2, prompt(32), new IsolationKey("mini", "bob", "public"));
        assertThat(pool.tree().size()).isZero();
        assertThat(pool.tree().rootCount()).isEqualTo(1);
        pool.free(2);
        assertThat(pool.tree().rootCount()).isZero();
    }

    @Test
    void catchesAPolicyThatGivesUpABlockInUse() {
        Eviction broken = new Eviction() {
            @Override
            public void released(int block) {}

            @Override
            public void taken(int block) {}

            @Override
            public int victim() {
                return 0;
            }
        };
        BlockPool misled = new BlockPool(2, 1, broken);
        misled.open(1, new int[] {1}, KEY);
        misled.open(2, new int[] {2}, KEY);
        misled.commit(2, 1);
        misled.free(2);
        assertThatIllegalStateException().isThrownBy(() -> misled.append(1, 3)).withMessageContaining("block 0");
    }

    @Test
    void countsSharedSlotsOnceInTheUsefulShare() {
        assertThat(pool.statistics().usefulShare()).isEqualTo(1);
        computed(1, prompt(6), KEY);
        pool.fork(1, 2);
        assertThat(pool.statistics().usefulShare()).isCloseTo(6.0 / 8, within(1e-12));
        pool.append(2, 9);
        assertThat(pool.statistics().usefulShare()).isCloseTo(9.0 / 12, within(1e-12));
    }

    @Test
    void namesTheSequenceThatACallerGotWrong() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool.append(7, 1)).withMessage("sequence 7 is not open");
        pool.open(7, prompt(2), KEY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.open(7, prompt(2), KEY))
                .withMessage("sequence 7 is open already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.commit(7, 3))
                .withMessageContaining("sequence 7 cannot have 3 tokens computed");
    }

    @Test
    void rejectsAPoolWithoutSlots() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockPool(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockPool(1, 0, Eviction.leastRecentlyUsed()));
    }

    @Test
    void letsSequencesThatGrowTogetherKeepTheirRuns() {
        BlockPool wide = pool(64);
        for (int sequence = 0; sequence < 4; sequence++) {
            wide.open(sequence, prompt(BLOCK), new IsolationKey("mini", "tenant " + sequence, "public"));
        }
        for (int block = 1; block < 12; block++) {
            for (int sequence = 0; sequence < 4; sequence++) {
                wide.append(sequence, prompt(BLOCK));
            }
        }
        for (int sequence = 0; sequence < 4; sequence++) {
            int first = wide.table(sequence).block(0);
            int[] run = new int[12];
            Arrays.setAll(run, i -> first + i);
            assertThat(wide.table(sequence).blocks()).isEqualTo(run);
        }
    }

    @Test
    void keepsNoBlockBackForARun() {
        for (int sequence = 0; sequence < 8; sequence++) {
            assertThat(pool.open(sequence, prompt(1), KEY)).isInstanceOf(Granted.class);
        }
        assertThat(pool.available()).isZero();
    }

    private static final ChainHash ALL_EQUAL = new ChainHash() {
        @Override
        public long root(IsolationKey key) {
            return 0;
        }

        @Override
        public long next(long parent, int[] tokens, int from, int to) {
            return 0;
        }
    };

    private static BlockPool pool(int blocks) {
        return new BlockPool(blocks, BLOCK, Eviction.leastRecentlyUsed());
    }

    private static int[] prompt(int length) {
        int[] prompt = new int[length];
        Arrays.setAll(prompt, i -> i);
        return prompt;
    }

    private void computed(long sequence, int[] prompt, IsolationKey key) {
        pool.open(sequence, prompt, key);
        pool.commit(sequence, prompt.length - pool.table(sequence).computed());
    }
}
