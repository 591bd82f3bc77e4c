package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.kernel.memory.BlockCopy;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.Eviction;
import telos.kernel.memory.IsolationKey;
import telos.kernel.scheduling.Admission.Why;
import telos.kernel.scheduling.Batch.Step;
import telos.kernel.scheduling.Ended.Reason;
import telos.kernel.scheduling.Outcome.Sampled;

class SchedulerTest {
    private static final IsolationKey KEY = new IsolationKey("mini", "alice", "public");
    private static final IsolationKey OTHER = new IsolationKey("mini", "bob", "public");
    private static final Outcome NOTHING_SAMPLED = new Outcome(List.of(), List.of());

    /** Blocks of four tokens. */
    private final BlockPool pool = new BlockPool(8, 4, Eviction.leastRecentlyUsed());

    private final Scheduler scheduler = new Scheduler(pool, new Limits(8, 3, 32, 3), Line.firstComeFirstServed());

    @Test
    void runsOneRequestFromPromptToLastToken() {
        assertThat(submit(1, 10, 2)).isEqualTo(new Admission.Accepted(1));

        assertThat(scheduler.schedule().steps()).containsExactly(new Step(1, 0, 8, false));
        assertThat(scheduler.apply(NOTHING_SAMPLED)).isEmpty();
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(1, 8, 2, true));
        assertThat(scheduler.apply(sampled(new Sampled(1, 7, false)))).isEmpty();
        assertThat(scheduler.token(1, 10)).isEqualTo(7);
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(1, 10, 1, true));
        assertThat(scheduler.apply(sampled(new Sampled(1, 9, false)))).containsExactly(new Ended(1, Reason.LENGTH));
        assertThat(scheduler.isIdle()).isTrue();
        assertThat(scheduler.blocks().used()).isZero();
    }

    @Test
    void computesTokensThatAreKnownInOneStep() {
        submit(1, 3, 6);
        scheduler.schedule();
        scheduler.apply(sampled(new Sampled(1, List.of(5, 6, 7), false)));
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(1, 3, 3, true));
        assertThat(scheduler.apply(sampled(new Sampled(1, List.of(8, 9, 10), false))))
                .containsExactly(new Ended(1, Reason.LENGTH));
        assertThat(scheduler.blocks().used()).isZero();
    }

    @Test
    void leavesAShareOfTheBudgetToOthersThatDecode() {
        submit(1, 1, 20);
        submit(2, 1, 20);
        scheduler.schedule();
        List<Integer> twelve = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        scheduler.apply(sampled(new Sampled(1, twelve, false), new Sampled(2, twelve, false)));
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(1, 1, 6, false), new Step(2, 1, 1, false));
        scheduler.apply(NOTHING_SAMPLED);
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(1, 7, 6, true), new Step(2, 2, 1, false));
    }

    @Test
    void refusesMoreTokensThanASequenceMayGenerate() {
        submit(1, 3, 2);
        scheduler.schedule();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.apply(sampled(new Sampled(1, List.of(1, 2, 3), false))))
                .withMessageContaining("may generate 2 more");
    }

    @Test
    void endsASequenceWhoseLastTokenWasSampled() {
        submit(1, 3, 9);
        scheduler.schedule();
        assertThat(scheduler.apply(sampled(new Sampled(1, 2, true)))).containsExactly(new Ended(1, Reason.FINISHED));
    }

    @Test
    void decodesBeforeItPrefillsAndSharesOneBudget() {
        submit(1, 3, 5);
        iterate();
        submit(2, 12, 5);
        submit(3, 4, 5);
        assertThat(iterate().steps()).containsExactly(new Step(1, 3, 1, true), new Step(2, 0, 7, false));
        assertThat(iterate().steps())
                .containsExactly(new Step(1, 4, 1, true), new Step(2, 7, 5, true), new Step(3, 0, 2, false));
        assertThat(iterate().steps())
                .containsExactly(new Step(1, 5, 1, true), new Step(2, 12, 1, true), new Step(3, 2, 2, true));
    }

    @Test
    void runsNoMoreSequencesThanAllowed() {
        for (int sequence = 1; sequence <= 3; sequence++) {
            submit(sequence, 1, 3);
        }
        assertThat(iterate().steps()).hasSize(3);
        submit(4, 1, 3);
        assertThat(iterate().steps()).extracting(Step::sequence).containsExactly(1L, 2L, 3L);
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void refusesWhatCanNeverFitTheContext() {
        assertThat(submit(1, 30, 3)).isEqualTo(new Admission.Refused(1, Why.LARGER_THAN_CONTEXT, 33, 32));
        assertThat(submit(1, 30, 2)).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void refusesATokenCountThatOverflows() {
        assertThat(scheduler.submit(new Request(1, new int[2], Integer.MAX_VALUE, KEY)))
                .isEqualTo(new Admission.Refused(1, Why.LARGER_THAN_CONTEXT, Integer.MAX_VALUE + 2L, 32));
    }

    @Test
    void refusesWhatCanNeverFitThePool() {
        Scheduler wide = new Scheduler(pool, new Limits(8, 3, 1000, 3), Line.firstComeFirstServed());
        assertThat(wide.submit(new Request(1, new int[30], 4, KEY)))
                .isEqualTo(new Admission.Refused(1, Why.LARGER_THAN_POOL, 9, 8));
        // The last token is sampled and never computed, so it needs no slot.
        assertThat(wide.submit(new Request(1, new int[30], 3, KEY))).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void refusesWhenTooManyWait() {
        for (int sequence = 1; sequence <= 3; sequence++) {
            submit(sequence, 1, 1);
        }
        assertThat(submit(4, 1, 1)).isEqualTo(new Admission.Refused(4, Why.QUEUE_FULL, 4, 3));
        iterate();
        assertThat(submit(4, 1, 1)).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void preemptsTheLatestAndComputesItAgainWithWhatItGenerated() {
        submit(1, 12, 17, KEY);
        iterate();
        iterate();
        submit(2, 11, 17, OTHER);
        while (scheduler.preemptions() == 0) {
            Batch batch = iterate();
            if (!batch.preempted().isEmpty()) {
                assertThat(batch.preempted()).containsExactly(2L);
                assertThat(batch.steps()).extracting(Step::sequence).containsExactly(1L);
            }
        }
        SequenceStatus waits = scheduler.sequences().getLast();
        assertThat(waits.running()).isFalse();
        assertThat(waits.generated()).isPositive();
        assertThat(waits.blocks()).isZero();
        while (scheduler.running() < 2 && scheduler.sequences().size() == 2) {
            iterate();
        }
        Batch again = iterate();
        Step last = again.steps().getLast();
        assertThat(last.sequence()).isEqualTo(2);
        assertThat(scheduler.sequences().getLast().preemptions()).isEqualTo(1);
        while (!scheduler.isIdle()) {
            iterate();
        }
        assertThat(pool.statistics().used()).isZero();
    }

    @Test
    void admitsNobodyBeforeOneWhoCameEarlier() {
        submit(1, 20, 5);
        iterate();
        submit(2, 16, 5, OTHER);
        submit(3, 1, 5, OTHER);
        assertThat(iterate().steps()).extracting(Step::sequence).containsExactly(1L);
        assertThat(scheduler.waiting()).isEqualTo(2);
    }

    @Test
    void findsThePromptOfARequestThatJustFinished() {
        submit(1, 10, 1);
        iterate();
        iterate();
        submit(2, 10, 1);
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(2, 8, 2, true));
    }

    @Test
    void neverFindsThePromptOfAnotherTenant() {
        submit(1, 10, 1, KEY);
        iterate();
        iterate();
        submit(2, 10, 1, OTHER);
        assertThat(scheduler.schedule().steps()).containsExactly(new Step(2, 0, 8, false));
    }

    @Test
    void cancelsAWaitingSequenceAtOnce() {
        submit(1, 3, 3);
        assertThat(scheduler.cancel(1)).isTrue();
        assertThat(scheduler.isIdle()).isTrue();
        assertThat(scheduler.schedule().isEmpty()).isTrue();
    }

    @Test
    void cancelsARunningSequenceAtOnceBetweenIterations() {
        submit(1, 3, 3);
        iterate();
        assertThat(scheduler.cancel(1)).isTrue();
        assertThat(pool.statistics().used()).isZero();
    }

    @Test
    void keepsTheBlocksOfACancelledSequenceUntilItsStepIsOver() {
        submit(1, 3, 3);
        scheduler.schedule();
        assertThat(scheduler.cancel(1)).isFalse();
        assertThat(pool.statistics().used()).isEqualTo(1);
        assertThat(scheduler.apply(sampled(new Sampled(1, 5, false)))).containsExactly(new Ended(1, Reason.CANCELLED));
        assertThat(pool.statistics().used()).isZero();
    }

    @Test
    void needsNoTokenForACancelledSequence() {
        submit(1, 3, 3);
        scheduler.schedule();
        scheduler.cancel(1);
        assertThat(scheduler.apply(NOTHING_SAMPLED)).containsExactly(new Ended(1, Reason.CANCELLED));
    }

    @Test
    void cancellingWhatEndedIsHarmless() {
        assertThat(scheduler.cancel(42)).isTrue();
    }

    @Test
    void endsAFailedSequenceAloneAndForgetsWhatItComputed() {
        submit(1, 4, 3, KEY);
        submit(2, 4, 3, OTHER);
        scheduler.schedule();
        assertThat(scheduler.apply(new Outcome(List.of(new Sampled(2, 5, false)), List.of(1L))))
                .containsExactly(new Ended(1, Reason.FAILED));
        assertThat(scheduler.sequences()).extracting(SequenceStatus::sequence).containsExactly(2L);
        assertThat(pool.statistics().cached()).isZero();
    }

    @Test
    void survivesAnIterationThatFailedAsAWhole() {
        submit(1, 4, 3);
        submit(2, 4, 3);
        assertThat(scheduler.apply(Outcome.failed(scheduler.schedule()))).hasSize(2);
        assertThat(scheduler.isIdle()).isTrue();
        assertThat(pool.statistics().used()).isZero();
    }

    @Test
    void rejectsAnOutcomeThatDoesNotAnswerTheBatchAndKeepsTheBatch() {
        submit(1, 4, 3);
        submit(2, 8, 3);
        scheduler.schedule();
        Sampled one = new Sampled(1, 5, false);
        for (Outcome wrong : List.of(
                NOTHING_SAMPLED,
                sampled(one, one),
                sampled(one, new Sampled(2, 5, false)),
                sampled(one, new Sampled(3, 5, false)),
                new Outcome(List.of(one), List.of(3L)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> scheduler.apply(wrong));
        }
        assertThat(scheduler.apply(sampled(one))).isEmpty();
        assertThat(scheduler.sequences()).extracting(SequenceStatus::generated).containsExactly(1, 0);
    }

    @Test
    void insistsOnOneOutcomeForEachBatch() {
        assertThatIllegalStateException().isThrownBy(() -> scheduler.apply(NOTHING_SAMPLED));
        submit(1, 4, 3);
        scheduler.schedule();
        assertThatIllegalStateException().isThrownBy(scheduler::schedule);
    }

    @Test
    void rejectsASequenceNumberInUse() {
        submit(1, 4, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> submit(1, 4, 3)).withMessageContaining("1");
    }

    @Test
    void rejectsEmptyRequests() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Request(1, new int[0], 1, KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Request(1, new int[1], 0, KEY));
    }

    @Test
    void rejectsABudgetThatLeavesADecodeOut() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(7, 8, 32, 1));
    }

    @Test
    void aForkSharesBlocksUntilOneOfTheTwoWrites() {
        submit(1, 6, 10);
        iterate();
        scheduler.fork(1, 2, 10);
        assertThat(pool.statistics().used()).isEqualTo(2);
        Batch batch = scheduler.schedule();
        assertThat(batch.steps()).containsExactly(new Step(1, 6, 1, true), new Step(2, 6, 1, true));
        assertThat(batch.copies()).hasSize(1);
        BlockCopy copy = batch.copies().getFirst();
        assertThat(copy.tokens()).isEqualTo(2);
        assertThat(scheduler.table(1).block(1)).isEqualTo(copy.to());
        assertThat(scheduler.table(2).block(1)).isEqualTo(copy.from());
        assertThat(scheduler.table(1).block(0)).isEqualTo(scheduler.table(2).block(0));
    }

    @Test
    void aForkNeverOvertakesOneWhoWaits() {
        submit(1, 20, 5);
        iterate();
        iterate();
        iterate();
        submit(2, 16, 5, OTHER);
        scheduler.fork(1, 3, 5);
        assertThat(scheduler.running()).isEqualTo(1);
        assertThat(scheduler.waiting()).isEqualTo(2);
    }

    /** Four tokens of a prompt at a time, through one part of three. */
    private static final Pace IN_PARTS = new Pace() {
        @Override
        public int chunk(Load alone, Load load, int start, int most) {
            return most;
        }

        @Override
        public Piece cut(Load alone, Load load, Piece next) {
            return next.tokens(Math.min(4, next.count())).parts(1);
        }
    };

    private Scheduler inParts(int budget) {
        return new Scheduler(pool, new Limits(budget, 3, 32, 3, 3), Line.firstComeFirstServed());
    }

    private static Step part(long sequence, int start, int count, int part, boolean logits) {
        return new Step(sequence, start, count, new Depth(part, part + 1, 3), logits);
    }

    @Test
    void aChunkCountsAsComputedOnceItHasGoneThroughTheWholeDepth() {
        Scheduler deep = inParts(8);
        deep.submit(new Request(1, new int[6], 2, KEY));
        for (int start = 0; start < 6; start += 4) {
            for (int part = 0; part < 3; part++) {
                int count = Math.min(4, 6 - start);
                assertThat(pool.statistics().used() == 0 ? 0 : deep.table(1).computed())
                        .isEqualTo(start);
                boolean last = start == 4 && part == 2;
                assertThat(deep.schedule(IN_PARTS, 0).steps()).containsExactly(part(1, start, count, part, last));
                deep.apply(last ? sampled(new Sampled(1, 7, false)) : NOTHING_SAMPLED);
            }
        }
        assertThat(deep.schedule(IN_PARTS, 0).steps()).containsExactly(new Step(1, 6, 1, Depth.whole(3), true));
    }

    @Test
    void nobodyFindsWhatHasNotGoneThroughTheWholeDepth() {
        Scheduler deep = inParts(8);
        deep.submit(new Request(1, new int[12], 2, KEY));
        for (int i = 0; i < 5; i++) {
            deep.schedule(IN_PARTS, 0);
            deep.apply(NOTHING_SAMPLED);
        }
        deep.submit(new Request(2, new int[12], 2, KEY));
        assertThat(deep.schedule(IN_PARTS, 0).steps())
                .containsExactly(part(1, 4, 4, 2, false), part(2, 4, 4, 0, false));
    }

    @Test
    void aCancelledSequenceLeavesNothingOfItsChunk() {
        Scheduler deep = inParts(8);
        deep.submit(new Request(1, new int[12], 2, KEY));
        deep.schedule(IN_PARTS, 0);
        deep.apply(NOTHING_SAMPLED);
        assertThat(deep.cancel(1)).isTrue();
        assertThat(pool.statistics().used()).isZero();
        assertThat(pool.statistics().cached()).isZero();
        deep.submit(new Request(1, new int[12], 2, KEY));
        assertThat(deep.schedule(IN_PARTS, 0).steps()).containsExactly(part(1, 0, 4, 0, false));
    }

    @Test
    void aPreemptedSequenceLosesItsChunkAlone() {
        Scheduler deep = inParts(8);
        deep.submit(new Request(1, new int[15], 17, KEY));
        deep.schedule(Pace.unbounded(), 0);
        deep.apply(NOTHING_SAMPLED);
        deep.schedule(Pace.unbounded(), 0);
        deep.apply(sampled(new Sampled(1, 5, false)));
        deep.submit(new Request(2, new int[12], 2, OTHER));
        for (int i = 0; i < 5; i++) {
            Batch batch = deep.schedule(IN_PARTS, 0);
            assertThat(batch.steps().getLast()).isEqualTo(part(2, i / 3 * 4, 4, i % 3, false));
            deep.apply(sampled(new Sampled(1, 5, false)));
        }
        assertThat(deep.schedule(IN_PARTS, 0).preempted()).containsExactly(2L);
        deep.cancel(1);
        deep.apply(NOTHING_SAMPLED);
        assertThat(deep.schedule(IN_PARTS, 0).steps()).containsExactly(part(2, 4, 4, 0, false));
    }

    @Test
    void aChunkLosesItsLastTokensWhenTheBudgetBecomesTooSmallForIt() {
        Scheduler deep = inParts(5);
        deep.submit(new Request(1, new int[1], 9, OTHER));
        deep.schedule(IN_PARTS, 0);
        deep.apply(NOTHING_SAMPLED);
        deep.schedule(IN_PARTS, 0);
        deep.apply(NOTHING_SAMPLED);
        deep.schedule(IN_PARTS, 0);
        deep.apply(sampled(new Sampled(1, 5, false)));
        deep.submit(new Request(2, new int[12], 2, KEY));
        assertThat(deep.schedule(IN_PARTS, 0).steps().getLast()).isEqualTo(part(2, 0, 4, 0, false));
        deep.apply(sampled(new Sampled(1, List.of(5, 6, 7), false)));
        assertThat(deep.schedule(IN_PARTS, 0).steps())
                .containsExactly(new Step(1, 2, 3, Depth.whole(3), true), part(2, 0, 2, 1, false));
        deep.apply(sampled(new Sampled(1, 5, false)));
        assertThat(deep.schedule(IN_PARTS, 0).steps().getLast()).isEqualTo(part(2, 0, 2, 2, false));
        deep.apply(sampled(new Sampled(1, 5, false)));
        assertThat(deep.schedule(IN_PARTS, 0).steps().getLast()).isEqualTo(part(2, 2, 4, 0, false));
    }

    @Test
    void anotherLineCanLetTheShortestGoFirst() {
        Line shortest = Line.by((a, b) -> Integer.compare(a.length(), b.length()));
        Scheduler other = new Scheduler(pool, new Limits(4, 1, 32, 4), shortest);
        other.submit(new Request(1, new int[9], 1, KEY));
        other.submit(new Request(2, new int[2], 1, KEY));
        assertThat(other.schedule().steps()).containsExactly(new Step(2, 0, 2, true));
    }

    private Admission submit(long sequence, int promptLength, int maxTokens) {
        return submit(sequence, promptLength, maxTokens, KEY);
    }

    private Admission submit(long sequence, int promptLength, int maxTokens, IsolationKey key) {
        int[] prompt = new int[promptLength];
        Arrays.setAll(prompt, i -> i);
        return scheduler.submit(new Request(sequence, prompt, maxTokens, key));
    }

    /** One iteration in which every sequence samples the token 3 and wants more. */
    private Batch iterate() {
        Batch batch = scheduler.schedule();
        if (!batch.isEmpty()) {
            scheduler.apply(new Outcome(
                    batch.steps().stream()
                            .filter(Step::logits)
                            .map(step -> new Sampled(step.sequence(), 3, false))
                            .toList(),
                    List.of()));
        }
        return batch;
    }

    private static Outcome sampled(Sampled... sampled) {
        return new Outcome(List.of(sampled), List.of());
    }
}
