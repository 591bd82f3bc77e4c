package telos.kernel.scheduling;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A line by an {@link EntityTree} of tenants, their agents and their requests; its unit of service is the price of a token.
 *
 * <p>Tenants and agents come into being with their first request. Of agents that want nothing, the latest are remembered.
 * A request that states a priority lifts its agent and its tenant to it as long as it lives, so that it counts beside the
 * requests of others. A request with a deadline is taken if it can meet it and nobody else's is endangered; how long
 * requests take is forecast, not known, so a deadline is held as well as the forecast is right.
 */
public final class TreeLine implements Line {
    /*
     * Nobody starves. Tenants are few and stay, so whatever the policy holds for siblings that stay holds for them. Agents
     * and requests come and go; by virtual time, an unending stream of new ones could always stand before one that was
     * served before. So of a tenant's waiting requests the eldest is passed by at most PATIENCE others of the same tenant,
     * and then it is the next that the tenant has served. Between tenants this changes nothing.
     */
    private static final int PATIENCE = 64;
    private static final int IDLE_AGENTS = 10_000;
    private static final double PROMISED = 0.95;
    private static final long LEAST_PERIOD = 1_000_000;
    /** What is promised is tested here, in time; the tree takes it as it comes. */
    private static final Bounds BOUNDS = new Bounds(10_000_000, Long.MAX_VALUE / 4);

    private final EntityTree tree;
    private final Prices prices;
    private final Forecast forecast;
    private final Map<String, Group> tenants = new HashMap<>();
    private final Map<EntityId, Group> groups = new LinkedHashMap<>();
    private final Map<Long, Seat> seats = new HashMap<>();
    private final Map<EntityId, Seat> leaves = new HashMap<>();
    private final SequencedSet<Group> idle = new LinkedHashSet<>();
    private int running;
    private double promised;

    public TreeLine(Policy policy, Prices prices, Forecast forecast) {
        this.tree = new EntityTree(policy, BOUNDS);
        this.prices = prices;
        this.forecast = forecast;
    }

    /** A tenant or an agent. */
    private static final class Group {
        private final String key;
        private final EntityId entity;
        private final @Nullable Group above;
        /** Below a tenant: its agents. */
        private final Map<String, Group> agents = new HashMap<>();
        /** Of a tenant, by arrival. */
        private final TreeSet<Candidate> waiting = new TreeSet<>(Comparator.comparingLong(Candidate::arrival));

        private final TreeMap<Integer, Integer> priorities = new TreeMap<>();
        private int live;
        private int priority;
        private int weight;
        /** How many of a tenant's requests went before its eldest. */
        private int passed;

        Group(String key, EntityId entity, @Nullable Group above) {
            this.key = key;
            this.entity = entity;
            this.above = above;
        }

        /** That of its most urgent request; those that state none have its own. */
        int effective() {
            int stated =
                    priorities.values().stream().mapToInt(Integer::intValue).sum();
            if (priorities.isEmpty()) {
                return priority;
            }
            return stated < live ? Math.max(priority, priorities.lastKey()) : priorities.lastKey();
        }
    }

    /** A request's place. */
    private record Seat(Candidate sequence, EntityId leaf, Group agent, Group tenant, double promise) {}

    /** What there is to see. Look at it between two calls of the scheduler, and change it by this line alone. */
    public List<EntityStatus> status(long now) {
        return tree.status(now);
    }

    public Policy policy() {
        return tree.policy();
    }

    /** Divides by another policy from now on; all accounts are kept. */
    public void policy(Policy policy, long now) {
        tree.policy(policy, now);
    }

    /** The shares of a tenant, an agent or a request; empty if there is none of that id. */
    public Optional<Shares> shares(EntityId entity) {
        return tree.contains(entity) ? Optional.of(tree.shares(entity)) : Optional.empty();
    }

    /** Gives a tenant, an agent or a request other shares. */
    public Change set(EntityId entity, Shares shares, long now) {
        int before = tree.shares(entity).priority();
        Change change = tree.set(entity, shares, now);
        Group group = groups.get(entity);
        if (group != null && change instanceof Change.Changed && shares.priority() != before) {
            group.priority = shares.priority();
        }
        return change;
    }

