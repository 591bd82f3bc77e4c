package telos.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.Likelihood;
import telos.inference.sampling.SamplingOptions;
import telos.inference.sampling.TokenMask;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.Eviction;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Depth;
import telos.kernel.scheduling.Forecast;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.Scheduler;
import telos.kernel.scheduling.StallBound;
import telos.kernel.scheduling.TreeLine;

class EngineTest {
    private static final int BLOCK = 4;

    /** Collects an answer. */
    private static class Collector implements TokenListener {
        private final List<Integer> tokens = new ArrayList<>();
        private final CompletableFuture<Ending> ending = new CompletableFuture<>();

        @Override
        public void token(int token) {
            tokens.add(token);
        }

        @Override
        public void ended(Ending how) {
            assertThat(ending.complete(how)).as("ended once").isTrue();
        }

        int[] whole() {
            assertThat(ending.join()).isInstanceOf(Ending.Finished.class);
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private FakeModel model = new FakeModel(1, BLOCK, null);

    private Engine engine(int blocks, @Nullable Semaphore steps) {
        model = new FakeModel(blocks, BLOCK, steps);
        BlockPool pool = new BlockPool(blocks, BLOCK, Eviction.leastRecentlyUsed());
        return new Engine(
                "fake", model, new Scheduler(pool, new Limits(16, 8, 200, 1000), Line.firstComeFirstServed()));
    }

    private static GenerationRequest request(int[] prompt, int tokens, Integer... ends) {
        return new GenerationRequest(prompt, SamplingOptions.greedy(tokens), null, Set.of(ends), "tenant");
    }

    private static Collector submit(Engine engine, GenerationRequest request) {
        return submit(engine, request, new Collector());
    }

    private static Collector submit(Engine engine, GenerationRequest request, Collector collector) {
        assertThat(engine.submit(request, collector)).isInstanceOf(Submission.Accepted.class);
        return collector;
    }

    @Test
    void goesOnFromAPromptUntilTheLimit() {
        try (Engine engine = engine(32, null)) {
            int[] prompt = {1, 2, 3, 4, 5};
            Collector collector = submit(engine, request(prompt, 20));
            assertThat(collector.whole()).isEqualTo(FakeModel.answer(prompt, 20));
            assertThat(collector.ending.join()).isEqualTo(new Ending.Finished(true, 0));
        }
    }

    @Test
    void stopsAtAnEndTokenAndDoesNotGiveItOut() {
        try (Engine engine = engine(32, null)) {
            int[] prompt = {9, 8, 7};
            int[] answer = FakeModel.answer(prompt, 5);
            Collector collector = submit(engine, request(prompt, 20, answer[4]));
            assertThat(collector.whole()).isEqualTo(FakeModel.answer(prompt, 4));
            assertThat(collector.ending.join()).isEqualTo(new Ending.Finished(false, 0));
        }
    }

    @Test
    void findsThePromptOfAnEarlierRequestInMemory() {
        try (Engine engine = engine(32, null)) {
            int[] prompt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
            submit(engine, request(prompt, 3)).whole();
            Collector again = submit(engine, request(prompt, 3));
            assertThat(again.whole()).isEqualTo(FakeModel.answer(prompt, 3));
            assertThat(again.ending.join()).isEqualTo(new Ending.Finished(true, 8));
        }
    }

    @Test
    void findsNothingInMemoryThatOthersMayRead() {
        try (Engine engine = engine(32, null)) {
            int[] prompt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
            submit(engine, read(prompt, "owner")).whole();
            for (String audience : List.of("", "alice", "owner2")) {
                Collector other = submit(engine, read(prompt, audience));
                assertThat(other.whole()).isEqualTo(FakeModel.answer(prompt, 3));
                assertThat(other.ending.join()).as(audience).isEqualTo(new Ending.Finished(true, 0));
            }
            Collector same = submit(engine, read(prompt, "owner"));
            assertThat(same.whole()).isEqualTo(FakeModel.answer(prompt, 3));
            assertThat(same.ending.join()).isEqualTo(new Ending.Finished(true, 8));
        }
    }

    private static GenerationRequest read(int[] prompt, String audience) {
        return new GenerationRequest(
                prompt,
                SamplingOptions.greedy(3),
                null,
                Set.of(),
                OptionalInt.empty(),
                Claim.of("tenant", "a").readBy(audience));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersManyRequestsAsIfEachWereAloneThoughMemoryIsShort(long seed) {
        Random random = new Random(seed);
        try (Engine engine = engine(40, null)) {
            List<int[]> prompts = new ArrayList<>();
            List<Collector> collectors = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int[] prompt = random.ints(1 + random.nextInt(60), 0, 3).toArray();
                prompts.add(prompt);
                collectors.add(submit(engine, request(prompt, 60)));
            }
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(collectors.get(i).whole()).isEqualTo(FakeModel.answer(prompts.get(i), 60));
            }
            assertThat(engine.report().preemptions()).isPositive();
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    private Engine treeEngine(TreeLine line, int blocks, int atOnce, Pace pace) {
        model = new FakeModel(blocks, 4, null);
        BlockPool pool = new BlockPool(blocks, 4, Eviction.leastRecentlyUsed());
        return new Engine("fake", model, new Scheduler(pool, new Limits(16, atOnce, 200, 1000), line), pace);
    }

    private static GenerationRequest request(int[] prompt, int tokens, Claim claim) {
        return new GenerationRequest(
                prompt, SamplingOptions.greedy(tokens), null, Set.of(), OptionalInt.empty(), claim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fair", "priority", "deadline", "round-robin"})
    void answersAsIfEachWereAloneByWhateverPolicyAndPace(String policy) {
        Random random = new Random(3);
        TreeLine line = new TreeLine(Policy.named(policy).orElseThrow(), Prices.USUAL, Forecast.BLIND);
        try (Engine engine = treeEngine(line, 40, 8, StallBound.factor(1.4))) {
            List<int[]> prompts = new ArrayList<>();
            List<Collector> collectors = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int[] prompt = random.ints(1 + random.nextInt(60), 0, 3).toArray();
                String agent = "agent " + random.nextInt(5);
                prompts.add(prompt);
                collectors.add(submit(
                        engine,
                        request(
                                prompt,
                                60,
                                new Claim(
                                        "t" + random.nextInt(3),
                                        100,
                                        agent,
                                        agent,
                                        OptionalInt.of(random.nextInt(100)),
                                        OptionalLong.of(1_000_000_000L)))));
            }
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(collectors.get(i).whole()).isEqualTo(FakeModel.answer(prompts.get(i), 60));
            }
            assertThat(engine.report().preemptions()).isPositive();
            assertThat(engine.report().blocks().used()).isZero();
            assertThat(engine.exclusively(() -> line.status(0)))
                    .allMatch(status -> status.waiting() == 0 && status.served() == 0);
        }
    }

    @Test
    void aTenantWithFewRequestsDoesNotWaitForAllOfOneWithMany() {
        TreeLine line = new TreeLine(Policy.fair(), Prices.USUAL, Forecast.BLIND);
        Semaphore steps = new Semaphore(0);
        model = new FakeModel(64, 4, steps);
        BlockPool pool = new BlockPool(64, 4, Eviction.leastRecentlyUsed());
        try (Engine engine = new Engine("fake", model, new Scheduler(pool, new Limits(16, 2, 200, 1000), line))) {
            List<Collector> many = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                many.add(submit(engine, request(new int[] {i, 1, 2}, 10, Claim.of("many", "a"))));
            }
            AtomicInteger endedBefore = new AtomicInteger();
            Collector few = new Collector() {
                @Override
                public void ended(Ending how) {
                    // Counted on the engine's own thread: it goes on while this test's thread is being woken.
                    endedBefore.set((int)
                            many.stream().filter(each -> each.ending.isDone()).count());
                    super.ended(how);
                }
            };
            submit(engine, request(new int[] {9, 9}, 10, Claim.of("few", "b")), few);
            steps.release(10_000);
            few.whole();
            assertThat(endedBefore.get()).isLessThan(12);
            many.forEach(Collector::whole);
        }
    }

    @Test
    void saysWhatItDidLately() {
        TreeLine line = new TreeLine(Policy.fair(), Prices.USUAL, Forecast.BLIND);
        try (Engine engine = treeEngine(line, 40, 8, Pace.unbounded())) {
            submit(engine, request(new int[20], 3, Claim.of("t", "a"))).whole();
            List<Tick> ticks = engine.ticks();
            assertThat(ticks)
                    .flatExtracting(Tick::parts)
                    .containsExactly(
                            new Tick.Part(1, "t", "a", 0, 16, Depth.WHOLE, false),
                            new Tick.Part(1, "t", "a", 16, 4, Depth.WHOLE, true),
                            new Tick.Part(1, "t", "a", 20, 1, Depth.WHOLE, true),
                            new Tick.Part(1, "t", "a", 21, 1, Depth.WHOLE, true));
            assertThat(ticks)
                    .allMatch(tick -> tick.nanos() > 0 && tick.preempted().isEmpty());
        }
    }

    @Test
    void saysWhyADeadlineCannotBeMet() {
        Forecast slow = new Forecast() {
            @Override
            public long duration(int prompt, int generated, int company) {
                return 5_000_000_000L;
            }

            @Override
            public long work(int prompt, int generated) {
                return 0;
            }
        };
        TreeLine line = new TreeLine(Policy.fair(), Prices.USUAL, slow);
        try (Engine engine = treeEngine(line, 40, 8, Pace.unbounded())) {
            Claim hurried = new Claim("t", 100, "a", "a", OptionalInt.empty(), OptionalLong.of(2_000_000_000L));
            assertThat(engine.submit(request(new int[20], 3, hurried), new Collector()))
                    .isInstanceOfSatisfying(
                            Submission.TooLate.class,
                            late -> assertThat(late.why()).contains("5000 ms", "2000 ms"));
        }
    }

    @Test
    void freesTheBlocksOfACancelledRequest() {
        Semaphore steps = new Semaphore(3);
        try (Engine engine = engine(32, steps)) {
            Collector collector = new Collector();
            Submission.Accepted accepted =
                    (Submission.Accepted) engine.submit(request(new int[] {1, 2, 3}, 100), collector);
            engine.cancel(accepted.id());
            steps.release(100);
            assertThat(collector.ending.join()).isEqualTo(new Ending.Cancelled());
            engine.cancel(accepted.id());
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    @Test
    void endsOnlyTheSequenceWhoseLogitsAreDamaged() {
        try (Engine engine = engine(32, null)) {
            model.poisonAtToken = 200;
            Collector damaged = submit(engine, request(new int[] {200, 1}, 10));
            Collector sound = submit(engine, request(new int[] {3, 1}, 10));
            assertThat(damaged.ending.join()).isInstanceOf(Ending.Faulted.class);
            assertThat(sound.whole()).isEqualTo(FakeModel.answer(new int[] {3, 1}, 10));
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    @Test
    void outlivesAFaultOfTheModel() {
        try (Engine engine = engine(32, null)) {
            model.breakAtToken = 256;
            Collector broken = submit(engine, request(new int[] {256, 1}, 10));
            assertThat(broken.ending.join()).isInstanceOf(Ending.Faulted.class);
            Collector next = submit(engine, request(new int[] {3, 1}, 10));
            assertThat(next.whole()).isEqualTo(FakeModel.answer(new int[] {3, 1}, 10));
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    @Test
    void refusesWhatCanNeverFit() {
        try (Engine engine = engine(4, null)) {
            assertThat(engine.submit(request(new int[250], 10), new Collector()))
                    .isInstanceOfSatisfying(
                            Submission.TooLong.class,
                            refused -> assertThat(refused.why()).contains("260", "200"));
            assertThat(engine.submit(request(new int[30], 10), new Collector()))
                    .isInstanceOfSatisfying(
                            Submission.TooLong.class,
                            refused -> assertThat(refused.why()).contains("blocks"));
        }
    }

    @Test
    void tellsWhoeverWaitsThatItCloses() {
        Semaphore steps = new Semaphore(1);
        Engine engine = engine(32, steps);
        Collector collector = submit(engine, request(new int[] {1, 2, 3}, 100));
        Thread closing = Thread.ofVirtual().start(engine::close);
        steps.release(1000);
        assertThat(collector.ending.join()).isInstanceOfAny(Ending.Cancelled.class, Ending.Finished.class);
        assertThat(closing).satisfies(thread -> thread.join());
        assertThat(engine.submit(request(new int[] {1}, 1), new Collector())).isInstanceOf(Submission.Busy.class);
    }

    /** The token after an even one is the odd one above it; after an odd one all even tokens may come. */
    private static final class Pairs implements Constraint {
        private int last = 1;

        @Override
        public TokenMask allowed() {
            TokenMask.Builder mask = TokenMask.builder(FakeModel.VOCABULARY);
            if (last % 2 == 0) {
                return mask.add(last + 1).build();
            }
            for (int token = 0; token + 1 < FakeModel.VOCABULARY; token += 2) {
                mask.add(token);
            }
            return mask.build();
        }

        @Override
        public void accept(int token) {
            last = token;
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public boolean mustEnd() {
            return false;
        }

        @Override
        public void remaining(int tokens) {}
    }

    @ParameterizedTest(name = "temperature {0}")
    @ValueSource(doubles = {0, 0.5, 2})
    void tokensWithoutAChoiceNeedNoPassAndChangeNothing(double temperature) {
        SamplingOptions sampling =
                SamplingOptions.greedy(31).withTemperature(temperature).withSeed(5);
        List<int[]> answers = new ArrayList<>();
        List<Integer> passes = new ArrayList<>();
        for (OptionalInt logprobs : List.of(OptionalInt.of(0), OptionalInt.empty())) {
            try (Engine engine = engine(40, null)) {
                answers.add(submit(
                                engine,
                                new GenerationRequest(
                                        new int[] {3, 1, 4, 1, 5},
                                        sampling,
                                        new Pairs(),
                                        Set.of(),
                                        logprobs,
                                        Claim.of("t", "")))
                        .whole());
                passes.add(model.passes.get());
            }
        }
        assertThat(answers.getFirst()).hasSize(31).isEqualTo(answers.getLast());
        assertThat(passes).containsExactly(31, 16);
    }

    /** Pairs that let something happen whenever it is asked what is allowed. */
    private record Watched(Constraint pairs, Runnable asked, boolean settled) implements Constraint {
        @Override
        public TokenMask allowed() {
            asked.run();
            return pairs.allowed();
        }

        @Override
        public int only() {
            return pairs.only();
        }

        @Override
        public void accept(int token) {
            pairs.accept(token);
        }

        @Override
        public boolean complete() {
            return pairs.complete();
        }

        @Override
        public boolean mustEnd() {
            return pairs.mustEnd();
        }

        @Override
        public void remaining(int tokens) {
            pairs.remaining(tokens);
        }
    }

    private static GenerationRequest constrained(Constraint constraint) {
        SamplingOptions sampling = SamplingOptions.greedy(31).withTemperature(1).withSeed(5);
        return new GenerationRequest(new int[] {3, 1, 4, 1, 5}, sampling, constraint, Set.of(), "t");
    }

    @Test
    void worksOutMasksBesideThePass() {
        Semaphore steps = new Semaphore(0);
        try (Engine engine = engine(40, steps)) {
            // no pass goes on until its mask was asked for
            Collector collector = submit(engine, constrained(new Watched(new Pairs(), steps::release, false)));
            try {
                assertThat(collector.ending).succeedsWithin(Duration.ofSeconds(20));
                assertThat(collector.whole()).hasSize(31);
            } finally {
                steps.release(1000);
            }
        }
    }

    @Test
    void drawsTheSameWhoeverWorksOutTheMasks() {
        List<int[]> answers = new ArrayList<>();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (boolean settled : new boolean[] {true, false}) {
            try (Engine engine = engine(40, null)) {
                Runnable asked =
                        () -> threads.add(settled + Thread.currentThread().getName());
                answers.add(submit(engine, constrained(new Watched(new Pairs(), asked, settled)))
                        .whole());
            }
        }
        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
        assertThat(threads).contains("trueengine fake").doesNotContain("truemasks fake");
    }

    @Test
    void endsOnlyTheSequenceWhoseMaskFails() {
        AtomicInteger asked = new AtomicInteger();
        Runnable failing = () -> {
            if (asked.incrementAndGet() == 5) {
                throw new IllegalStateException("no mask");
            }
        };
        try (Engine engine = engine(40, null)) {
            Collector failed = submit(engine, constrained(new Watched(new Pairs(), failing, false)));
            Collector sound = submit(engine, constrained(new Watched(new Pairs(), () -> {}, false)));
            assertThat(failed.ending.join()).isInstanceOf(Ending.Faulted.class);
            assertThat(sound.whole()).hasSize(31);
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    @Test
    @Timeout(30)
    void cancelsASequenceWhileItsMaskIsWorkedOut() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Semaphore goOn = new Semaphore(0);
        Runnable slow = () -> {
            begun.countDown();
            goOn.acquireUninterruptibly();
        };
        try (Engine engine = engine(40, null)) {
            Collector collector = new Collector();
            Submission.Accepted accepted =
                    (Submission.Accepted) engine.submit(constrained(new Watched(new Pairs(), slow, false)), collector);
            begun.await();
            engine.cancel(accepted.id());
            goOn.release(1000);
            assertThat(collector.ending.join()).isEqualTo(new Ending.Cancelled());
            assertThat(submit(engine, constrained(new Pairs())).whole()).hasSize(31);
            assertThat(engine.report().blocks().used()).isZero();
        }
    }

    @Test
    void tellsProbabilitiesOfTheModelsOwnLogits() {
        List<Likelihood> told = new ArrayList<>();
        CompletableFuture<Ending> end = new CompletableFuture<>();
        SamplingOptions biased = SamplingOptions.greedy(1).withLogitBias(Map.of(7, 50.0));
        int likeliest = FakeModel.next(new int[] {3, 1, 4}, 3);
        List<Integer> tokens = new ArrayList<>();
        try (Engine engine = engine(8, null)) {
            engine.submit(
                    new GenerationRequest(
                            new int[] {3, 1, 4}, biased, null, Set.of(), OptionalInt.of(2), Claim.of("t", "")),
                    new TokenListener() {
                        @Override
                        public void token(int token) {
                            throw new AssertionError("without its probability");
                        }

                        @Override
                        public void token(int token, Likelihood likelihood) {
                            tokens.add(token);
                            told.add(likelihood);
                        }

                        @Override
                        public void ended(Ending ending) {
                            end.complete(ending);
                        }
                    });
            end.join();
        }
        double norm = Math.log(Math.E + FakeModel.VOCABULARY - 1);
        assertThat(tokens).containsExactly(7);
        assertThat(told.getFirst().logprob()).isCloseTo(-norm, within(1e-9));
        assertThat(told.getFirst().alternatives())
                .extracting(Likelihood.Alternative::token)
                .containsExactly(likeliest, likeliest == 0 ? 1 : 0);
    }

    /** Waits for a vector. */
    private static final class Vector implements VectorListener {
        private final CompletableFuture<float[]> vector = new CompletableFuture<>();
        private final CompletableFuture<Ending> ending = new CompletableFuture<>();

        @Override
        public void vector(float[] mean) {
            vector.complete(mean);
        }

        @Override
        public void ended(Ending how) {
            ending.complete(how);
        }
    }

    @Test
    void aTextHasTheSameVectorAloneAndInCompanyThoughMemoryIsShort() throws InterruptedException {
        List<int[]> texts = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            texts.add(new Random(i).ints(3L * i, 0, 250).toArray());
        }
        List<float[]> alone = new ArrayList<>();
        for (int[] text : texts) {
            try (Engine engine = engine(20, null)) {
                Vector vector = new Vector();
                engine.embed(text, Claim.of("tenant", ""), vector);
                assertThat(vector.ending.join()).isInstanceOf(Ending.Finished.class);
                alone.add(vector.vector.join());
            }
        }
        try (Engine engine = engine(20, null)) {
            List<Vector> vectors = new ArrayList<>();
            List<Collector> answers = new ArrayList<>();
            for (int[] text : texts) {
                answers.add(submit(engine, request(text, 20)));
                Vector vector = new Vector();
                engine.embed(text, Claim.of("tenant", ""), vector);
                vectors.add(vector);
            }
            for (int i = 0; i < texts.size(); i++) {
                assertThat(vectors.get(i).vector.join()).isEqualTo(alone.get(i));
                assertThat(answers.get(i).whole()).isEqualTo(FakeModel.answer(texts.get(i), 20));
            }
            engine.settle();
            assertThat(engine.report().blocks().used()).isZero();
        }
    }
}
