package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What grows is told roughly, so that it is not told anew each time, and always of enough. */
class GrowthTest {
    /** An int that is written into a variable again and again: what is known of it holds, whatever is added to it. */
    @Test
    void anIntLiesWhereItsOutlineTellsHoweverItAddsUp() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            BigInteger[] is = {BigInteger.ZERO, BigInteger.ONE, BigInteger.TEN};
            Outline[] known = {Outline.of(Value.of(0)), Outline.of(Value.of(1)), Outline.of(Value.of(10))};
            int additions = 0;
            for (int step = 0; step < 200; step++) {
                int to = random.nextInt(3);
                int from = random.nextInt(seed % 3 == 0 ? 3 : 1) + (seed % 3 == 0 ? 0 : to);
                boolean adds = random.nextInt(3) > 0;
                BigInteger by = BigInteger.valueOf(random.nextInt(1 << random.nextInt(20)));
                Outline plus = Outline.of(Value.of(by.longValue())).union(Outline.of(Value.of(0)));
                BinaryOperation operation = adds ? BinaryOperation.ADD : BinaryOperation.SUBTRACT;
                boolean sum = seed % 3 == 0 && random.nextInt(8) == 0;
                BigInteger other = sum ? is[from % 3] : by;
                Outline next = operation
                        .outline(known[to], sum ? known[from % 3] : plus)
                        .result();
                is[to] = adds ? is[to].add(other) : is[to].subtract(other);
                additions++;
                Outline all = known[to].union(next);
                known[to] = all.pacedAfter(known[to]);
                holds(known[to], is[to], additions, seed);
                assertThat(known[to].covers(next))
                        .as("seed %s: %s within %s", seed, next, known[to])
                        .isTrue();
            }
        }
    }

    private static void holds(Outline known, BigInteger is, int additions, int seed) {
        String as = "seed " + seed + ": " + is + " in " + known;
        assertThat(is.bitLength() / 8 + 1L).as(as).isLessThanOrEqualTo(known.extent());
        if (known.low() != Outline.UNKNOWN_LOW) {
            assertThat(is).as(as).isGreaterThanOrEqualTo(BigInteger.valueOf(known.low()));
        }
        if (known.high() != Outline.UNKNOWN_HIGH) {
            assertThat(is).as(as).isLessThanOrEqualTo(BigInteger.valueOf(known.high()));
        }
        if (known.isPaced()) {
            BigInteger most =
                    BigInteger.ONE.shiftLeft(known.pace() - 1).multiply(BigInteger.valueOf(additions + (1L << 44)));
            assertThat(is.abs()).as(as).isLessThanOrEqualTo(most);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1000, -3})
    void whatAddsUpIsSoonToldTheSameInEachTurn(long by) {
        Outline known = Outline.of(Value.of(0));
        Outline step = Outline.of(Value.of(by)).union(Outline.of(Value.of(0)));
        int told = 0;
        for (int turn = 0; turn < 10_000; turn++) {
            Outline next = known.union(BinaryOperation.ADD.outline(known, step).result())
                    .pacedAfter(known);
            told += next.says(known) ? 0 : 1;
            known = next;
        }
        assertThat(told).isLessThan(30);
        assertThat(known.extent()).isLessThan(10);
    }

    @Test
    void aContainerIsToldToHoldEnoughAndSeldomMoreThanTwice() {
        ListBox list = new ListBox();
        list.raiseShape(telos.kernel.security.Label.MISSING);
        Set<Long> told = new HashSet<>();
        for (int size = 1; size <= 5000; size++) {
            Outline before = list.outline();
            list.grow(Outline.holding(Kind.LIST, before.extent() + 1, Outline.whole(2), null), Unmetered.CONTEXT);
            assertThat(list.most()).isEqualTo(size);
            assertThat(list.outline().extent()).isBetween((long) size, size <= 4 ? size : 2L * size);
            told.add(list.outline().extent());
        }
        assertThat(told).hasSizeLessThan(20);
    }
}