    @Override
    public void joins(Candidate sequence, long now) {
        Claim claim = sequence.claim();
        Group tenant = tenant(claim, now);
        Group agent = agent(tenant, claim, now);
        Shares shares = Shares.USUAL.withPriority(claim.priority().orElse(0));
        double promise = 0;
        if (claim.deadline().isPresent()) {
            long deadline = claim.deadline().getAsLong();
            int generated = sequence.maxTokens();
            int prompt = sequence.length() - sequence.generated();
            promise = (double) forecast.work(prompt, generated) / deadline;
            shares = shares.withDeadline(new Reservation(
                    Math.clamp(prices.of(prompt, generated), 1, Reservation.MAX_BUDGET),
                    Math.clamp(deadline, LEAST_PERIOD, Reservation.MAX_PERIOD)));
        }
        EntityId leaf = tree.add(agent.entity, Level.REQUEST, "" + sequence.sequence(), shares, now)
                .orThrow();
        Seat seat = new Seat(sequence, leaf, agent, tenant, promise);
        seats.put(sequence.sequence(), seat);
        leaves.put(leaf, seat);
        promised += promise;
        idle.remove(agent);
        for (Group group : List.of(agent, tenant)) {
            group.live++;
            claim.priority().ifPresent(asked -> group.priorities.merge(asked, 1, Integer::sum));
            prioritize(group, now);
        }
        waits(seat);
        tree.ready(leaf, now);
    }

    private Group tenant(Claim claim, long now) {
        Group tenant = tenants.get(claim.tenant());
        if (tenant == null) {
            tenant = group(tree.root(), Level.TENANT, claim.tenant(), claim.tenant(), null, claim.weight(), now);
            tenants.put(claim.tenant(), tenant);
        } else if (tenant.weight != claim.weight()) {
            tree.set(tenant.entity, tree.shares(tenant.entity).withWeight(claim.weight()), now);
        }
        tenant.weight = claim.weight();
        return tenant;
    }

    private Group agent(Group tenant, Claim claim, long now) {
        Group agent = tenant.agents.get(claim.agent());
        if (agent == null) {
            agent = group(
                    tenant.entity, Level.AGENT, claim.label(), claim.agent(), tenant, (int) Shares.USUAL_WEIGHT, now);
            tenant.agents.put(claim.agent(), agent);
        }
        return agent;
    }

    private Group group(
            EntityId parent, Level level, String name, String key, @Nullable Group above, int weight, long now) {
        EntityId entity =
                tree.add(parent, level, name, Shares.weighing(weight), now).orThrow();
        Group group = new Group(key, entity, above);
        groups.put(entity, group);
        return group;
    }

    private void prioritize(Group group, long now) {
        Shares shares = tree.shares(group.entity);
        if (shares.priority() != group.effective()) {
            tree.set(group.entity, shares.withPriority(group.effective()), now);
        }
    }

    @Override
    public Optional<Candidate> first(long now) {
        return tree.next(now).map(leaf -> patient(seatOf(leaf)).sequence());
    }

    /** Whoever of the same tenant has been passed too often, unless the first is in a hurry that was promised. */
    private Seat patient(Seat first) {
        Group tenant = first.tenant();
        boolean goes = tenant.passed < PATIENCE
                || first.sequence().claim().deadline().isPresent()
                || tree.policy() instanceof FirstCome;
        return goes ? first : seat(tenant.waiting.first());
    }

    @Override
    public void starts(Candidate sequence, long now) {
        Seat seat = seat(sequence);
        tree.dispatch(seat.leaf(), now);
        if (!noLongerWaits(seat)) {
            seat.tenant().passed++;
        }
        running++;
    }

    private static void waits(Seat seat) {
        Group tenant = seat.tenant();
        if (tenant.waiting.isEmpty()
                || seat.sequence().arrival() < tenant.waiting.first().arrival()) {
            tenant.passed = 0;
        }
        tenant.waiting.add(seat.sequence());
    }

    /** Whether it was its tenant's eldest. */
    private static boolean noLongerWaits(Seat seat) {
        Group tenant = seat.tenant();
        boolean eldest = !tenant.waiting.isEmpty()
                && tenant.waiting.first().arrival() == seat.sequence().arrival();
        tenant.waiting.remove(seat.sequence());
        if (eldest) {
            tenant.passed = 0;
        }
        return eldest;
    }

    @Override
    public void returns(Candidate sequence, long now) {
        Seat seat = seat(sequence);
        tree.ready(seat.leaf(), now);
        waits(seat);
        running--;
    }

    @Override
    public void leaves(Candidate sequence, long now) {
        Seat seat = seat(sequence);
        if (tree.phase(seat.leaf()) == Phase.SERVED) {
            running--;
        }
        noLongerWaits(seat);
        seats.remove(sequence.sequence());
        leaves.remove(seat.leaf());
        promised = seats.isEmpty() ? 0 : promised - seat.promise();
        tree.idle(seat.leaf(), now);
        tree.remove(seat.leaf());
        for (Group group : List.of(seat.agent(), seat.tenant())) {
            group.live--;
            sequence.claim()
                    .priority()
                    .ifPresent(asked ->
                            group.priorities.computeIfPresent(asked, (_, count) -> count == 1 ? null : count - 1));
            prioritize(group, now);
        }
        if (seat.agent().live == 0) {
            idle.add(seat.agent());
            forget();
        }
    }

