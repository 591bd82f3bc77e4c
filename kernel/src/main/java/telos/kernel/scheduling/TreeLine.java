package telos.kernel.scheduling;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A line by an {@link EntityTree} of tenants, their agents and their requests; its unit of service is the price of a token.
 *
 * <p>Tenants and agents come into being with their first request. Of those that want nothing, the latest are remembered:
 * each tenant's agents apart, so that nobody makes another's be forgotten. A request that states a priority lifts its agent
 * and its tenant to it as long as it lives, so that it counts beside the requests of others. A request with a deadline is
 * taken if it can meet it and nobody else's is endangered; how long requests take is forecast, not known, so a deadline is
 * held as well as the forecast is right.
 *
 * <p>Whether one that waits takes the place of one that runs is up to the policy. Where nothing was promised to it, it does
 * so only if what the other has to compute again is at most a {@value #THRIFT}th of what all were charged since somebody
 * last lost its place.
 */
public final class TreeLine implements Line {
    private static final int IDLE_AGENTS = 1_000;
    private static final int IDLE_TENANTS = 1_000;
    private static final int THRIFT = 50;
    private static final long LEAST_PERIOD = 1_000_000;
    /** What is promised is tested here, in time; the tree takes it as it comes. */
    private static final Bounds BOUNDS = new Bounds(10_000_000, Long.MAX_VALUE / 4);

    private final EntityTree tree;
    private final Prices prices;
    private final Forecast forecast;
    private final Promises promises;
    private final Map<String, Group> tenants = new HashMap<>();
    private final SequencedSet<Group> idle = new LinkedHashSet<>();
    private final Map<EntityId, Group> groups = new LinkedHashMap<>();
    private final Map<Long, Seat> seats = new HashMap<>();
    private final Map<EntityId, Seat> leaves = new HashMap<>();
    private int running;
    /** Service that was charged since somebody lost its place; counted only as far as it matters. */
    private long sinceLoss = Long.MAX_VALUE / 2;

    public TreeLine(Policy policy, Prices prices, Forecast forecast) {
        this.tree = new EntityTree(policy, BOUNDS);
        this.prices = prices;
        this.forecast = forecast;
        this.promises = new Promises(prices, forecast);
    }

    /** A request's place. */
    private record Seat(Candidate sequence, EntityId leaf, Group agent, Group tenant) {}

    /** What there is to see. Look at it between two calls of the scheduler, and change it by this line alone. */
    public List<EntityStatus> status(long now) {
        return tree.status(now);
    }

    /** As {@link #status}, but for those that want nothing and got next to nothing lately. */
    public List<EntityStatus> active(long now) {
        return tree.active(now);
    }

    public Policy policy() {
        return tree.policy();
    }

    /** Divides by another policy from now on; all accounts are kept. */
    public void policy(Policy policy, long now) {
        tree.policy(policy, now);
    }

    /**
     * The shares of a tenant, an agent or a request without what its requests lift them to; empty if there is none of that
     * id.
     */
    public Optional<Shares> shares(EntityId entity) {
        if (!tree.contains(entity)) {
            return Optional.empty();
        }
        Group group = groups.get(entity);
        Shares shares = tree.shares(entity);
        return Optional.of(group == null ? shares : group.own(shares));
    }

    /**
     * Gives a tenant, an agent or a request other shares; empty if there is none of that id. A weight that is given counts
     * for as long as the entity is there, whatever its requests state.
     *
     * @param change of the shares that {@link #shares} tells
     */
    public Optional<Change> set(EntityId entity, UnaryOperator<Shares> change, long now) {
        Optional<Shares> found = shares(entity);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Shares before = found.get();
        Shares after = change.apply(before);
        if (!after.deadline().equals(before.deadline())) {
            Optional<Refusal> refusal = promises.reserve(entity, tree.name(entity), after.deadline());
            if (refusal.isPresent()) {
                return Optional.of(new Change.Refused(refusal.get()));
            }
        }
        Group group = groups.get(entity);
        if (group == null) {
            return Optional.of(tree.set(entity, after, now));
        }
        group.give(before, after);
        return Optional.of(tree.set(entity, group.effective(after), now));
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
            promise = promises.part(prompt, generated, deadline);
            shares = shares.withDeadline(new Reservation(
                    Math.clamp(prices.of(prompt, generated), 1, Reservation.MAX_BUDGET),
                    Math.clamp(deadline, LEAST_PERIOD, Reservation.MAX_PERIOD)));
        }
        EntityId leaf = tree.add(agent.entity, Level.REQUEST, "" + sequence.sequence(), shares, now)
                .orThrow();
        if (promise > 0) {
            promises.promise(leaf, promise);
        }
        Seat seat = new Seat(sequence, leaf, agent, tenant);
        seats.put(sequence.sequence(), seat);
        leaves.put(leaf, seat);
        tenant.idle.remove(agent);
        idle.remove(tenant);
        tenant.waiting++;
        for (Group group : List.of(agent, tenant)) {
            group.joins(claim);
            share(group, now);
        }
        tree.ready(leaf, now);
    }

    private Group tenant(Claim claim, long now) {
        Group tenant = tenants.get(claim.tenant());
        if (tenant == null) {
            tenant = group(tree.root(), Level.TENANT, claim.tenant(), claim.tenant(), null, now);
            tenants.put(claim.tenant(), tenant);
        }
        return tenant;
    }

    private Group agent(Group tenant, Claim claim, long now) {
        Group agent = tenant.agents.get(claim.agent());
        if (agent == null) {
            agent = group(tenant.entity, Level.AGENT, claim.label(), claim.agent(), tenant, now);
            tenant.agents.put(claim.agent(), agent);
        }
        return agent;
    }

    private Group group(EntityId parent, Level level, String name, String key, @Nullable Group above, long now) {
        EntityId entity = tree.add(parent, level, name, Shares.USUAL, now).orThrow();
        Group group = new Group(key, entity, above);
        groups.put(entity, group);
        return group;
    }

    /** Puts in force what a group's requests state now. */
    private void share(Group group, long now) {
        Shares shares = tree.shares(group.entity);
        Shares effective = group.effective(shares);
        if (!effective.equals(shares)) {
            tree.set(group.entity, effective, now);
        }
    }

    @Override
    public Optional<Candidate> first(long now) {
        return tree.next(now).map(leaf -> seatOf(leaf).sequence());
    }

    @Override
    public void starts(Candidate sequence, long now) {
        Seat seat = seat(sequence);
        tree.dispatch(seat.leaf(), now);
        seat.tenant().waiting--;
        running++;
    }

    @Override
    public void returns(Candidate sequence, long now) {
        Seat seat = seat(sequence);
        tree.ready(seat.leaf(), now);
        seat.tenant().waiting++;
        running--;
        sinceLoss = 0;
    }

    @Override
    public void leaves(Candidate sequence, long now) {
        Seat seat = seat(sequence);
        Group agent = seat.agent();
        Group tenant = seat.tenant();
        if (tree.phase(seat.leaf()) == Phase.SERVED) {
            running--;
        } else {
            tenant.waiting--;
        }
        seats.remove(sequence.sequence());
        leaves.remove(seat.leaf());
        promises.drop(seat.leaf());
        tree.idle(seat.leaf(), now);
        tree.remove(seat.leaf());
        for (Group group : List.of(agent, tenant)) {
            group.leaves(sequence.claim());
            share(group, now);
        }
        if (agent.live == 0) {
            tenant.idle.add(agent);
            if (tenant.idle.size() > IDLE_AGENTS) {
                forget(leastMissed(tenant.idle));
            }
        }
        if (tenant.live == 0) {
            idle.add(tenant);
            if (idle.size() > IDLE_TENANTS) {
                Group forgotten = leastMissed(idle);
                List.copyOf(forgotten.idle).forEach(this::forget);
                forget(forgotten);
            }
        }
    }

    /** Of some that want nothing, one that loses nothing if it is forgotten; where there is none, that idle for longest. */
    private Group leastMissed(SequencedSet<Group> some) {
        Iterator<Group> each = some.iterator();
        for (int looked = 0; looked < 16 && each.hasNext(); looked++) {
            Group group = each.next();
            if (tree.isEven(group.entity)) {
                return group;
            }
        }
        return some.getFirst();
    }

    private void forget(Group group) {
        Group tenant = group.above;
        (tenant == null ? idle : tenant.idle).remove(group);
        (tenant == null ? tenants : tenant.agents).remove(group.key);
        groups.remove(group.entity);
        promises.drop(group.entity);
        tree.remove(group.entity);
    }

    @Override
    public void charge(Candidate sequence, int prompt, int generated, long now) {
        long service = prices.of(prompt, generated);
        if (service != 0) {
            tree.charge(seat(sequence).leaf(), service, now);
            sinceLoss = Math.clamp(sinceLoss + service, 0, Long.MAX_VALUE / 2);
        }
    }

    @Override
    public int compare(Candidate one, Candidate other) {
        return one.sequence() == other.sequence()
                ? 0
                : tree.compare(seat(one).leaf(), seat(other).leaf());
    }

    @Override
    public boolean overtakes(Candidate waits, Candidate runs) {
        boolean may = switch (tree.overtaking(seat(waits).leaf(), seat(runs).leaf())) {
            case NEVER -> false;
            case SPARINGLY -> prices.of(runs.length(), 0) <= sinceLoss / THRIFT;
            case AT_ONCE -> true;
        };
        return may && compare(waits, runs) < 0;
    }

    @Override
    public Optional<Admission.Refused> refuses(Request request, int waiting, int most) {
        Optional<Admission.Refused> full = Line.super.refuses(request, waiting, most);
        if (full.isPresent()) {
            return full;
        }
        Group tenant = tenants.get(request.claim().tenant());
        int own = tenant == null ? 0 : tenant.waiting;
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
        double together = promises.with(promises.part(request.promptLength(), request.maxTokens(), deadline));
        if (together > Promises.MOST) {
            return Optional.of(new Admission.Refused(
                    request.sequence(),
                    Admission.Why.DEADLINES_OVERBOOKED,
                    (long) Math.ceil(1000 * together),
                    Math.round(1000 * Promises.MOST)));
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
