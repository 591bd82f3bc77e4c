package telos.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.Eviction;
import telos.kernel.memory.IsolationKey;
import telos.kernel.memory.PoolStatistics;
import telos.kernel.scheduling.Admission;
import telos.kernel.scheduling.Batch;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Ended;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Load;
import telos.kernel.scheduling.Outcome;
import telos.kernel.scheduling.Phase;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.Request;
import telos.kernel.scheduling.Scheduler;
import telos.kernel.scheduling.SequenceStatus;
import telos.kernel.scheduling.StallBound;
import telos.kernel.scheduling.TreeLine;

/**
 * One run of the batching scheduler as the engine drives it, with a real block pool and the entity tree as its line; only
 * the model is made up: it says a token at random, and takes time by what it computes.
 */
final class BatchWorld {
    private static final int ITERATIONS = 200;
    private static final int MOST_DRAINING = 200_000;
    private static final int BLOCK = 16;
    /** Of the model's depth. */
    private static final int PARTS = 6;

    private static final int VOCABULARY = 50;

    /** What is known of a sequence from outside. */
    private static final class Live {
        final int tenant;
        final String agent;
        final int prompt;
        final int end;
        final long since;
        final List<Integer> generated = new ArrayList<>();
        boolean cancelled;
        boolean started;

        Live(int tenant, String agent, int prompt, int end, long since) {
            this.tenant = tenant;
            this.agent = agent;
            this.prompt = prompt;
            this.end = end;
            this.since = since;
        }
    }

    private final String replay;
    private final Random random;
    private final Random faults;
    private final Workload load;
    private final BlockPool pool;
    private final StallBound pace = StallBound.factor(StallBound.USUAL_FACTOR);
    private final TreeLine line;
    private final Scheduler scheduler;
    private final Map<Long, Live> live = new LinkedHashMap<>();
    private final int[] weights;
    private final int[][] preambles;
    private final ServiceGaps gaps;
    private final Map<String, Long> attained = new HashMap<>();
    private int iteration;
    private long time = 1;
    private long skew;
    private long sequences;
    private long ended;
    private long longestWait;

    BatchWorld(long seed, Policy policy) {
        this.replay = "./telos simulate batch --seed " + seed + " --policy " + policy.name();
        this.random = new Random(seed);
        this.faults = new Random(~seed);
        this.load = Workload.of(random);
        this.pool = new BlockPool(load.memory() / BLOCK, BLOCK, Eviction.leastRecentlyUsed());
        this.line = new TreeLine(policy, Prices.USUAL, pace);
        int slots = load.slots();
        int context = Workload.LONGEST_PROMPT + Workload.LONGEST_ANSWER + 1;
        this.scheduler = new Scheduler(pool, new Limits(slots + random.nextInt(300), slots, context, 200, PARTS), line);
        this.weights =
                load.tenants().stream().mapToInt(each -> (int) each.weight()).toArray();
        this.preambles = new int[load.tenants().size()][];
        for (int tenant = 0; tenant < preambles.length; tenant++) {
            preambles[tenant] = random.ints(random.nextInt(100), 0, VOCABULARY).toArray();
        }
        this.gaps = new ServiceGaps(load.tenants().stream()
                .mapToDouble(each -> ahead() / each.weight())
                .toArray());
    }

    private double ahead() {
        return Math.max(
                (double) Prices.USUAL.input() * Workload.LONGEST_PROMPT,
                (double) Prices.USUAL.output() * load.memory());
    }