    /**
     * Of agents that want nothing, those are forgotten that would lose nothing by it, the one that is idle for longest
     * first; and where there are none such, that one.
     */
    private void forget() {
        if (idle.size() <= IDLE_AGENTS) {
            return;
        }
        Iterator<Group> each = idle.iterator();
        Group forgotten = each.next();
        for (int looked = 1; looked < 16 && !tree.isEven(forgotten.entity); looked++) {
            forgotten = each.next();
        }
        if (!tree.isEven(forgotten.entity)) {
            forgotten = idle.getFirst();
        }
        idle.remove(forgotten);
        groups.remove(forgotten.entity);
        tree.remove(forgotten.entity);
        Group tenant = Objects.requireNonNull(forgotten.above);
        tenant.agents.remove(forgotten.key);
    }

    @Override
    public void charge(Candidate sequence, int prompt, int generated, long now) {
        long service = prices.of(prompt, generated);
        if (service != 0) {
            tree.charge(seat(sequence).leaf(), service, now);
        }
    }

    @Override
    public int compare(Candidate one, Candidate other) {
        return one.sequence() == other.sequence()
                ? 0
                : tree.compare(seat(one).leaf(), seat(other).leaf());
    }

    /** Only for an urgency that was stated, and only past those who are less urgent. */
    @Override
    public boolean overtakes(Candidate waits, Candidate runs) {
        return (switch (tree.policy()) {
                    case FixedPriority _ -> urgency(seat(waits), seat(runs)) > 0;
                    case EarliestDeadline _ ->
                        waits.claim().deadline().isPresent()
                                && runs.claim().deadline().isEmpty();
                    default -> false;
                })
                && compare(waits, runs) < 0;
    }

    /** By how much one is more urgent than another, where their ways to the root meet. */
    private int urgency(Seat one, Seat other) {
        EntityId here = one.tenant() != other.tenant()
                ? one.tenant().entity
                : one.agent() != other.agent() ? one.agent().entity : one.leaf();
        EntityId there = one.tenant() != other.tenant()
                ? other.tenant().entity
                : one.agent() != other.agent() ? other.agent().entity : other.leaf();
        return tree.shares(here).priority() - tree.shares(there).priority();
    }

    @Override
    public Optional<Admission.Refused> refuses(Request request, int waiting, int most) {
        Optional<Admission.Refused> full = Line.super.refuses(request, waiting, most);
        if (full.isPresent()) {
            return full;
        }
        Group tenant = tenants.get(request.claim().tenant());
        int own = tenant == null ? 0 : tenant.waiting.size();
        if (own > 0 && own >= most - waiting) {
            return Optional.of(new Admission.Refused(
                    request.sequence(), Admission.Why.SHARE_OF_QUEUE_FULL, own + 1L, most - waiting));
        }
        return request.claim().deadline().isEmpty()
                ? Optional.empty()
                : tooLate(request, request.claim().deadline().getAsLong());
    }

    private Optional<Admission.Refused> tooLate(Request request, long deadline) {
        long takes = forecast.duration(request.promptLength(), request.maxTokens(), running);
        if (takes > deadline) {
            return Optional.of(new Admission.Refused(
                    request.sequence(),
                    Admission.Why.DEADLINE_TOO_NEAR,
                    Math.ceilDiv(takes, 1_000_000),
                    deadline / 1_000_000));
        }
        double together = promised + (double) forecast.work(request.promptLength(), request.maxTokens()) / deadline;
        if (together > PROMISED) {
            return Optional.of(new Admission.Refused(
                    request.sequence(),
                    Admission.Why.DEADLINES_OVERBOOKED,
                    (long) Math.ceil(1000 * together),
                    Math.round(1000 * PROMISED)));
        }
        return Optional.empty();
    }

    private Seat seat(Candidate sequence) {
        Seat seat = seats.get(sequence.sequence());
        if (seat == null) {
            throw new IllegalStateException("sequence " + sequence.sequence() + " is not in the line");
        }
        return seat;
    }

    private Seat seatOf(EntityId leaf) {
        Seat seat = leaves.get(leaf);
        if (seat == null) {
            throw new IllegalStateException(leaf + " waits, but is no sequence of the line");
        }
        return seat;
    }
}
