package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the policies promise, each over a thousand seeds. Time passes as service is given: one unit takes 1 ns. */
class PolicyContractTest {
    private static final int SEEDS = 1000;
    private static final int TURNS = 200;

    /** Some siblings, of which those that stay always wait, and a server that takes one turn at a time or several. */
    private static final class World {
        final Random random;
        final EntityTree tree;
        final List<EntityId> siblings = new ArrayList<>();
        final Map<EntityId, Long> got = new HashMap<>();
        final int longestTurn;
        long served;
        long now = 1_000;

        World(long seed, Policy policy, int most) {
            random = new Random(seed);
            tree = new EntityTree(policy);
            longestTurn = 1 + random.nextInt(1_000);
            EntityId tenant = tree.add(tree.root(), Level.TENANT, "all", Shares.USUAL, now)
                    .orThrow();
            int count = 2 + random.nextInt(most - 1);
            for (int i = 0; i < count; i++) {
                Shares shares = new Shares(
                        1 + random.nextInt(random.nextBoolean() ? 4 : 400),
                        random.nextInt(9) - 4,
                        Shares.USUAL.deadline());
                EntityId sibling = tree.add(tenant, Level.AGENT, "sibling " + i, shares, now)
                        .orThrow();
                siblings.add(sibling);
                got.put(sibling, 0L);
                tree.ready(sibling, now);
            }
        }

        long weight(EntityId sibling) {
            return tree.shares(sibling).weight();
        }

        double allWeights() {
            return siblings.stream().mapToLong(this::weight).sum();
        }

        long got(EntityId sibling) {
            return Objects.requireNonNull(got.get(sibling));
        }

        void charge(EntityId sibling, long service) {
            now += service;
            served += service;
            tree.charge(sibling, service, now);
            got.merge(sibling, service, Long::sum);
        }

        /** A turn of whoever is next, charged in pieces. */
        EntityId turn() {
            EntityId next = tree.next(now).orElseThrow();
            tree.dispatch(next, now);
            long service = 1L + random.nextInt(longestTurn);
            long first = random.nextLong(service + 1);
            charge(next, first);
            charge(next, service - first);
            return next;
        }
    }

