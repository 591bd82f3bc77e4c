package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls, with a clock that sometimes steps back: the tree does what {@link NaiveTree} does. */
class EntityTreeModelTest {
    private static final int SEEDS_EACH = 40;
    private static final int CALLS = 150;
    private static final List<Policy> POLICIES = List.of(
            new Fair(),
            new FixedPriority(7, 20),
            new EarliestDeadline(),
            new AttainedService(50, 20, true),
            new AttainedService(50, 20, false),
            new RoundRobin(),
            new FirstCome());

    @ParameterizedTest(name = "policy {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void doesWhatTheNaiveOneDoes(int policy) {
        for (int seed = 0; seed < SEEDS_EACH; seed++) {
            new World(seed, POLICIES.get(policy), false).live();
        }
    }

    @ParameterizedTest(name = "block {0}")
    @ValueSource(ints = {0, 1, 2})
    void doesSoWhilePoliciesChange(int block) {
        for (int seed = 0; seed < SEEDS_EACH; seed++) {
            new World(seed + 1_000L * (block + 1), POLICIES.getFirst(), true).live();
        }
    }

    private static final class World {
        private final String name;
        private final Random random;
        private final boolean changing;
        private final EntityTree tree;
        private final NaiveTree naive;
        private long now;

        World(long seed, Policy policy, boolean changing) {
            this.name = policy.name() + ", seed " + seed;
            this.random = new Random(seed);
            this.changing = changing;
            int ahead = random.nextBoolean() ? 1 + random.nextInt(200) : 1_000_000;
            this.tree = new EntityTree(policy, new Bounds(40, Long.MAX_VALUE, ahead * Shares.USUAL_WEIGHT));
            this.naive = new NaiveTree(policy, tree.root(), ahead);
        }

        void live() {
            for (int call = 0; call < CALLS; call++) {
                now += random.nextInt(10) == 0 ? -random.nextInt(20) : random.nextInt(8);
                call();
                check(name + ", call " + call);
            }
        }

        private void call() {
            List<EntityId> leaves = leaves();
            int which = random.nextInt(100);
            if (leaves.isEmpty() || which < 12) {
                add();
                return;
            }
            EntityId leaf = leaves.get(random.nextInt(leaves.size()));
            if (which < 32) {
                tree.ready(leaf, now);
                naive.ready(leaf, now);
            } else if (which < 55) {
                EntityId served = random.nextInt(5) > 0 ? tree.next(now).orElse(leaf) : leaf;
                if (tree.phase(served) != Phase.SERVED) {
                    tree.dispatch(served, now);
                    naive.dispatch(served, now);
                }
            } else if (which < 80) {
                long most = naive.node(leaf).attained;
                long service =
                        random.nextInt(6) == 0 ? -random.nextLong(most + 1) : random.nextInt(random.nextInt(400) + 1);
                tree.charge(leaf, service, now);
                naive.charge(leaf, service, now);
            } else if (which < 87) {
                tree.idle(leaf, now);
                naive.idle(leaf, now);
            } else if (which < 92) {
                tree.remove(leaf);
                naive.remove(leaf);
            } else if (which < 97 || !changing) {
                List<EntityId> all = List.copyOf(naive.nodes.keySet());
                EntityId entity = all.get(1 + random.nextInt(all.size() - 1));
                Shares shares = shares();
                assertThat(tree.set(entity, shares, now)).isEqualTo(new Change.Changed());
                naive.set(entity, shares, now);
            } else {
                Policy policy = POLICIES.get(random.nextInt(POLICIES.size()));
                tree.policy(policy, now);
                naive.policy(policy, now);
            }
        }

        private void add() {
            List<NaiveTree.Node> parents = naive.nodes.values().stream()
                    .filter(node -> node.level.compareTo(Level.QUEUE) < 0)
                    .filter(node -> !node.below.isEmpty() || node.phase == Phase.IDLE)
                    .toList();
            NaiveTree.Node parent = parents.get(random.nextInt(parents.size()));
            Level level = switch (parent.level) {
                case ROOT -> random.nextInt(4) > 0 ? Level.TENANT : Level.AGENT;
                case TENANT -> Level.AGENT;
                case AGENT -> Level.REQUEST;
                case REQUEST, QUEUE, COMMAND -> Level.QUEUE;
            };
            Shares shares = shares();
            if (tree.add(parent.id, level, "x", shares, now) instanceof Addition.Added(EntityId id)) {
                naive.add(id, parent.id, level, shares, now);
            }
        }

        private Shares shares() {
            Optional<Reservation> deadline = random.nextInt(3) == 0
                    ? Optional.of(new Reservation(1 + random.nextInt(60), 1 + random.nextInt(100)))
                    : Optional.empty();
            long weight = random.nextBoolean() ? 1 + random.nextInt(4) : 1 + random.nextInt(10_000);
            return new Shares(weight, random.nextInt(7) - 3, deadline);
        }

        private List<EntityId> leaves() {
            return naive.nodes.values().stream()
                    .filter(node -> node.parent != null && node.below.isEmpty())
                    .map(node -> node.id)
                    .toList();
        }

        private void check(String where) {
            assertThat(tree.next(now)).as(where).isEqualTo(naive.next(now));
            List<EntityId> active = new ArrayList<>();
            for (EntityStatus status : tree.status(now)) {
                NaiveTree.Node node = naive.node(status.id());
                assertThat(status.attained()).as(where).isEqualTo(node.attained);
                assertThat(status.waiting()).as(where).isEqualTo((int) node.leaves(Phase.READY));
                assertThat(status.served()).as(where).isEqualTo((int) node.leaves(Phase.SERVED));
                assertThat(status.shares()).as(where).isEqualTo(node.shares);
                if (node.parent != null && node.below.isEmpty() && node.backlogged()) {
                    active.add(node.id);
                }
            }
            if (active.size() > 1) {
                EntityId a = active.get(random.nextInt(active.size()));
                EntityId b = active.get(random.nextInt(active.size()));
                assertThat(Integer.signum(tree.compare(a, b)))
                        .as(where + ": " + a + " and " + b)
                        .isEqualTo(Integer.signum(naive.compare(a, b)));
            }
        }
    }
}
