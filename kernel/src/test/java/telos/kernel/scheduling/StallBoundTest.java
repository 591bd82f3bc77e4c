package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.IsolationKey;

class StallBoundTest {
    private static final IsolationKey KEY = new IsolationKey("mini", "alice", "public");

    /** Of a machine that is exact. */
    private static long nanos(Load load) {
        return (long) (200_000
                + 80_000 * load.decodes()
                + 20_000 * load.prefill()
                + 10 * load.decodeContext()
                + 10 * load.prefillContext());
    }

    private static void teach(StallBound bound) {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            Load load = Load.NONE;
            for (int decodes = random.nextInt(5); decodes > 0; decodes--) {
                load = load.andDecode(random.nextInt(2000));
            }
            if (random.nextBoolean()) {
                load = load.andPrefill(random.nextInt(2000), 1 + random.nextInt(200));
            }
            bound.took(load, nanos(load));
        }
        for (int i = 0; i < 100; i++) {
            Load alone = decodes(4);
            Load load = alone.andPrefill(100, Math.max(1, bound.chunk(alone, alone, 100, 256)));
            bound.took(load, nanos(load));
        }
    }

    private static Load decodes(int count) {
        Load load = Load.NONE;
        for (int i = 0; i < count; i++) {
            load = load.andDecode(500);
        }
        return load;
    }

    @Test
    void boundsNothingWhileNobodyDecodes() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        assertThat(bound.chunk(Load.NONE, Load.NONE, 0, 256)).isEqualTo(256);
    }

    @Test
    void theLongestChunkThatKeepsTheIterationShortEnough() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        for (int count = 1; count < 6; count++) {
            Load alone = decodes(count);
            int chunk = bound.chunk(alone, alone, 1000, 256);
            assertThat(nanos(alone.andPrefill(1000, chunk)))
                    .isLessThan((long) (1.42 * nanos(alone)))
                    .isGreaterThan((long) (1.42 * nanos(alone)) - 2 * 31_000);
        }
    }

    /** A machine on which every fifth iteration with a chunk takes a seventh more than on the mean. */
    @Test
    void ninetyNineOfAHundredIterationsHoldTheBoundOnAMachineThatIsNotExact() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        Random random = new Random(3);
        Load alone = decodes(6);
        int over = 0;
        int computed = 0;
        for (int i = 0; i < 4000; i++) {
            int chunk = bound.chunk(alone, alone, 1000, 256);
            Load load = alone.andPrefill(1000, Math.max(1, chunk));
            double time = nanos(load) * (random.nextInt(5) == 0 ? 1.15 : 0.96);
            bound.took(load, (long) time);
            if (i >= 1000) {
                over += time > 1.42 * nanos(alone) ? 1 : 0;
                computed += chunk;
            }
        }
        assertThat(over).isLessThan(60);
        assertThat(computed).isGreaterThan(3 * 3000);
    }

    @Test
    void pausesNowAndThenOnlyWhateverIsDecoded() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        Load forced = decodes(2).andPrefill(700, 3);
        int pauses = 0;
        for (int i = 0; i < 320; i++) {
            pauses += bound.pauses() ? 1 : 0;
            bound.took(forced, nanos(forced));
        }
        assertThat(pauses).isBetween(9, 11);
    }

    /** What the decodes take changes while prompts come without end. */
    @Test
    void followsWhatDecodesTakeAloneWhilePromptsNeverPause() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        Scheduler scheduler =
                new Scheduler(new BlockPool(4000), new Limits(256, 8, 8000, 8), Line.firstComeFirstServed());
        scheduler.submit(new Request(1, new int[10], 7000, KEY));
        scheduler.submit(new Request(2, new int[10], 7000, KEY));
        Random random = new Random(7);
        long prompts = 2;
        long alone = 0;
        int over = 0;
        for (int i = 0; i < 6000; i++) {
            if (scheduler.sequences().size() == 2) {
                scheduler.submit(
                        new Request(++prompts, random.ints(4000, 0, 1000).toArray(), 1, KEY));
            }
            Load load = Load.of(iterate(scheduler, bound));
            double slower = i < 3000 ? 1 : 0.5;
            double noise = 0.9 + 0.2 * random.nextDouble();
            double time = noise * (nanos(load) - nanos(load.decodesAlone()) + slower * nanos(load.decodesAlone()));
            bound.took(load, (long) time);
            alone += load.prefill() == 0 ? 1 : 0;
            if (i >= 5000) {
                over += time > 1.1 * 1.4 * 1.1 * slower * nanos(load.decodesAlone()) ? 1 : 0;
            }
        }
        assertThat(over).isLessThan(20);
        assertThat(alone).isBetween(100L, 300L);
    }

    /** A machine on which iterations with a chunk take much longer than on the mean. */
    @Test
    void findsWhatItMayFillByFewLongIterations() {
        StallBound bound = StallBound.factor(1.4);
        Random random = new Random(6);
        Load alone = decodes(6);
        for (int i = 0; i < 8; i++) {
            Load load = Load.NONE.andPrefill(100 * i, 50 + i);
            bound.took(load, nanos(load));
            bound.took(alone, nanos(alone));
        }
        int over = 0;
        for (int i = 0; i < 1000; i++) {
            Load load = alone.andPrefill(1000, Math.max(1, bound.chunk(alone, alone, 1000, 256)));
            double time = nanos(alone) + (nanos(load) - nanos(alone)) * (random.nextInt(3) == 0 ? 2.5 : 0.5);
            bound.took(load, (long) time);
            over += time > 1.45 * nanos(alone) ? 1 : 0;
        }
        assertThat(over).isLessThan(15);
    }

    @Test
    void whatDecodesAloneVaryByIsNoFaultOfTheChunks() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        Random random = new Random(4);
        Load alone = decodes(2);
        int before = bound.chunk(alone, alone, 1000, 256);
        for (int i = 0; i < 4000; i++) {
            Load load = i % 2 == 0 ? alone : alone.andPrefill(1000, bound.chunk(alone, alone, 1000, 256));
            bound.took(load, nanos(load) * (random.nextInt(50) == 0 ? 2 : 1));
        }
        assertThat(bound.chunk(alone, alone, 1000, 256)).isGreaterThan(before / 2);
    }

    @Test
    void countsWhatTheIterationComputesAlready() {
        StallBound bound = StallBound.factor(3);
        teach(bound);
        Load alone = decodes(2);
        int whole = bound.chunk(alone, alone, 0, 256);
        assertThat(whole).isGreaterThan(12);
        assertThat(bound.chunk(alone, alone.andPrefill(0, whole - 5), whole - 5, 256))
                .isBetween(4, 5);
        assertThat(bound.chunk(alone, alone.andPrefill(0, whole), 0, 256)).isZero();
    }

    @Test
    void aTimeIsABoundToo() {
        StallBound bound = StallBound.nanos(2_000_000);
        teach(bound);
        Load alone = decodes(3);
        Load together = alone.andPrefill(0, bound.chunk(alone, alone, 0, 256));
        assertThat(nanos(together)).isBetween(1_900_000L, 2_040_000L);
        assertThat(bound.chunk(decodes(60), decodes(60), 0, 256)).isZero();
    }

    @Test
    void isCarefulBeforeItHasLearned() {
        StallBound bound = StallBound.factor(1.4);
        assertThat(bound.chunk(decodes(1), decodes(1), 0, 256)).isEqualTo(8);
    }

    @Test
    void refusesBoundsThatNothingCouldMeet() {
        for (double factor : new double[] {1, 0, -2, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> StallBound.factor(factor));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> StallBound.nanos(0));
    }

    @Test
    void aLongPromptComesInSmallPiecesWhileOthersDecodeAndWholeWhenNobodyDoes() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        Scheduler scheduler =
                new Scheduler(new BlockPool(1000), new Limits(256, 8, 8000, 8), Line.firstComeFirstServed());
        scheduler.submit(new Request(1, new int[10], 400, KEY));
        iterate(scheduler, bound);
        scheduler.submit(new Request(2, IntStream.range(0, 4000).toArray(), 1, KEY));
        int iterations = 0;
        int pauses = 0;
        while (scheduler.sequences().size() == 2) {
            Batch batch = iterate(scheduler, bound);
            Load load = Load.of(batch);
            bound.took(load, nanos(load));
            assertThat(load.decodes()).isEqualTo(1);
            pauses += load.prefill() == 0 ? 1 : 0;
            assertThat(nanos(load)).isLessThan((long) (1.5 * nanos(decodes(1))));
            if (++iterations == 20) {
                scheduler.cancel(1);
                break;
            }
        }
        assertThat(pauses).isLessThanOrEqualTo(1);
        assertThat(iterate(scheduler, bound).steps())
                .extracting(Batch.Step::count)
                .containsExactly(256);
    }

    @Test
    void aPromptIsComputedByAtLeastOneTokenAtATimeHoweverTightTheBound() {
        StallBound bound = StallBound.nanos(1);
        teach(bound);
        Scheduler scheduler = new Scheduler(new BlockPool(100), new Limits(64, 8, 500, 8), Line.firstComeFirstServed());
        scheduler.submit(new Request(1, new int[2], 400, KEY));
        iterate(scheduler, bound);
        scheduler.submit(new Request(2, new int[] {1, 2, 3}, 5, KEY));
        scheduler.submit(new Request(3, new int[] {4, 5, 6}, 5, KEY));
        for (int i = 0; i < 20; i++) {
            Load load = Load.of(iterate(scheduler, bound));
            bound.took(load, nanos(load));
            assertThat(load.prefill()).isLessThanOrEqualTo(1);
        }
        assertThat(scheduler.sequences()).extracting(SequenceStatus::sequence).containsExactly(1L);
    }

    /** Of a machine that is exact, on which a token of a prompt takes longer than all decodes together. */
    private static long slow(Load load) {
        return (long) (1_000_000 + 100_000 * load.decodes() + 2_000_000 * load.prefill() + 500 * load.prefillContext());
    }

    @Test
    void holdsTheBoundWhereNotOneTokenAsAWholeWould() {
        StallBound bound = StallBound.factor(1.4);
        Scheduler scheduler =
                new Scheduler(new BlockPool(1000), new Limits(256, 8, 8000, 8, 16), Line.firstComeFirstServed());
        scheduler.submit(new Request(1, new int[10], 7000, KEY));
        for (int i = 0; i < 20; i++) {
            Load load = Load.of(iterate(scheduler, bound));
            bound.took(load, slow(load));
        }
        scheduler.submit(new Request(2, IntStream.range(0, 300).toArray(), 1, KEY));
        int iterations = 0;
        int over = 0;
        while (scheduler.sequences().size() == 2) {
            Load load = Load.of(iterate(scheduler, bound));
            bound.took(load, slow(load));
            over += ++iterations > 20 && slow(load) > 1.42 * slow(load.decodesAlone()) ? 1 : 0;
        }
        assertThat(over).isZero();
        // the tokens' time, at two fifths of what a decode takes for each iteration
        double time = 300 * 2_000_000 + 500 * 300 * 301 / 2;
        assertThat(iterations).isLessThan((int) (1.5 * time / (0.4 * 1_100_000)));
    }

    @Test
    void aPromptIsFinishedThroughOnePartOfTheDepthAtATimeHoweverTightTheBound() {
        StallBound bound = StallBound.nanos(1);
        teach(bound);
        Scheduler scheduler =
                new Scheduler(new BlockPool(100), new Limits(64, 8, 500, 8, 5), Line.firstComeFirstServed());
        scheduler.submit(new Request(1, new int[2], 400, KEY));
        iterate(scheduler, bound);
        scheduler.submit(new Request(2, new int[] {1, 2, 3}, 1, KEY));
        int pauses = 0;
        for (int i = 0; i < 3 * 5 + pauses; i++) {
            assertThat(scheduler.sequences()).hasSize(2);
            Load load = Load.of(iterate(scheduler, bound));
            bound.took(load, nanos(load));
            assertThat(load.prefill()).isLessThan(0.21);
            pauses += load.prefill() == 0 ? 1 : 0;
        }
        assertThat(scheduler.sequences()).extracting(SequenceStatus::sequence).containsExactly(1L);
    }

    @Test
    void aChunkThatWasBegunGoesOnAsAWhole() {
        StallBound bound = StallBound.factor(1.4);
        teach(bound);
        Load alone = decodes(1);
        Piece begun = bound.cut(alone, alone, new Piece(3000, 256, Depth.whole(6)));
        assertThat(begun.count()).isGreaterThan(bound.chunk(alone, alone, 3000, 256));
        assertThat(begun.depth().reachesTheEnd()).isFalse();
        assertThat(bound.cut(alone, alone, begun.rest()).count()).isEqualTo(begun.count());
        assertThat(bound.cut(Load.NONE, Load.NONE, begun.rest())).isEqualTo(begun.rest());
    }

    /** One iteration in which every sequence samples the token 3 and wants more. */
    private static Batch iterate(Scheduler scheduler, Pace pace) {
        Batch batch = scheduler.schedule(pace, 0);
        scheduler.apply(new Outcome(
                batch.steps().stream()
                        .filter(Batch.Step::logits)
                        .map(step -> new Outcome.Sampled(step.sequence(), 3, false))
                        .toList(),
                List.of()));
        return batch;
    }
}