    /** An assertion that costs nothing while it holds. */
    private static void atMost(double actual, double bound, String where, Object... figures) {
        if (actual > bound) {
            assertThat(actual).as(where, figures).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void fairKeepsWhoeverWaitsWithinTwiceWhatOneCanHaveInService() {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, new Fair(), 6);
            int slots = 1 + world.random.nextInt(4);
            Map<EntityId, EntityId> parents = new HashMap<>();
            for (EntityId agent : world.siblings) {
                world.tree.idle(agent, world.now);
                for (int i = 0; i <= slots; i++) {
                    EntityId request = world.tree
                            .add(agent, Level.REQUEST, "request", Shares.USUAL, world.now)
                            .orThrow();
                    world.tree.ready(request, world.now);
                    parents.put(request, agent);
                }
            }
            int count = world.siblings.size();
            double[][] least = new double[count][count];
            double[][] most = new double[count][count];
            Map<EntityId, Long> left = new HashMap<>();
            for (int turn = 0; turn < TURNS; turn++) {
                while (left.size() < slots) {
                    EntityId next = world.tree.next(world.now).orElseThrow();
                    world.tree.dispatch(next, world.now);
                    left.put(next, 1L + world.random.nextInt(world.longestTurn));
                }
                EntityId running = List.copyOf(left.keySet()).get(world.random.nextInt(slots));
                long service = 1 + world.random.nextLong(Objects.requireNonNull(left.get(running)));
                world.tree.charge(running, service, world.now);
                world.got.merge(Objects.requireNonNull(parents.get(running)), service, Long::sum);
                if (left.merge(running, -service, Long::sum) == 0) {
                    left.remove(running);
                    world.tree.ready(running, world.now);
                }
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < i; j++) {
                        EntityId a = world.siblings.get(i);
                        EntityId b = world.siblings.get(j);
                        double apart =
                                (double) world.got(a) / world.weight(a) - (double) world.got(b) / world.weight(b);
                        least[i][j] = Math.min(least[i][j], apart);
                        most[i][j] = Math.max(most[i][j], apart);
                        double bound = (double) slots * world.longestTurn / world.weight(a)
                                + (double) slots * world.longestTurn / world.weight(b);
                        atMost(most[i][j] - least[i][j], bound, "seed %d, turn %d: %s and %s", seed, turn, a, b);
                    }
                }
            }
        }
    }

    @Test
    void priorityReservesAShareForEverybody() {
        for (int seed = 0; seed < SEEDS; seed++) {
            FixedPriority policy = new FixedPriority(1_000_000_000, 5 + seed % 40);
            World world = new World(seed, policy, 5);
            reservesAShare(world, policy.reserve(), "seed " + seed);
        }
    }

    @Test
    void attainedServiceReservesAShareForEverybody() {
        for (int seed = 0; seed < SEEDS; seed++) {
            AttainedService policy = new AttainedService(1 + seed * 13, 5 + seed % 40, true);
            reservesAShare(new World(seed, policy, 5), policy.reserve(), "seed " + seed);
        }
    }

    private static void reservesAShare(World world, int reserve, String seed) {
        double weights = world.allWeights();
        for (int turn = 0; turn < TURNS; turn++) {
            world.tree.ready(world.turn(), world.now);
            for (EntityId each : world.siblings) {
                double turns = (double) world.siblings.size() * world.longestTurn;
                double share = world.weight(each) / weights * (reserve / 100.0 * world.served - turns);
                atMost(share, (double) world.got(each), "%s, turn %d: %s", seed, turn, each);
            }
        }
    }

    @Test
    void priorityServesTheHigherFirstButForTheReservedShare() {
        for (int seed = 0; seed < SEEDS; seed++) {
            FixedPriority policy = new FixedPriority(1_000_000_000, 1 + seed % 50);
            World world = new World(seed, policy, 5);
            EntityId highest = world.siblings.getFirst();
            world.tree.set(highest, new Shares(100, 50, Shares.USUAL.deadline()), world.now);
            for (int turn = 0; turn < TURNS; turn++) {
                world.tree.ready(world.turn(), world.now);
                double most = (1 - policy.reserve() / 100.0) * world.served - world.longestTurn;
                atMost(most, (double) world.got(highest), "seed %d, turn %d", seed, turn);
            }
        }
    }

    @Test
    void priorityLetsNobodyWaitLongerThanItsAge() {
        for (int seed = 0; seed < SEEDS; seed++) {
            FixedPriority policy = new FixedPriority(1 + seed * 7, 1);
            World world = new World(seed, policy, 6);
            int highest = world.siblings.stream()
                    .mapToInt(each -> world.tree.shares(each).priority())
                    .max()
                    .orElseThrow();
            Map<EntityId, Long> since = new HashMap<>();
            world.siblings.forEach(each -> since.put(each, world.now));
            for (int turn = 0; turn < TURNS; turn++) {
                for (EntityId each : world.siblings) {
                    long waited = world.now - Objects.requireNonNull(since.get(each));
                    long age =
                            policy.step() * (highest - world.tree.shares(each).priority());
                    // one turn of each sibling, the turn that is on, and what the reserved share takes of that time
                    double turns = (world.siblings.size() + 3.0) * world.longestTurn;
                    atMost((double) waited, (age + turns) * 1.02, "seed %d, turn %d: %s", seed, turn, each);
                }
                EntityId done = world.turn();
                world.tree.ready(done, world.now);
                since.put(done, world.now);
            }
        }
    }

    @Test
    void attainedServiceServesTheLowestLevelFirstButForTheReservedShare() {
        for (int seed = 0; seed < SEEDS; seed++) {
            AttainedService policy = new AttainedService(1 + seed, 1 + seed % 50, true);
            World world = new World(seed, policy, 6);
            long out = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                EntityId next = world.tree.next(world.now).orElseThrow();
                long lowest =
                        world.siblings.stream().mapToLong(world::got).min().orElseThrow();
                boolean inOrder = Long.highestOneBit(world.got(next) / policy.quantum())
                        <= Long.highestOneBit(lowest / policy.quantum());
                long before = world.served;
                world.tree.ready(world.turn(), world.now);
                out += inOrder ? 0 : world.served - before;
                double most = policy.reserve() / 100.0 * world.served + world.longestTurn;
                atMost((double) out, most, "seed %d, turn %d", seed, turn);
            }
        }
    }

    @Test
    void roundRobinServesNobodyTwiceWhileAnotherWaits() {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, new RoundRobin(), 8);
            Map<EntityId, Integer> last = new HashMap<>();
            for (int turn = 0; turn < TURNS / 4; turn++) {
                EntityId next = world.turn();
                world.tree.ready(next, world.now);
                Integer before = last.put(next, turn);
                if (before != null) {
                    atMost(Math.abs(turn - before - world.siblings.size()), 0, "seed %d, turn %d", seed, turn);
                }
            }
        }
    }

    @Test
    void firstComeServesTheEarliestOfTheWholeTree() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            EntityTree tree = new EntityTree(new FirstCome());
            List<EntityId> leaves = new ArrayList<>();
            List<EntityId> above = new ArrayList<>(List.of(tree.root()));
            for (int i = 0; i < 12; i++) {
                EntityId parent = above.get(random.nextInt(above.size()));
                boolean tenant = parent.equals(tree.root());
                EntityId entity = tree.add(parent, tenant ? Level.TENANT : Level.AGENT, "x", Shares.USUAL, 0)
                        .orThrow();
                (tenant ? above : leaves).add(entity);
            }
            List<EntityId> waiting = new ArrayList<>();
            for (int turn = 0; turn < TURNS / 4 && !leaves.isEmpty(); turn++) {
                EntityId leaf = leaves.get(random.nextInt(leaves.size()));
                tree.charge(leaf, random.nextInt(100), turn);
                if (random.nextBoolean()) {
                    tree.ready(leaf, turn);
                    if (!waiting.contains(leaf)) {
                        waiting.add(leaf);
                    }
                } else if (!waiting.isEmpty()) {
                    assertThat(tree.next(turn)).as("seed %d", seed).contains(waiting.getFirst());
                    EntityId first = waiting.removeFirst();
                    tree.dispatch(first, turn);
                    tree.idle(first, turn);
                }
            }
        }
    }

    @Test
    void noStreamOfNewcomersKeepsAnOlderOneWaiting() {
        for (Policy policy : List.of(
                new Fair(),
                new FixedPriority(1_000_000_000, 10),
                new EarliestDeadline(),
                new AttainedService(100, 10, true))) {
            for (int seed = 0; seed < SEEDS / 4; seed++) {
                World world = new World(seed, policy, 3);
                EntityId old = world.siblings.getFirst();
                EntityId tenant = world.tree.status(world.now).get(1).id();
                world.siblings.stream().skip(1).forEach(each -> world.tree.idle(each, world.now));
                world.charge(old, world.longestTurn);
                List<EntityId> young = new ArrayList<>();
                long before = world.got(old);
                int turns = 0;
                while (world.got(old) == before) {
                    while (young.size() < 3) {
                        EntityId newcomer = world.tree
                                .add(tenant, Level.AGENT, "newcomer", Shares.USUAL.withPriority(4), world.now)
                                .orThrow();
                        world.tree.ready(newcomer, world.now);
                        young.add(newcomer);
                    }
                    EntityId next = world.turn();
                    if (young.remove(next)) {
                        world.tree.remove(next);
                    }
                    atMost(++turns, 40_000, "%s, seed %d: %s still waits", policy, seed, old);
                }
            }
        }
    }

    /** A program that wants a piece of work done by the end of each of its periods. */
    private static final class Task {
        final EntityId entity;
        final long work;
        final long period;
        long next;
        long deadline;
        long left;

        Task(EntityId entity, long work, long period, long first) {
            this.entity = entity;
            this.work = work;
            this.period = period;
            this.next = first;
        }
    }

    @Test
    void deadlineLetsNoAdmittedTaskMissAndTheOthersShareTheRestFairly() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            EntityTree tree = new EntityTree(new EarliestDeadline());
            long quantum = 1_000;
            double wanted = 0.7 + 0.4 * random.nextDouble();
            int count = 2 + random.nextInt(5);
            double admitted = 0;
            double refused = 0;
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long period = (50 + random.nextInt(400)) * quantum;
                long work = Math.max(1, (long) (period * wanted / count));
                Shares shares = Shares.USUAL.withDeadline(new Reservation(work, period));
                switch (tree.add(tree.root(), Level.AGENT, "task " + i, shares, 0)) {
                    case Addition.Added(EntityId id) -> {
                        tasks.add(new Task(id, work, period, random.nextLong(period)));
                        admitted += (double) work / period;
                    }
                    case Addition.Refused _ -> refused = Math.max(refused, admitted + (double) work / period);
                }
            }
            assertThat(refused == 0 || refused > 0.949)
                    .as("seed %d refuses no task that fits", seed)
                    .isTrue();
            EntityId one = tree.add(tree.root(), Level.AGENT, "one", Shares.weighing(100), 0)
                    .orThrow();
            EntityId two = tree.add(tree.root(), Level.AGENT, "two", Shares.weighing(300), 0)
                    .orThrow();
            EntityId greedy = tree.add(
                            tree.root(), Level.AGENT, "greedy", new Shares(100, 0, Shares.USUAL.deadline()), 0)
                    .orThrow();
            boolean greedyReserves =
                    tree.set(greedy, Shares.USUAL.withDeadline(new Reservation(2 * quantum, 100 * quantum)), 0)
                            instanceof Change.Changed;
            List.of(one, two, greedy).forEach(each -> tree.ready(each, 0));
            Map<EntityId, Long> got = new HashMap<>();
            long end = 1_500 * quantum;
            for (long now = 0; now < end; ) {
                for (Task task : tasks) {
                    if (task.next <= now) {
                        atMost((double) task.left, 0, "seed %d: work left at a deadline", seed);
                        task.left = task.work;
                        task.deadline = task.next + task.period;
                        task.next = task.deadline;
                        tree.ready(task.entity, now);
                    }
                }
                EntityId next = tree.next(now).orElseThrow();
                long slice = quantum;
                for (Task task : tasks) {
                    slice = Math.min(slice, task.next - now);
                    slice = task.entity.equals(next) ? Math.min(slice, task.left) : slice;
                }
                tree.dispatch(next, now);
                now += slice;
                tree.charge(next, slice, now);
                got.merge(next, slice, Long::sum);
                tree.ready(next, now);
                for (Task task : tasks) {
                    if (task.entity.equals(next)) {
                        task.left -= slice;
                        if (task.left == 0) {
                            tree.idle(next, now);
                        }
                    }
                }
            }
            long ones = got.getOrDefault(one, 0L);
            long twos = got.getOrDefault(two, 0L);
            assertThat(Math.abs(3 * ones - twos)).as("seed %d: by weight", seed).isLessThanOrEqualTo(8 * quantum);
            long reserved = greedyReserves ? end / 50 : 0;
            assertThat(got.getOrDefault(greedy, 0L))
                    .as("seed %d: no more than reserved, or than fair", seed)
                    .isLessThanOrEqualTo(Math.max(reserved, ones) + 4 * quantum);
        }
    }
}
