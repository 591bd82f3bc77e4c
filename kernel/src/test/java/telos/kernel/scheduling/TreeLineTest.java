package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.Eviction;
import telos.kernel.memory.IsolationKey;

/** Fairness through the real scheduler and block pool; the model is one that says 3 as often as it may. */
class TreeLineTest {
    private static final int BUDGET = 16;

    private static final Forecast SLOW = new Forecast() {
        @Override
        public long duration(int prompt, int generated, int company) {
            return 1_000_000L * (prompt + 10L * generated);
        }

        @Override
        public long work(int prompt, int generated) {
            return 1_000_000L * (prompt + 5L * generated);
        }
    };

    private final TreeLine line = new TreeLine(Policy.fair(), Prices.USUAL, Forecast.BLIND);
    private final Map<Long, String> tenantOf = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final List<Long> ended = new ArrayList<>();
    private Scheduler scheduler = scheduler(line, 2, 1000);
    private long sequences;
    private long now;

    private static Scheduler scheduler(Line line, int atOnce, int waiting) {
        return new Scheduler(
                new BlockPool(400, 4, Eviction.leastRecentlyUsed()), new Limits(BUDGET, atOnce, 400, waiting), line);
    }

    private long submit(Claim claim, int prompt, int maxTokens) {
        assertThat(admission(claim, prompt, maxTokens)).isInstanceOf(Admission.Accepted.class);
        return sequences;
    }

    private Admission admission(Claim claim, int prompt, int maxTokens) {
        long sequence = ++sequences;
        tenantOf.put(sequence, claim.tenant());
        int[] unlike = new Random(sequence).ints(prompt, 0, 1_000_000).toArray();
        return scheduler.submit(
                new Request(sequence, unlike, maxTokens, new IsolationKey("mini", claim.tenant(), ""), claim), now);
    }

    private Batch iterate() {
        now += 1_000_000;
        Batch batch = scheduler.schedule(Pace.unbounded(), now);
        for (Batch.Step step : batch.steps()) {
            tokens.merge(tenantOf.get(step.sequence()), (long) step.count(), Long::sum);
        }
        if (!batch.isEmpty()) {
            scheduler
                    .apply(
                            new Outcome(
                                    batch.steps().stream()
                                            .filter(Batch.Step::logits)
                                            .map(step -> new Outcome.Sampled(step.sequence(), 3, false))
                                            .toList(),
                                    List.of()),
                            now)
                    .forEach(end -> ended.add(end.sequence()));
        }
        return batch;
    }

    private void finish() {
        for (int most = 100_000; !scheduler.isIdle(); most--) {
            assertThat(most).as("it ends").isPositive();
            iterate();
        }
    }

    private static Claim claim(String tenant, int weight, String agent) {
        return new Claim(tenant, weight, agent, agent, OptionalInt.empty(), OptionalLong.empty());
    }

    private static Claim urgent(String tenant, String agent, int priority) {
        return new Claim(tenant, 100, agent, agent, OptionalInt.of(priority), OptionalLong.empty());
    }

