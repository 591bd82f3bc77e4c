package telos.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.FirstCome;
import telos.kernel.scheduling.FixedPriority;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.RoundRobin;
import telos.kernel.scheduling.Shares;

/**
 * One run: tenants with agents and requests, a model server that batches, and the kernel's entity tree that says who is
 * admitted. A request holds memory for its prompt and answer from its admission to its end. Admission is charged by the
 * prompt's tokens and decoding by the answer's.
 */
final class ClockWorld {
    static final int ITERATIONS = 250;
    private static final long INPUT_PRICE = 1;
    private static final long OUTPUT_PRICE = 2;
    private static final int MOST_DRAINING = 100_000;

    private static final class Request {
        final Agent agent;
        final EntityId entity;
        final int prompt;
        final int answer;
        final long since;
        int generated;

        Request(Agent agent, EntityId entity, int prompt, int answer, long since) {
            this.agent = agent;
            this.entity = entity;
            this.prompt = prompt;
            this.answer = answer;
            this.since = since;
        }

        int memory() {
            return prompt + answer;
        }
    }

    private record Agent(Tenant tenant, EntityId entity) {}

    private static final class Tenant {
        final int index;
        final Workload.Tenant load;
        final EntityId entity;
        final List<Agent> agents = new ArrayList<>();
        long weight;
        int waiting;
        /** Service that others got since it waits and none of its requests was admitted. */
        long passedOver;

        Tenant(int index, Workload.Tenant load, EntityId entity) {
            this.index = index;
            this.load = load;
            this.entity = entity;
            this.weight = load.weight();
        }
    }

    private final String replay;
    private final Random random;
    private final Random faults;
    private final Workload load;
    private final Policy policy;
    private final EntityTree tree;
    private final ServiceGaps gaps;
    private final List<Tenant> tenants = new ArrayList<>();
    private final Map<EntityId, Request> waiting = new LinkedHashMap<>();
    private final Map<EntityId, Request> running = new LinkedHashMap<>();
    private int iteration;
    private long time = 1;
    private long skew;
    private long held;
    private long charged;
    private long ended;
    private long submitted;
    private long longestWait;
    private long leastWeight = Shares.MAX_WEIGHT;
    /** Whether what the policy promises still counts: it was not changed. */
    private boolean promised = true;

    ClockWorld(long seed, Policy policy) {
        this.replay = "./telos simulate clock --seed " + seed + " --policy " + policy.name();
        this.random = new Random(seed);
        this.faults = new Random(~seed);
        this.load = Workload.of(random);
        this.policy = policy;
        this.tree = new EntityTree(policy);
        for (Workload.Tenant each : load.tenants()) {
            EntityId entity = tree.add(
                            tree.root(),
                            Level.TENANT,
                            each.name(),
                            Shares.weighing(each.weight()).withPriority(each.priority()),
                            now())
                    .orThrow();
            tenants.add(new Tenant(tenants.size(), each, entity));
            leastWeight = Math.min(leastWeight, each.weight());
        }
        this.gaps = new ServiceGaps(tenants.stream()
                .mapToDouble(tenant -> (double) ahead() / tenant.weight)
                .toArray());
    }

    /** Service that one tenant can be charged for what is in the batch at one time. */
    private long ahead() {
        return Math.max(INPUT_PRICE * Workload.LONGEST_PROMPT, OUTPUT_PRICE * load.memory());
    }

    ClockRun run() {
        for (iteration = 0; iteration < ITERATIONS; iteration++) {
            arrive();
            boolean failed = load.faultsIn() > 0 && faults.nextInt(load.faultsIn()) == 0 && strike();
            iterate(failed);
        }
        for (int left = MOST_DRAINING; !waiting.isEmpty() || !running.isEmpty(); left--) {
            iteration++;
            hold(
                    left > 0,
                    () -> "requests are left that never end: " + waiting.size() + " wait, " + running.size() + " run");
            iterate(false);
        }
        hold(ended == submitted, () -> ended + " of " + submitted + " requests ended");
        checkAll();
        return new ClockRun(gaps.violations(), gaps.worst(), longestWait, ended, charged);
    }

    private long now() {
        return time + skew;
    }

    private void arrive() {
        for (Tenant tenant : tenants) {
            while (tenant.load.active(iteration) && tenant.waiting < tenant.load.backlog()) {
                submit(tenant);
            }
        }
    }

    private void submit(Tenant tenant) {
        if (tenant.agents.size() < tenant.load.agents()) {
            EntityId agent = tree.add(tenant.entity, Level.AGENT, "agent " + iteration, Shares.USUAL, now())
                    .orThrow();
            tenant.agents.add(new Agent(tenant, agent));
        }
        Agent agent = tenant.agents.get(random.nextInt(tenant.agents.size()));
        EntityId entity = tree.add(agent.entity, Level.REQUEST, "request " + submitted, Shares.USUAL, now())
                .orThrow();
        Workload.Tenant load = tenant.load;
        int prompt = load.promptFrom() + random.nextInt(load.promptTo() - load.promptFrom() + 1);
        waiting.put(entity, new Request(agent, entity, prompt, 1 + random.nextInt(load.answerTo()), time));
        submitted++;
        tree.ready(entity, now());
        if (tenant.waiting++ == 0) {
            tenant.passedOver = 0;
            gaps.waits(tenant.index, true);
        }
    }

    private void iterate(boolean failed) {
        int tokens = admit();
        hold(waiting.isEmpty() || !running.isEmpty(), () -> "nothing runs, and " + waiting.size() + " requests wait");
        List<Request> batch = List.copyOf(running.values());
        time += 1_000_000 + 20_000L * (tokens + batch.size());
        for (Request request : batch) {
            if (failed) {
                if (faults.nextBoolean()) {
                    end(request);
                }
                continue;
            }
            charge(request, OUTPUT_PRICE);
            request.generated++;
            if (request.generated == request.answer) {
                end(request);
            }
        }
        if (iteration % 16 == 0) {
            checkAll();
        }
    }

