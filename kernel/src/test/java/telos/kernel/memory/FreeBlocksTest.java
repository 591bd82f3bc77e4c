package telos.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeBlocksTest {
    @Test
    void goesOnAfterTheLastBlock() {
        FreeBlocks free = new FreeBlocks(8);
        int first = free.take(-1, 1);
        assertThat(free.take(first, 1)).isEqualTo(first + 1);
    }

    @Test
    void startsInTheMiddleOfALongRunSoThatBothNeighboursCanGrow() {
        FreeBlocks free = new FreeBlocks(16);
        assertThat(free.take(-1, 2)).isZero();
        assertThat(free.take(0, 1)).isEqualTo(1);
        assertThat(free.take(-1, 2)).isEqualTo(9);
    }

    @Test
    void startsAtTheFrontOfARunThatIsNeededWhole() {
        FreeBlocks free = new FreeBlocks(8);
        free.take(-1, 1);
        assertThat(free.take(-1, 7)).isEqualTo(1);
    }

    @Test
    void picksTheLongestRun() {
        FreeBlocks free = new FreeBlocks(10);
        for (int i = 0; i < 10; i++) {
            free.take(i - 1, 1);
        }
        for (int block : new int[] {1, 2, 4, 5, 6, 8}) {
            free.add(block);
        }
        assertThat(free.take(8, 3)).isEqualTo(4);
    }

    @Test
    void wrapsFromTheLastBlockOfThePool() {
        FreeBlocks free = new FreeBlocks(4);
        assertThat(free.take(3, 1)).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void givesEachBlockToOneTakerOnly(long seed) {
        Random random = new Random(seed);
        FreeBlocks free = new FreeBlocks(50);
        Set<Integer> taken = new HashSet<>();
        for (int step = 0; step < 2000; step++) {
            if (free.size() > 0 && random.nextBoolean()) {
                assertThat(taken.add(free.take(random.nextInt(51) - 1, 1 + random.nextInt(9))))
                        .isTrue();
            } else if (!taken.isEmpty()) {
                int back = taken.iterator().next();
                taken.remove(back);
                free.add(back);
            }
            assertThat(free.size()).isEqualTo(50 - taken.size());
        }
    }
}
