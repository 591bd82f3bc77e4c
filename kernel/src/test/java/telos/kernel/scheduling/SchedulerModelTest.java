package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.BlockTable;
import telos.kernel.memory.Eviction;
import telos.kernel.memory.IsolationKey;
import telos.kernel.memory.SimulatedArena;

/**
 * An engine loop over a simulated arena. Its model's next token depends on the key and all tokens so far; so whatever
 * batching, preemption, forking or prefix reuse does, each request must get the tokens it would get alone.
 */
class SchedulerModelTest {
    private static final int ITERATIONS = 500;
    private static final int VOCABULARY = 4;
    private static final long ITERATION = 5_000_000;
    private static final List<IsolationKey> KEYS =
            List.of(new IsolationKey("mini", "alice", "public"), new IsolationKey("mini", "bob", "public"));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRequestGetsWhatItWouldGetAloneInBoundedTime(long seed) {
        World world = new World(seed);
        world.live(ITERATIONS);
        assertThat(world.pool.statistics().used()).isZero();
    }

    /** Through a part of the depth at a time, some tokens at a time, whatever of it is given up again. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRequestGetsWhatItWouldGetAloneHoweverItsPromptIsCut(long seed) {
        Optional<Policy> policy = seed % 2 == 0 ? Optional.of(Policy.known().getFirst()) : Optional.empty();
        World world = new World(seed, policy, 3, new Whims(seed));
        world.live(ITERATIONS);
        assertThat(world.pool.statistics().used()).isZero();
        assertThat(world.partial).isGreaterThan(100);
        assertThat(world.lost).isGreaterThan(1);
    }

    /** By whatever line: the same tokens, no more than the limits allow, and everybody ends. */
    @ParameterizedTest(name = "{1}, seed {0}")
    @MethodSource
    void everyRequestGetsWhatItWouldGetAloneByEveryPolicy(long seed, String policy) {
        World world = new World(seed, Optional.of(Policy.named(policy).orElseThrow()));
        world.live(ITERATIONS / 2);
        assertThat(world.pool.statistics().used()).isZero();
    }

    static Stream<Arguments> everyRequestGetsWhatItWouldGetAloneByEveryPolicy() {
        return Policy.known().stream()
                .flatMap(policy -> LongStream.of(1, 2, 3, 4).mapToObj(seed -> Arguments.of(seed, policy.name())));
    }

    @Test
    void theTreesWorldsExerciseWhatTheyAreToTest() {
        List<World> worlds = Policy.known().stream()
                .map(policy -> new World(100, Optional.of(policy)))
                .toList();
        worlds.forEach(world -> world.live(ITERATIONS / 2));
        assertThat(worlds).extracting(world -> world.scheduler.preemptions()).anyMatch(many -> many > 10);
        assertThat(worlds).extracting(world -> world.overtakings).anyMatch(many -> many > 3);
    }