    ClockRun run() {
        for (iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int tenant = 0; tenant < weights.length; tenant++) {
                arrive(tenant);
            }
            boolean failed = load.faultsIn() > 0 && faults.nextInt(load.faultsIn()) == 0 && strike();
            iterate(failed);
        }
        for (int left = MOST_DRAINING; !live.isEmpty(); left--) {
            iteration++;
            hold(left > 0, () -> live.size() + " sequences never end");
            iterate(false);
        }
        hold(scheduler.isIdle() && scheduler.schedule(pace, now()).isEmpty(), () -> "the scheduler is not idle");
        hold(pool.statistics().used() == 0, () -> "blocks are lost: " + pool.statistics());
        hold(ended == sequences, () -> ended + " of " + sequences + " sequences ended");
        long service = line.status(now()).getFirst().attained();
        return new ClockRun(gaps.violations(), gaps.worst(), longestWait, ended, service);
    }

    private long now() {
        return time + skew;
    }

    private void arrive(int tenant) {
        Workload.Tenant asks = load.tenants().get(tenant);
        if (!asks.active(iteration)) {
            return;
        }
        long waiting = live.values().stream()
                .filter(each -> each.tenant == tenant && !each.started)
                .count();
        for (long i = waiting; i < asks.backlog(); i++) {
            submit(tenant, asks);
        }
    }

    private void submit(int tenant, Workload.Tenant asks) {
        long sequence = sequences++;
        int[] prompt = random.ints(
                        asks.promptFrom() + random.nextInt(asks.promptTo() - asks.promptFrom() + 1), 0, VOCABULARY)
                .toArray();
        System.arraycopy(preambles[tenant], 0, prompt, 0, Math.min(prompt.length, preambles[tenant].length));
        int answer = 1 + random.nextInt(asks.answerTo());
        String agent = "agent " + random.nextInt(asks.agents());
        Claim claim = new Claim(
                asks.name(),
                weights[tenant],
                agent,
                agent,
                random.nextInt(4) == 0 ? OptionalInt.of(asks.priority()) : OptionalInt.empty(),
                OptionalLong.empty());
        Request request = new Request(sequence, prompt, answer, new IsolationKey("mini", asks.name(), "public"), claim);
        switch (scheduler.submit(request, now())) {
            case Admission.Accepted _ ->
                live.put(
                        sequence,
                        new Live(tenant, agent, prompt.length, prompt.length + 1 + random.nextInt(answer), time));
            case Admission.Refused refused -> {
                hold(refused.why() == Admission.Why.QUEUE_FULL, () -> "refused what fits: " + refused);
                ended++;
            }
        }
    }

    private void iterate(boolean failed) {
        Batch batch = scheduler.schedule(pace, now());
        hold(batch.isEmpty() == live.isEmpty(), () -> live.size() + " sequences live, and the batch is " + batch);
        if (batch.isEmpty()) {
            return;
        }
        Load work = Load.of(batch);
        double computed = work.decodes() + work.prefill();
        long took = (long) (1_000_000 + 20_000 * computed + 10 * (work.decodeContext() + work.prefillContext()));
        time += took;
        pace.took(work, took);
        for (Ended end : scheduler.apply(outcome(batch, failed), now())) {
            Live gone = Objects.requireNonNull(live.remove(end.sequence()));
            hold(
                    gone.cancelled || end.reason() != Ended.Reason.CANCELLED,
                    () -> "sequence " + end.sequence() + " was not cancelled");
            ended++;
        }
        check();
    }

    private Outcome outcome(Batch batch, boolean failed) {
        List<Outcome.Sampled> sampled = new ArrayList<>();
        List<Long> broken = new ArrayList<>();
        for (Batch.Step step : batch.steps()) {
            Live one = Objects.requireNonNull(live.get(step.sequence()));
            int length = one.prompt + one.generated.size();
            hold(
                    step.count() > 0
                            && step.start() + step.count() <= length
                            && step.logits()
                                    == (step.start() + step.count() == length
                                            && step.depth().reachesTheEnd()),
                    () -> step + " of a sequence of " + length + " tokens");
            if (!one.started) {
                one.started = true;
                longestWait = Math.max(longestWait, time - one.since);
            }
            if (failed && faults.nextBoolean()) {
                broken.add(step.sequence());
            } else if (step.logits()) {
                int token = random.nextInt(VOCABULARY);
                one.generated.add(token);
                sampled.add(new Outcome.Sampled(step.sequence(), token, length + 1 == one.end));
            }
        }
        return new Outcome(sampled, broken);
    }

    /** Whether the iteration fails. */
    private boolean strike() {
        int tenant = faults.nextInt(weights.length);
        Fault[] kinds = Fault.values();
        Fault fault = kinds[faults.nextInt(load.policyChanges() ? kinds.length : kinds.length - 1)];
        switch (fault) {
            case CANCEL_STORM -> cancel(tenant, "");
            case DISCONNECT ->
                cancel(
                        tenant,
                        "agent " + faults.nextInt(load.tenants().get(tenant).agents()));
            case BATCH_FAILURE -> {
                return true;
            }
            case CLOCK_STEP -> skew += faults.nextLong(-20_000_000_000L, 20_000_000_000L);
            case WEIGHT_CHANGE -> {
                weights[tenant] = 50 + 50 * faults.nextInt(8);
                gaps.widen(tenant, ahead() / weights[tenant]);
                gaps.stop();
            }
            case POLICY_CHANGE -> {
                List<Policy> known = Policy.known();
                line.policy(known.get(faults.nextInt(known.size())), now());
                gaps.stop();
            }
        }
        return false;
    }

    /** Of a tenant, all of an agent's sequences, or all that it has. */
    private void cancel(int tenant, String agent) {
        for (Map.Entry<Long, Live> each : List.copyOf(live.entrySet())) {
            Live one = each.getValue();
            if (one.tenant == tenant && (agent.isEmpty() || agent.equals(one.agent))) {
                one.cancelled = true;
                if (scheduler.cancel(each.getKey(), now())) {
                    live.remove(each.getKey());
                    ended++;
                }
            }
        }
    }

    private void check() {
        hold(
                scheduler.running() + scheduler.waiting() == live.size(),
                () -> live.size() + " sequences live, and the scheduler has " + scheduler.running() + " and "
                        + scheduler.waiting());
        PoolStatistics blocks = pool.statistics();
        hold(
                blocks.used() <= blocks.total() && (scheduler.running() > 0 || blocks.used() == 0),
                () -> "blocks are lost: " + blocks);
        for (SequenceStatus status : iteration % 16 == 0 ? scheduler.sequences() : List.<SequenceStatus>of()) {
            Live one = Objects.requireNonNull(live.get(status.sequence()));
            hold(
                    status.length() == one.prompt + one.generated.size(),
                    () -> status + " lost a token of " + one.generated.size());
            for (int i = 0; i < one.generated.size(); i++) {
                int position = one.prompt + i;
                hold(
                        scheduler.token(status.sequence(), position) == one.generated.get(i),
                        () -> "another token at " + position + " of " + status);
            }
        }
        watch();
    }

    /** What tenants got, from the tree's own accounts. */
    private void watch() {
        long tenants = 0;
        long all = 0;
        for (EntityStatus status : line.status(now())) {
            if (status.level() == Level.ROOT) {
                all = status.attained();
                hold(
                        status.waiting() == scheduler.waiting() && status.served() == scheduler.running(),
                        () -> "the tree has " + status + ", and the scheduler " + scheduler.waiting() + " and "
                                + scheduler.running());
            } else if (status.level() == Level.TENANT) {
                tenants += status.attained();
                int tenant = tenant(status.name());
                long before = Objects.requireNonNullElse(attained.put(status.name(), status.attained()), 0L);
                gaps.serve(tenant, (double) (status.attained() - before) / weights[tenant]);
                hold(
                        status.phase() != Phase.IDLE || status.waiting() == 0,
                        () -> "nobody knows how it stands: " + status);
            }
        }
        long sum = tenants;
        long root = all;
        hold(sum == root, () -> root + " was charged, and " + sum + " to tenants");
        for (EntityStatus status : line.status(now())) {
            if (status.level() == Level.TENANT) {
                gaps.waits(tenant(status.name()), status.waiting() > 0);
            }
        }
    }

    private int tenant(String name) {
        return Integer.parseInt(name, name.indexOf('-') + 1, name.length(), 10);
    }

    private void hold(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new InvariantException(replay, iteration, what.get());
        }
    }
}