    /** Prompt tokens of those who got in. */
    private int admit() {
        int tokens = 0;
        while (running.size() < load.slots()) {
            EntityId next = tree.next(now()).orElse(null);
            hold((next == null) == waiting.isEmpty(), () -> "next is " + next + " where " + waiting.size() + " wait");
            if (next == null) {
                break;
            }
            Request request = Objects.requireNonNull(waiting.get(next), () -> next + " does not wait");
            if (held + request.memory() > load.memory()) {
                break;
            }
            tree.dispatch(next, now());
            waiting.remove(next);
            running.put(next, request);
            held += request.memory();
            tokens += request.prompt;
            longestWait = Math.max(longestWait, time - request.since);
            Tenant tenant = request.agent.tenant;
            tenant.passedOver = 0;
            charge(request, INPUT_PRICE * request.prompt);
            tenant.waiting--;
            gaps.waits(tenant.index, tenant.waiting > 0);
        }
        return tokens;
    }

    private void charge(Request request, long service) {
        Tenant tenant = request.agent.tenant;
        tree.charge(request.entity, service, now());
        charged += service;
        gaps.serve(tenant.index, (double) service / tenant.weight);
        for (Tenant other : tenants) {
            if (other != tenant && other.waiting > 0) {
                other.passedOver += service;
                long most = mostPassedOver();
                hold(
                        !promised || other.passedOver <= most,
                        () -> other.load.name() + " was passed over for " + other.passedOver + " units of service, and "
                                + most + " is the most under " + policy.name());
            }
        }
    }

    /** Service that others may get while a tenant waits and is not admitted. */
    private long mostPassedOver() {
        long others = tenants.size() - 1L;
        return switch (policy) {
            case FirstCome _ -> Long.MAX_VALUE; // all that came before
            case RoundRobin _ -> ahead() + others * (Workload.LONGEST_PROMPT + 2 * Workload.LONGEST_ANSWER);
            case FixedPriority priority -> (others + 2) * ahead() * 100 / priority.reserve() * weights() / leastWeight;
            default -> 2 * (others + 1) * ahead() * weights() / leastWeight;
        };
    }

    /** At most, over the whole run. */
    private long weights() {
        return tenants.stream()
                .mapToLong(each -> Math.max(each.weight, each.load.weight()))
                .sum();
    }

    private void end(Request request) {
        Tenant tenant = request.agent.tenant;
        if (running.remove(request.entity) != null) {
            held -= request.memory();
        } else if (waiting.remove(request.entity) != null) {
            tenant.waiting--;
            gaps.waits(tenant.index, tenant.waiting > 0);
        }
        tree.remove(request.entity);
        ended++;
    }

    private List<Request> requests() {
        List<Request> all = new ArrayList<>(running.values());
        all.addAll(waiting.values());
        return all;
    }

    /** Whether the iteration fails. */
    private boolean strike() {
        Tenant tenant = tenants.get(faults.nextInt(tenants.size()));
        Fault[] kinds = Fault.values();
        Fault fault = kinds[faults.nextInt(load.policyChanges() ? kinds.length : kinds.length - 1)];
        switch (fault) {
            case CANCEL_STORM ->
                requests().stream()
                        .filter(request -> request.agent.tenant == tenant)
                        .forEach(this::end);
            case DISCONNECT -> {
                if (!tenant.agents.isEmpty()) {
                    Agent gone = tenant.agents.remove(faults.nextInt(tenant.agents.size()));
                    requests().stream()
                            .filter(request -> request.agent.equals(gone))
                            .forEach(this::end);
                    tree.remove(gone.entity);
                }
            }
            case BATCH_FAILURE -> {
                return true;
            }
            case CLOCK_STEP -> skew += faults.nextLong(-20_000_000_000L, 20_000_000_000L);
            case WEIGHT_CHANGE -> {
                tenant.weight = 50 + 50L * faults.nextInt(8);
                leastWeight = Math.min(leastWeight, tenant.weight);
                tree.set(tenant.entity, tree.shares(tenant.entity).withWeight(tenant.weight), now());
                gaps.widen(tenant.index, (double) ahead() / tenant.weight);
            }
            case POLICY_CHANGE -> {
                List<Policy> known = Policy.known();
                tree.policy(known.get(faults.nextInt(known.size())), now());
                promised = false;
                gaps.stop();
            }
        }
        checkAll();
        return false;
    }

    private void checkAll() {
        int memory = running.values().stream().mapToInt(Request::memory).sum();
        hold(
                memory == held && held <= load.memory(),
                () -> held + " tokens of memory are held, and " + memory + " used");
        long all = 0;
        for (EntityStatus status : tree.status(now())) {
            switch (status.level()) {
                case ROOT -> {
                    hold(
                            status.attained() == charged,
                            () -> charged + " was charged, and " + status.attained() + " arrived at the root");
                    hold(
                            status.waiting() == waiting.size() && status.served() == running.size(),
                            () -> waiting.size() + " wait and " + running.size() + " run, and the tree has " + status);
                }
                case TENANT -> all += status.attained();
                case AGENT, REQUEST, QUEUE, COMMAND -> {}
            }
        }
        long tenantsGot = all;
        hold(tenantsGot == charged, () -> charged + " was charged, and " + tenantsGot + " to tenants");
    }

    private void hold(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new InvariantException(replay, iteration, what.get());
        }
    }
}