    private double attained(String tenant) {
        return line.status(now).stream()
                .filter(status ->
                        status.level() == Level.TENANT && status.name().equals(tenant))
                .mapToLong(EntityStatus::attained)
                .sum();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theServiceOfTenantsThatAlwaysWaitStaysWithinTheBoundOfTheVirtualTokenCounter(long seed) {
        Random random = new Random(seed);
        int longest = 0;
        for (int i = 0; i < 60; i++) {
            int prompt = 20 + random.nextInt(60);
            longest = Math.max(longest, prompt);
            submit(claim("long", 100, "a"), prompt, 1 + random.nextInt(4));
        }
        for (int i = 0; i < 300; i++) {
            submit(claim("short", 100, "b"), 1 + random.nextInt(4), 1 + random.nextInt(12));
        }
        double bound = 2 * Prices.ONE * Math.max(longest, 2.0 * 2 * BUDGET);
        int compared = 0;
        while (waits("long") && waits("short")) {
            iterate();
            assertThat(Math.abs(attained("long") - attained("short"))).isLessThanOrEqualTo(bound);
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    private boolean waits(String tenant) {
        return line.status(now).stream()
                .anyMatch(status ->
                        status.level() == Level.TENANT && status.name().equals(tenant) && status.waiting() > 0);
    }

    @Test
    void aTenantOfThreeTimesTheWeightGetsThreeTimesTheService() {
        for (int i = 0; i < 300; i++) {
            submit(claim("one", 100, "a"), 6, 4);
            submit(claim("three", 300, "b"), 6, 4);
        }
        for (int i = 0; i < 500; i++) {
            iterate();
        }
        assertThat(attained("three") / attained("one")).isCloseTo(3, within(0.1));
    }

    @Test
    void fortyRequestsOfOneAgentAreOneAgent() {
        for (int i = 0; i < 40; i++) {
            submit(claim("t", 100, "many"), 8, 8);
        }
        for (int i = 0; i < 4; i++) {
            submit(claim("t", 100, "few"), 8, 8);
        }
        while (ended.stream().filter(sequence -> sequence > 40).count() < 4) {
            iterate();
        }
        assertThat(ended).hasSizeLessThanOrEqualTo(10);
        finish();
    }

    @Test
    void whatWasFoundInMemoryIsNotCharged() {
        Claim claim = claim("t", 100, "a");
        int[] prompt = new Random(9).ints(40, 0, 1000).toArray();
        for (long sequence = 1; sequence <= 2; sequence++) {
            tenantOf.put(sequence, "t");
            scheduler.submit(new Request(sequence, prompt, 1, new IsolationKey("mini", "t", ""), claim), now);
            finish();
        }
        // the second computes its last block again, for something must be computed
        assertThat(attained("t")).isEqualTo(Prices.ONE * (40 + 2 + 4 + 2));
    }

    @Test
    void whatIsCancelledIsChargedAsFarAsItWasComputed() {
        long sequence = submit(claim("t", 100, "a"), 100, 1);
        iterate();
        assertThat(attained("t")).isEqualTo(Prices.ONE * 100);
        scheduler.cancel(sequence, now);
        assertThat(attained("t")).isEqualTo(Prices.ONE * BUDGET);
    }

    @Test
    void aClientThatCancelsEverythingAtOnceLeavesNothingBehind() {
        for (int i = 0; i < 500; i++) {
            submit(claim("t", 100, "agent " + i % 7), 20, 5);
        }
        iterate();
        iterate();
        for (long sequence = 1; sequence <= 500; sequence++) {
            scheduler.cancel(sequence, now);
        }
        assertThat(scheduler.isIdle()).isTrue();
        assertThat(line.status(now)).allMatch(status -> status.waiting() == 0 && status.served() == 0);
        submit(claim("u", 100, "b"), 5, 5);
        finish();
    }

    @Test
    void oneTenantCannotFillTheQueueForAllOthers() {
        scheduler = scheduler(line, 2, 100);
        Admission last = new Admission.Accepted(0);
        int taken = 0;
        while (last instanceof Admission.Accepted) {
            last = admission(claim("greedy", 100, "a"), 5, 5);
            taken++;
        }
        assertThat(taken).isBetween(40, 60);
        assertThat(last)
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Admission.Why.SHARE_OF_QUEUE_FULL));
        for (int i = 0; i < 20; i++) {
            submit(claim("modest", 100, "b"), 5, 5);
        }
        finish();
    }

    @Test
    void aRequestOfHigherPriorityTakesThePlaceOfOneThatRuns() {
        line.policy(FixedPriority.usual(), now);
        long low = submit(claim("t", 100, "a"), 5, 300);
        submit(claim("t", 100, "b"), 5, 300);
        iterate();
        long high = submit(urgent("u", "c", 50), 5, 5);
        Batch batch = iterate();
        assertThat(batch.preempted()).hasSize(1);
        assertThat(batch.steps()).extracting(Batch.Step::sequence).contains(high);
        finish();
        assertThat(ended.getFirst()).isEqualTo(high);
        assertThat(ended).contains(low);
    }

    private EntityStatus entity(Level level, String name) {
        return line.status(now).stream()
                .filter(status -> status.level() == level && status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStatedPriorityLiftsAgentAndTenantForAsLongAsTheRequestLives() {
        submit(claim("t", 100, "a"), 5, 5);
        long urgent = submit(urgent("t", "a", 30), 5, 5);
        EntityStatus agent = entity(Level.AGENT, "a");
        assertThat(agent.shares().priority()).isEqualTo(30);
        assertThat(entity(Level.TENANT, "t").shares().priority()).isEqualTo(30);
        line.set(agent.id(), own -> own.withWeight(7), now);
        assertThat(line.shares(agent.id())).contains(Shares.weighing(7));
        scheduler.cancel(urgent, now);
        assertThat(entity(Level.AGENT, "a").shares().priority()).isZero();
        assertThat(entity(Level.AGENT, "a").shares().weight()).isEqualTo(7);
        assertThat(entity(Level.TENANT, "t").shares().priority()).isZero();
        line.set(agent.id(), own -> own.withPriority(-3), now);
        submit(urgent("t", "a", -50), 5, 5);
        assertThat(entity(Level.AGENT, "a").shares().priority()).isEqualTo(-3);
        finish();
        assertThat(entity(Level.AGENT, "a").shares().priority()).isEqualTo(-3);
    }

    @Test
    void aPriorityThatIsGivenWhileARequestLiftsItCountsAfterwards() {
        submit(claim("t", 100, "a"), 5, 5);
        long urgent = submit(urgent("t", "a", 30), 5, 5);
        EntityId agent = entity(Level.AGENT, "a").id();
        line.set(agent, own -> own.withPriority(30), now);
        scheduler.cancel(urgent, now);
        assertThat(entity(Level.AGENT, "a").shares().priority()).isEqualTo(30);
        urgent = submit(urgent("t", "a", 50), 5, 5);
        line.set(agent, own -> own.withPriority(10), now);
        assertThat(entity(Level.AGENT, "a").shares().priority()).isEqualTo(50);
        scheduler.cancel(urgent, now);
        assertThat(entity(Level.AGENT, "a").shares().priority()).isEqualTo(10);
    }

    @Test
    void aTenantsWeightIsTheLargestOfItsKeysUntilTheOwnerGivesItOne() {
        long heavy = submit(claim("t", 300, "a"), 5, 5);
        long light = submit(claim("t", 100, "a"), 5, 5);
        EntityStatus tenant = entity(Level.TENANT, "t");
        assertThat(tenant.shares().weight()).isEqualTo(300);
        scheduler.cancel(heavy, now);
        assertThat(entity(Level.TENANT, "t").shares().weight()).isEqualTo(100);
        scheduler.cancel(light, now);
        assertThat(entity(Level.TENANT, "t").shares().weight()).isEqualTo(100);
        line.set(tenant.id(), own -> own.withWeight(500), now);
        submit(claim("t", 100, "a"), 5, 5);
        submit(claim("t", 200, "a"), 5, 5);
        line.set(tenant.id(), own -> own.withPriority(1), now);
        assertThat(entity(Level.TENANT, "t").shares()).isEqualTo(new Shares(500, 1, Optional.empty()));
        finish();
        assertThat(entity(Level.TENANT, "t").shares().weight()).isEqualTo(500);
    }

    @Test
    void anAgentWithLongPromptsGetsNoMoreThanItsPartOfItsTenantsService() {
        for (int i = 0; i < 60; i++) {
            submit(claim("t", 100, "long"), 390, 1);
        }
        long bound = 2 * Prices.ONE * 390;
        for (int i = 0; i < 80; i++) {
            while (scheduler.waiting() < 400) {
                submit(claim("t", 100, "short"), 2, 1);
            }
            iterate(10);
            long apart = entity(Level.AGENT, "long").attained()
                    - entity(Level.AGENT, "short").attained();
            assertThat(Math.abs(apart)).isLessThanOrEqualTo(bound);
        }
        assertThat(entity(Level.AGENT, "short").waiting()).isPositive();
    }

    private void iterate(int times) {
        for (int i = 0; i < times; i++) {
            iterate();
        }
    }

    @Test
    void anAnswerThatTakesLongIsOvertakenOnceSomebodyIsAQuantumBehind() {
        for (Policy policy : List.of(new Fair(), AttainedService.ofPrograms())) {
            line.policy(policy, now);
            scheduler = new Scheduler(
                    new BlockPool(4000, 4, Eviction.leastRecentlyUsed()), new Limits(BUDGET, 2, 8000, 100), line);
            ended.clear();
            String long1 = policy instanceof Fair ? "u" : "t";
            submit(claim(long1, 100, policy.name() + " long"), 5, 3000);
            submit(claim(long1, 100, policy.name() + " long too"), 5, 3000);
            iterate();
            long late = submit(claim("t", 100, policy.name() + " late"), 5, 50);
            for (int i = 0; i < 700; i++) {
                iterate();
            }
            assertThat(ended).as(policy.name()).containsExactly(late);
            assertThat(scheduler.preemptions()).as(policy.name()).isEqualTo(1);
            finish();
        }
    }

    @Test
    void littleIsComputedTwiceForFairness() {
        long preemptions = 0;
        for (long seed = 1; seed <= 4; seed++) {
            preemptions += preemptionsForFairness(seed);
        }
        assertThat(preemptions).isBetween(1L, 200L);
    }

    private long preemptionsForFairness(long seed) {
        Random random = new Random(seed);
        line.policy(seed % 2 == 0 ? new Fair() : new AttainedService(200 * Prices.ONE, 10, true), now);
        int context = 3000;
        scheduler = new Scheduler(
                new BlockPool(4 * context, 4, Eviction.leastRecentlyUsed()), new Limits(64, 4, context, 400), line);
        long longest = 0;
        long twice = 0;
        long preemptions = 0;
        for (int i = 0; i < 12_000 && (i < 4_000 || !scheduler.isIdle()); i++) {
            if (i < 4_000 && scheduler.waiting() < 12) {
                String tenant = "t" + random.nextInt(3);
                submit(
                        claim(tenant, 50 << random.nextInt(3), "a" + random.nextInt(3)),
                        1 + random.nextInt(40),
                        1 + random.nextInt(random.nextInt(10) == 0 ? 2_500 : 60));
            }
            Map<Long, Integer> lengths = new HashMap<>();
            scheduler.sequences().forEach(status -> lengths.put(status.sequence(), status.length()));
            Batch batch = iterate();
            for (long preempted : batch.preempted()) {
                twice += Prices.ONE * Objects.requireNonNull(lengths.get(preempted));
                preemptions++;
            }
            longest = Math.max(
                    longest,
                    lengths.values().stream().mapToInt(Integer::intValue).max().orElse(0));
            if (!batch.preempted().isEmpty()) {
                assertThat(twice)
                        .isLessThanOrEqualTo(Prices.ONE * longest
                                + line.status(now).getFirst().attained() / 50);
            }
        }
        finish();
        return preemptions;
    }

    @Test
    void nobodyReservesMoreThanTheModelCanCompute() {
        submit(claim("t", 100, "a"), 5, 5);
        EntityId tenant = entity(Level.TENANT, "t").id();
        Reservation absurd = new Reservation(1_000_000 * Prices.ONE, 1_000_000);
        assertThat(line.set(tenant, own -> own.withDeadline(absurd), now).orElseThrow())
                .isInstanceOfSatisfying(
                        Change.Refused.class,
                        refused -> assertThat(refused.refusal().why()).isEqualTo(Refusal.Why.NOT_KNOWN_YET));
        TreeLine known = new TreeLine(new EarliestDeadline(), Prices.USUAL, SLOW);
        scheduler = scheduler(known, 2, 100);
        submit(claim("t", 100, "a"), 5, 5);
        assertThat(known.set(tenant, own -> own.withDeadline(absurd), now).orElseThrow())
                .isInstanceOfSatisfying(Change.Refused.class, refused -> {
                    assertThat(refused.refusal().why()).isEqualTo(Refusal.Why.OVERBOOKED);
                    assertThat(refused.refusal().text()).contains("for t: 95 % are left");
                });
        assertThat(known.shares(tenant).orElseThrow().deadline()).isEmpty();
        // a generated token takes 5 ms and costs 2
        Reservation half = new Reservation(200 * Prices.ONE, 1_000_000_000);
        assertThat(known.set(tenant, own -> own.withDeadline(half), now)).contains(new Change.Changed());
        assertThat(known.set(tenant, own -> own.withDeadline(half), now)).contains(new Change.Changed());
        assertThat(admission(due(310_000_000), 100, 10))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Admission.Why.DEADLINES_OVERBOOKED));
        assertThat(known.set(tenant, Shares::withoutDeadline, now)).contains(new Change.Changed());
        assertThat(admission(due(310_000_000), 100, 10)).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void whoInventsNamesMakesNobodyElsesAgentsForgotten() {
        submit(claim("modest", 100, "steady"), 7, 1);
        finish();
        for (int i = 0; i < 3_000; i++) {
            submit(claim("t", 100, "agent " + i), 1, 1);
            iterate();
        }
        finish();
        assertThat(entity(Level.AGENT, "steady").attained()).isEqualTo(9 * Prices.ONE);
        assertThat(line.status(now)).hasSizeBetween(900, 1_010);
    }

    @Test
    void tenantsThatWantNothingAreForgottenInTheEnd() {
        for (int i = 0; i < 1_200; i++) {
            submit(claim("t" + i, 100, "a"), 1, 1);
            submit(claim("t" + i, 100, "b"), 1, 1);
            iterate();
        }
        finish();
        assertThat(line.status(now)).hasSizeBetween(2_900, 3_010);
        submit(claim("t0", 100, "a"), 1, 1);
        finish();
    }

    @Test
    void nobodyIsOvertakenTwiceWithoutHavingGeneratedAToken() {
        line.policy(FixedPriority.usual(), now);
        long low = submit(claim("t", 100, "a"), 200, 20);
        Random random = new Random(4);
        int inARow = 0;
        int before = 0;
        for (int i = 0; i < 400; i++) {
            if (random.nextInt(3) == 0) {
                submit(urgent("u" + i % 3, "c", 1 + random.nextInt(99)), 20, 2);
            }
            Batch batch = iterate();
            if (ended.contains(low)) {
                return;
            }
            int generated = scheduler.sequences().getFirst().generated();
            inARow = generated > before ? 0 : inARow;
            before = generated;
            inARow += batch.preempted().contains(low) ? 1 : 0;
            assertThat(inARow).isLessThanOrEqualTo(1);
        }
    }

    static List<Policy> whoWaitsIsServedThoughNewcomersNeverEnd() {
        return Policy.known();
    }

    @ParameterizedTest
    @MethodSource
    void whoWaitsIsServedThoughNewcomersNeverEnd(Policy policy) {
        line.policy(policy, now);
        for (int i = 0; i < 4; i++) {
            submit(claim("t", 100, "stream " + i), 10, 4);
        }
        long patient = submit(claim("t", 100, "patient"), 300, 20);
        long another = submit(claim("u", 100, "patient"), 300, 20);
        int iterations = 0;
        while (!ended.contains(patient) || !ended.contains(another)) {
            while (scheduler.waiting() < 20) {
                submit(claim(sequences % 2 == 0 ? "t" : "u", 100, "new " + sequences), 10, 4);
            }
            iterate();
            assertThat(++iterations).as("iterations").isLessThan(3000);
        }
    }

    @Test
    void thePolicyMayBeChangedAtAnyMoment() {
        Random random = new Random(6);
        List<Policy> policies = Policy.known();
        for (int i = 0; i < 400; i++) {
            if (i < 300 && random.nextInt(2) == 0) {
                submit(urgent("t" + random.nextInt(3), "a" + random.nextInt(5), random.nextInt(100)), 12, 6);
            }
            if (random.nextInt(5) == 0) {
                double before = attained("t1");
                line.policy(policies.get(random.nextInt(policies.size())), now);
                assertThat(attained("t1")).isEqualTo(before);
            }
            iterate();
        }
        finish();
        assertThat(ended).hasSize((int) sequences);
    }

    @Test
    void aDeadlineThatCannotBeMetIsRefused() {
        TreeLine deadlines = new TreeLine(new EarliestDeadline(), Prices.USUAL, SLOW);
        scheduler = scheduler(deadlines, 2, 100);
        assertThat(admission(due(190_000_000), 100, 10)).isInstanceOfSatisfying(Admission.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(Admission.Why.DEADLINE_TOO_NEAR);
            assertThat(refused.asked()).isEqualTo(200);
            assertThat(refused.limit()).isEqualTo(190);
        });
        assertThat(admission(due(210_000_000), 100, 10)).isInstanceOf(Admission.Accepted.class);
        assertThat(admission(due(210_000_000), 100, 10))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Admission.Why.DEADLINES_OVERBOOKED));
        finish();
        assertThat(admission(due(210_000_000), 100, 10)).isInstanceOf(Admission.Accepted.class);
    }

    private static Claim due(long nanos) {
        return new Claim("t", 100, "a", "a", OptionalInt.empty(), OptionalLong.of(nanos));
    }

    @Test
    void theUrgentGoesFirstByTheDeadlinePolicy() {
        line.policy(new EarliestDeadline(), now);
        for (int i = 0; i < 20; i++) {
            submit(claim("t", 100, "a"), 20, 20);
        }
        iterate();
        long urgent = submit(due(1_000_000_000), 20, 5);
        finish();
        assertThat(ended.indexOf(urgent)).isLessThan(2);
    }
}