    @Test
    void theWorldsExerciseWhatTheyAreToTest() {
        List<World> worlds = LongStream.range(100, 108).mapToObj(World::new).toList();
        worlds.forEach(world -> world.live(ITERATIONS / 2));
        assertThat(worlds).extracting(world -> world.scheduler.preemptions()).anyMatch(many -> many > 10);
        assertThat(worlds)
                .extracting(world -> world.pool.statistics().hitTokens())
                .anyMatch(many -> many > 100);
        assertThat(worlds)
                .extracting(world -> world.pool.statistics().evictions())
                .anyMatch(many -> many > 10);
        assertThat(worlds).extracting(world -> world.copies).anyMatch(many -> many > 3);
        assertThat(worlds.stream().flatMap(world -> world.reasons.stream())).contains(Ended.Reason.values());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theSameCallsLeadToTheSameDecisions(long seed) {
        World one = new World(seed);
        World other = new World(seed);
        one.live(100);
        other.live(100);
        assertThat(one.log).isEqualTo(other.log);
    }

    private static final class Live {
        final IsolationKey key;
        final List<Integer> tokens = new ArrayList<>();
        final int end;
        final int deadline;

        Live(IsolationKey key, int[] prompt, int maxTokens, int deadline) {
            this.key = key;
            Arrays.stream(prompt).forEach(tokens::add);
            this.end = prompt.length + maxTokens;
            this.deadline = deadline;
        }

        int next() {
            return Math.floorMod((Objects.hash(key, tokens) * 0x9E3779B9) >>> 7, VOCABULARY);
        }

        boolean saidAll() {
            return Math.floorMod((Objects.hash(tokens, key) * 0x85EBCA6B) >>> 5, 40) == 0;
        }
    }

    private static final class World {
        private final Random random;
        private final BlockPool pool;
        private final Limits limits;
        private final Scheduler scheduler;
        private final SimulatedArena arena;
        /** In the order of arrival. */
        private final Map<Long, Live> alive = new LinkedHashMap<>();

        private final Set<Long> cancelled = new HashSet<>();
        private final Set<Ended.Reason> reasons = new HashSet<>();
        private final List<Batch> log = new ArrayList<>();
        private final List<int[]> prompts = new ArrayList<>();
        private long nextSequence;
        private int iteration;
        private int copies;
        private int overtakings;
        /** How far the chunks have come that went through a part of the depth. */
        private final Map<Long, Piece> amid = new HashMap<>();
        /** Steps through a part of the depth. */
        private int partial;
        /** Sequences that were preempted, cancelled or failed amid a chunk. */
        private int lost;

        private boolean closed;
        private final Optional<Policy> policy;
        private final Pace pace;

        World(long seed) {
            this(seed, Optional.empty());
        }

        /** @param policy of the tree; without one, first come first served */
        World(long seed, Optional<Policy> policy) {
            this(seed, policy, 1, Pace.unbounded());
        }

        World(long seed, Optional<Policy> policy, int parts, Pace pace) {
            this.policy = policy;
            this.pace = pace;
            random = new Random(seed);
            int blocks = 8 + random.nextInt(6);
            int blockTokens = 2 + random.nextInt(3);
            int maxSequences = 3 + random.nextInt(4);
            pool = new BlockPool(blocks, blockTokens, Eviction.leastRecentlyUsed());
            limits = new Limits(maxSequences + random.nextInt(8), maxSequences, 40, 12, parts);
            scheduler = new Scheduler(
                    pool,
                    limits,
                    policy.<Line>map(each -> new TreeLine(each, Prices.USUAL, Forecast.BLIND))
                            .orElseGet(Line::firstComeFirstServed));
            arena = new SimulatedArena(blocks, blockTokens);
        }

        void live(int iterations) {
            for (int i = 0; i < iterations; i++) {
                arrive();
                iterate();
            }
            drain();
        }

        void arrive() {
            if (closed) {
                return;
            }
            boolean busy = iteration / 50 % 2 == 0;
            if (random.nextInt(busy ? 4 : 20) == 0) {
                submit();
            }
            if (random.nextInt(!busy && scheduler.waiting() == 0 ? 3 : 15) == 0 && !alive.isEmpty()) {
                fork(any());
            }
            if (random.nextInt(12) == 0 && !alive.isEmpty()) {
                cancel(any());
            }
        }

        private void submit() {
            int[] prompt = random.ints(1 + random.nextInt(14), 0, VOCABULARY).toArray();
            if (!prompts.isEmpty() && random.nextBoolean()) {
                int[] earlier = prompts.get(random.nextInt(prompts.size()));
                System.arraycopy(earlier, 0, prompt, 0, Math.min(prompt.length, earlier.length));
            }
            prompts.add(prompt);
            IsolationKey key = KEYS.get(random.nextInt(KEYS.size()));
            int maxTokens = 1 + random.nextInt(28);
            long sequence = nextSequence++;
            accepted(
                    sequence,
                    key,
                    prompt,
                    maxTokens,
                    scheduler.submit(new Request(sequence, prompt, maxTokens, key, claim(key)), now()));
        }

        private Claim claim(IsolationKey key) {
            String agent = "agent " + random.nextInt(4);
            return new Claim(
                    key.tenant(),
                    100,
                    agent,
                    agent,
                    random.nextInt(3) == 0 ? OptionalInt.of(random.nextInt(-5, 100)) : OptionalInt.empty(),
                    random.nextInt(4) == 0
                            ? OptionalLong.of((1 + random.nextInt(40)) * ITERATION)
                            : OptionalLong.empty());
        }

        private long now() {
            return iteration * ITERATION;
        }

        private void fork(long parent) {
            Live from = live(parent);
            int[] tokens = from.tokens.stream().mapToInt(token -> token).toArray();
            int maxTokens = 1 + random.nextInt(12);
            long child = nextSequence++;
            accepted(child, from.key, tokens, maxTokens, scheduler.fork(parent, child, maxTokens, now()));
        }

        /** The deadline: each that came earlier, and then this one, gets on by a part of a token in each iteration. */
        private void accepted(long sequence, IsolationKey key, int[] prompt, int maxTokens, Admission admission) {
            switch (admission) {
                case Admission.Accepted _ -> {
                    int before =
                            alive.values().stream().mapToInt(live -> live.end).sum();
                    int tokens = before + prompt.length + maxTokens;
                    alive.put(sequence, new Live(key, prompt, maxTokens, iteration + limits.parts() * tokens));
                }
                case Admission.Refused refused -> {
                    boolean fits = prompt.length + maxTokens <= limits.context()
                            && pool.blocksFor(prompt.length + maxTokens - 1) <= pool.total();
                    boolean full = refused.why() == Admission.Why.QUEUE_FULL
                            || refused.why() == Admission.Why.SHARE_OF_QUEUE_FULL;
                    assertThat(full).isEqualTo(fits);
                    assertThat(refused.asked()).isGreaterThan(refused.limit());
                }
            }
        }

        private void cancel(long sequence) {
            if (scheduler.cancel(sequence, now())) {
                assertThat(pool.isOpen(sequence)).isFalse();
                alive.remove(sequence);
                lost += amid.remove(sequence) != null ? 1 : 0;
            } else {
                cancelled.add(sequence);
            }
        }

        void iterate() {
            iteration++;
            List<Long> decoding =
                    alive.keySet().stream().filter(this::isDecoding).toList();
            Batch batch = scheduler.schedule(pace, now());
            log.add(batch);
            checkBatch(batch, decoding);
            if (batch.isEmpty()) {
                return;
            }
            arrive();
            Outcome outcome = run(batch);
            List<Ended> ended = scheduler.apply(outcome, now());
            for (Ended end : ended) {
                reasons.add(end.reason());
                checkEnd(end, outcome);
                alive.remove(end.sequence());
                lost += amid.remove(end.sequence()) != null ? 1 : 0;
                cancelled.remove(end.sequence());
            }
            assertThat(cancelled).isEmpty();
            checkSequences();
        }

        private void drain() {
            closed = true;
            for (int most = 1000 * limits.parts(); !alive.isEmpty() && most > 0; most--) {
                iterate();
            }
            assertThat(scheduler.isIdle()).isTrue();
            assertThat(scheduler.schedule().isEmpty()).isTrue();
        }

        private boolean isDecoding(long sequence) {
            return pool.isOpen(sequence)
                    && pool.table(sequence).length() < live(sequence).tokens.size();
        }

        private void checkBatch(Batch batch, List<Long> decoding) {
            List<Long> scheduled =
                    batch.steps().stream().map(Batch.Step::sequence).toList();
            assertThat(scheduled).doesNotHaveDuplicates();
            assertThat(batch.tokens()).isLessThanOrEqualTo(limits.tokenBudget());
            assertThat(scheduler.running()).isLessThanOrEqualTo(limits.maxSequences());
            if (!alive.isEmpty() && policy.isPresent()) {
                assertThat(scheduled).as("somebody runs").isNotEmpty();
            }
            if (!alive.isEmpty() && policy.isEmpty()) {
                assertThat(scheduled)
                        .as("the earliest runs")
                        .contains(alive.keySet().iterator().next());
            }
            List<Long> stillDecoding = decoding.stream()
                    .filter(sequence -> !batch.preempted().contains(sequence))
                    .toList();
            List<Long> first = scheduled.subList(0, Math.min(stillDecoding.size(), scheduled.size()));
            if (policy.isPresent()) {
                assertThat(first).as("all decodes come first").hasSameElementsAs(stillDecoding);
                overtakings +=
                        batch.preempted().size() > 0 && batch.steps().stream().anyMatch(step -> step.start() == 0)
                                ? 1
                                : 0;
            } else {
                assertThat(first).as("all decodes come first").isEqualTo(stillDecoding);
            }
            for (long preempted : batch.preempted()) {
                lost += amid.remove(preempted) != null ? 1 : 0;
                if (policy.isPresent() && scheduled.equals(List.of(preempted))) {
                    continue; // it gave way to one that the line does not put first any more
                }
                assertThat(pool.isOpen(preempted)).isFalse();
                assertThat(scheduled)
                        .allMatch(sequence -> policy.isPresent() ? sequence != preempted : sequence < preempted);
            }
            for (Batch.Step step : batch.steps()) {
                int length = live(step.sequence()).tokens.size();
                assertThat(step.count()).isPositive();
                assertThat(step.start()).isEqualTo(pool.table(step.sequence()).computed());
                assertThat(step.logits())
                        .isEqualTo(step.start() + step.count() == length
                                && step.depth().reachesTheEnd());
                goesOn(step);
            }
        }

        /** A chunk that was begun goes on from the part that it has reached, with no token that was not in it. */
        private void goesOn(Batch.Step step) {
            Depth depth = step.depth();
            assertThat(depth.of()).isEqualTo(limits.parts());
            assertThat(depth.parts()).isPositive();
            Piece before = amid.remove(step.sequence());
            assertThat(depth.from())
                    .isEqualTo(before == null ? 0 : before.depth().to());
            if (before != null) {
                assertThat(step.start()).isEqualTo(before.start());
                assertThat(step.count()).isLessThanOrEqualTo(before.count());
            }
            if (!depth.reachesTheEnd()) {
                amid.put(step.sequence(), new Piece(step.start(), step.count(), depth));
                partial++;
            }
        }

        private Outcome run(Batch batch) {
            copies += batch.copies().size();
            batch.copies().forEach(arena::copy);
            List<Outcome.Sampled> sampled = new ArrayList<>();
            List<Long> failed = new ArrayList<>();
            for (Batch.Step step : batch.steps()) {
                Live live = live(step.sequence());
                BlockTable table = scheduler.table(step.sequence());
                List<Integer> prefixes = prefixes(live);
                arena.assertReadsBack(table, prefixes);
                assertThat(scheduler.tokens(step))
                        .containsExactly(live.tokens.subList(step.start(), step.start() + step.count()).stream()
                                .mapToInt(token -> token)
                                .toArray());
                if (random.nextInt(60) == 0) {
                    failed.add(step.sequence());
                    continue;
                }
                int computed = step.depth().reachesTheEnd() ? step.count() : 0;
                for (int position = step.start(); position < step.start() + computed; position++) {
                    arena.write(table, position, prefixes.get(position));
                }
                if (step.logits()) {
                    List<Integer> following = new ArrayList<>();
                    do {
                        following.add(live.next());
                        live.tokens.add(following.getLast());
                    } while (!live.saidAll() && live.tokens.size() < live.end && random.nextInt(8) == 0);
                    sampled.add(new Outcome.Sampled(step.sequence(), following, live.saidAll()));
                }
            }
            return new Outcome(sampled, failed);
        }

        private void checkEnd(Ended end, Outcome outcome) {
            Live live = live(end.sequence());
            assertThat(iteration)
                    .as("sequence %d ends in time", end.sequence())
                    .isLessThanOrEqualTo(policy.isPresent() ? Integer.MAX_VALUE : live.deadline);
            assertThat(pool.isOpen(end.sequence())).isFalse();
            switch (end.reason()) {
                case FINISHED -> assertThat(live.saidAll()).isTrue();
                case LENGTH -> assertThat(live.tokens).hasSize(live.end);
                case FAILED -> assertThat(outcome.failed()).contains(end.sequence());
                case CANCELLED -> assertThat(cancelled).contains(end.sequence());
            }
        }

        private void checkSequences() {
            List<SequenceStatus> states = scheduler.sequences();
            assertThat(states).extracting(SequenceStatus::sequence).containsExactlyElementsOf(alive.keySet());
            for (SequenceStatus state : states) {
                Live live = live(state.sequence());
                assertThat(state.length()).isEqualTo(live.tokens.size());
                assertThat(state.running()).isEqualTo(pool.isOpen(state.sequence()));
                if (state.running()) {
                    arena.assertReadsBack(pool.table(state.sequence()), prefixes(live));
                }
            }
            assertThat(scheduler.running() + scheduler.waiting()).isEqualTo(alive.size());
        }

        private List<Integer> prefixes(Live live) {
            return arena.prefixes(
                    live.key, live.tokens.stream().mapToInt(token -> token).toArray());
        }

        private Live live(long sequence) {
            return Objects.requireNonNull(alive.get(sequence));
        }

        private long any() {
            return List.copyOf(alive.keySet()).get(random.nextInt(alive.size()));
        }
    }
}
