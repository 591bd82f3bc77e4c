package telos.kernel.scheduling;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@link EntityTree} is to do, by looking at everything each time, in exact fractions. */
final class NaiveTree {
    final class Node {
        final EntityId id;
        final Level level;
        final @Nullable Node parent;
        final int depth;
        final List<Node> below = new ArrayList<>();
        Shares shares;
        Phase phase = Phase.IDLE;
        Ratio tag;
        Ratio floor;
        Ratio reserveTag;
        Ratio reserveFloor;
        long attained;
        long since;
        long turn;
        long arrival;
        List<Integer> reserveTurns = List.of();
        List<Integer> promisedTurns = List.of();
        /** Of those below it. */
        long time;

        long reserveTime;
        /** Even time, and the service that is not in it yet. */
        long even;

        long evenRest;
        long reserveEven;
        long reserveEvenRest;
        BigInteger owed = BigInteger.ZERO;
        /** Of its reservation. */
        long budget;

        long deadline;
        long release;

        Node(EntityId id, Level level, @Nullable Node parent, Shares shares) {
            this.id = id;
            this.level = level;
            this.parent = parent;
            this.depth = parent == null ? 0 : parent.depth + 1;
            this.shares = shares;
            tag = Ratio.of(parent == null ? 0 : parent.time);
            floor = tag;
            reserveTag = Ratio.of(parent == null ? 0 : parent.reserveTime);
            reserveFloor = reserveTag;
        }

        long leaves(Phase wanted) {
            return below.isEmpty()
                    ? phase == wanted ? 1 : 0
                    : below.stream().mapToLong(node -> node.leaves(wanted)).sum();
        }

        boolean waits() {
            return leaves(Phase.READY) > 0;
        }

        boolean backlogged() {
            return waits() || leaves(Phase.SERVED) > 0;
        }

        List<Node> way() {
            List<Node> way = new ArrayList<>();
            for (Node each = this; each != null; each = each.parent) {
                way.add(each);
            }
            return way;
        }

        Optional<Node> least(Comparator<Node> order) {
            return below.stream().filter(Node::waits).min(order);
        }

        Node head() {
            return chosen().map(Node::head).orElse(this);
        }

        Optional<Node> chosen() {
            boolean reserve = discipline().reserve() > 0 && owed.signum() > 0;
            return least(reserve ? BY_RESERVE : order(Node::head));
        }

        Discipline discipline() {
            return policy.children(level);
        }

        Comparator<Node> order(UnaryOperator<Node> leaf) {
            Comparator<Node> byPolicy =
                    (a, b) -> NaiveTree.this.compare(discipline(), a, leaf.apply(a), b, leaf.apply(b));
            return byPolicy.thenComparing(ELDER);
        }

        long due(Node leaf) {
            return leaf.way().stream()
                    .filter(each -> each.depth >= depth)
                    .filter(each -> each.shares.deadline().isPresent() && each.release <= clock)
                    .mapToLong(each -> each.deadline)
                    .min()
                    .orElse(Account.NEVER);
        }

        /** Its tag, no further ahead than may be where the rule has changed. */
        void bound() {
            Ratio most = Ratio.of(Objects.requireNonNull(parent).time + ahead);
            if (tag.compareTo(most) >= 0) {
                tag = most;
                floor = most;
            }
        }

        void begin() {
            Reservation reservation = shares.deadline().orElseThrow();
            budget = reservation.budget();
            release = clock;
            deadline = clock + reservation.period();
        }
    }

    private static final Comparator<Node> ELDER =
            Comparator.<Node>comparingLong(node -> node.turn).thenComparingLong(node -> node.id.value());
    private static final Comparator<Node> BY_TAG =
            Comparator.<Node, Ratio>comparing(node -> node.tag).thenComparing(ELDER);
    private static final Comparator<Node> BY_RESERVE =
            Comparator.<Node, Ratio>comparing(node -> node.reserveTag).thenComparing(ELDER);

    final Map<EntityId, Node> nodes = new LinkedHashMap<>();
    Policy policy;
    private final long ahead;
    private long clock = Long.MIN_VALUE;
    private long turns;
    private long arrivals;

    /** @param ahead virtual time that one may be ahead where the rule has changed */
    NaiveTree(Policy policy, EntityId root, long ahead) {
        this.policy = policy;
        this.ahead = ahead;
        nodes.put(root, new Node(root, Level.ROOT, null, Shares.USUAL));
    }

    Node node(EntityId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    /** The policies in their own words. */
    private int compare(Discipline discipline, Node a, Node leafOfA, Node b, Node leafOfB) {
        return switch (policy) {
            case Fair _ -> a.tag.compareTo(b.tag);
            case RoundRobin _ -> Long.compare(a.turn, b.turn);
            case FirstCome _ -> Long.compare(leafOfA.arrival, leafOfB.arrival);
            case EarliestDeadline _ ->
                a.due(leafOfA) != b.due(leafOfB)
                        ? Long.compare(a.due(leafOfA), b.due(leafOfB))
                        : a.tag.compareTo(b.tag);
            case FixedPriority priority ->
                Long.compare(
                        a.since - priority.step() * a.shares.priority(),
                        b.since - priority.step() * b.shares.priority());
            case AttainedService attained -> {
                if (discipline.equals(Fair.BY_TAG)) {
                    yield a.tag.compareTo(b.tag);
                }
                boolean agents = attained.byProgram() && a.level == Level.AGENT;
                boolean requests = attained.byProgram() && Objects.requireNonNull(a.parent).level != Level.TENANT;
                int first = level(attained, (agents || attained.byProgram() ? a : leafOfA).attained);
                int second = level(attained, (agents || attained.byProgram() ? b : leafOfB).attained);
                yield requests || first == second
                        ? Long.compare(leafOfA.arrival, leafOfB.arrival)
                        : Integer.compare(first, second);
            }
            default -> throw new IllegalArgumentException(policy.name());
        };
    }

    private static int level(AttainedService policy, long attained) {
        int level = 0;
        for (long end = policy.quantum(); attained >= end; end *= 2) {
            level++;
        }
        return level;
    }

    void add(EntityId id, EntityId parent, Level level, Shares shares, long now) {
        tick(now);
        Node above = node(parent);
        Node node = new Node(id, level, above, shares);
        above.below.add(node);
        nodes.put(id, node);
        if (shares.deadline().isPresent()) {
            node.begin();
        }
        after();
    }

    void set(EntityId id, Shares shares, long now) {
        tick(now);
        Node node = node(id);
        boolean other = !node.shares.deadline().equals(shares.deadline());
        if (other && node.shares.deadline().isPresent()) {
            node.way().stream().filter(each -> each.parent != null).forEach(Node::bound);
        }
        if (node.shares.weight() != shares.weight()) {
            node.tag = node.tag.roundedUp();
            node.reserveTag = node.reserveTag.roundedUp();
        }
        node.shares = shares;
        if (other && shares.deadline().isPresent()) {
            node.begin();
        }
        after();
    }

    void remove(EntityId id) {
        Node node = node(id);
        node.phase = Phase.IDLE;
        Objects.requireNonNull(node.parent).below.remove(node);
        nodes.remove(id);
        after();
    }

    void ready(EntityId id, long now) {
        tick(now);
        Node leaf = node(id);
        if (leaf.phase == Phase.READY) {
            return;
        }
        boolean wakes = leaf.phase == Phase.IDLE;
        leaf.arrival = wakes ? ++arrivals : leaf.arrival;
        for (Node each : leaf.way()) {
            if (!each.waits()) {
                each.since = clock;
                if (wakes && each.parent != null) {
                    Node node = each.parent;
                    node.even = Math.max(node.even, node.time);
                    node.reserveEven = Math.max(node.reserveEven, node.reserveTime);
                    Ratio time = Ratio.of(each.turn == 0 ? node.even : node.time);
                    each.floor = time.compareTo(each.tag) > 0 ? time : each.floor;
                    each.tag = each.tag.max(time);
                    Ratio reserveTime = Ratio.of(each.turn == 0 ? node.reserveEven : node.reserveTime);
                    each.reserveFloor = reserveTime.compareTo(each.reserveTag) > 0 ? reserveTime : each.reserveFloor;
                    each.reserveTag = each.reserveTag.max(reserveTime);
                }
            }
            if (!each.backlogged()) {
                each.turn = ++turns;
                if (each.shares.deadline().isPresent() && each.release <= clock) {
                    Reservation reservation = each.shares.deadline().get();
                    if (each.deadline <= clock
                            || BigInteger.valueOf(each.budget)
                                            .multiply(BigInteger.valueOf(reservation.period()))
                                            .compareTo(BigInteger.valueOf(each.deadline - clock)
                                                    .multiply(BigInteger.valueOf(reservation.budget())))
                                    > 0) {
                        each.begin();
                    }
                }
            }
        }
        leaf.phase = Phase.READY;
        after();
    }

    void dispatch(EntityId id, long now) {
        ready(id, now);
        Node leaf = node(id);
        turns++;
        List<Integer> reserveTurns = new ArrayList<>();
        List<Integer> promisedTurns = new ArrayList<>();
        for (Node each : leaf.way()) {
            Node node = each.parent;
            if (node != null) {
                if (node.discipline().tie() == Discipline.Tie.TAG) {
                    node.time = Math.max(
                            node.time, node.least(BY_TAG).orElseThrow().tag.floor());
                }
                if (node.discipline().reserve() > 0
                        && node.owed.signum() > 0
                        && node.least(BY_RESERVE).orElseThrow() == each) {
                    reserveTurns.add(each.depth);
                    node.reserveTime = Math.max(node.reserveTime, each.reserveTag.floor());
                }
                if (policy instanceof EarliestDeadline && each.due(leaf) != Account.NEVER) {
                    promisedTurns.add(each.depth);
                }
            }
        }
        for (Node each : leaf.way()) {
            each.since = clock;
            each.turn = turns;
        }
        leaf.reserveTurns = reserveTurns;
        leaf.promisedTurns = promisedTurns;
        leaf.phase = Phase.SERVED;
        after();
    }

    void idle(EntityId id, long now) {
        tick(now);
        node(id).phase = Phase.IDLE;
        after();
    }

    void charge(EntityId id, long service, long now) {
        tick(now);
        Node leaf = node(id);
        for (Node each : leaf.way()) {
            each.attained += service;
            Node node = each.parent;
            if (node != null) {
                long weights = node.below.stream()
                        .filter(Node::backlogged)
                        .mapToLong(other -> other.shares.weight())
                        .sum();
                if (each.backlogged() && !leaf.promisedTurns.contains(each.depth)) {
                    node.even = Math.max(node.even, node.time);
                    node.evenRest += service;
                    if (node.evenRest >= weights) {
                        node.even += node.evenRest / weights;
                        node.evenRest %= weights;
                    }
                }
                each.tag = each.tag.plus(service, each.shares.weight());
                each.tag = service < 0 ? each.tag.max(each.floor) : each.tag;
                boolean fromReserve = leaf.reserveTurns.contains(each.depth);
                int reserve = node.discipline().reserve();
                if (fromReserve && each.backlogged()) {
                    node.reserveEven = Math.max(node.reserveEven, node.reserveTime);
                    node.reserveEvenRest += service;
                    if (node.reserveEvenRest >= weights) {
                        node.reserveEven += node.reserveEvenRest / weights;
                        node.reserveEvenRest %= weights;
                    }
                }
                if (fromReserve) {
                    each.reserveTag = each.reserveTag.plus(service, each.shares.weight());
                    each.reserveTag = service < 0 ? each.reserveTag.max(each.reserveFloor) : each.reserveTag;
                }
                if (node.below.stream().anyMatch(other -> other != each && other.waits())) {
                    node.owed = node.owed.add(BigInteger.valueOf(service * (fromReserve ? reserve - 100 : reserve)));
                }
            }
            if (each.shares.deadline().isPresent()) {
                Reservation reservation = each.shares.deadline().get();
                each.budget = Math.min(each.budget - service, reservation.budget());
                boolean usedUp = each.budget <= 0;
                while (each.budget <= 0) {
                    each.budget += reservation.budget();
                    each.deadline += reservation.period();
                    each.release = each.deadline - reservation.period();
                }
                if (usedUp && each.deadline <= clock) {
                    each.begin();
                }
            }
        }
        after();
    }

    void policy(Policy changed, long now) {
        tick(now);
        policy = changed;
        for (Node each : nodes.values()) {
            if (each.parent != null) {
                each.bound();
            }
            if (each.even > each.time + ahead) {
                each.even = each.time + ahead;
                each.evenRest = 0;
            }
        }
        after();
    }

    Optional<EntityId> next(long now) {
        tick(now);
        Node root = nodes.values().iterator().next();
        return root.waits() ? Optional.of(root.head().id) : Optional.empty();
    }

    int compare(EntityId first, EntityId second) {
        List<Node> wayOfA = node(first).way();
        List<Node> wayOfB = node(second).way();
        for (Node a : wayOfA) {
            for (Node b : wayOfB) {
                if (a.parent != null && a.parent == b.parent) {
                    return a == b
                            ? 0
                            : a.parent
                                    .order(each -> each == a ? wayOfA.getFirst() : wayOfB.getFirst())
                                    .compare(a, b);
                }
            }
        }
        return 0;
    }

    private void tick(long now) {
        clock = Math.max(clock, now);
    }

    private void after() {
        for (Node each : nodes.values()) {
            each.below.stream()
                    .filter(Node::backlogged)
                    .map(node -> node.tag)
                    .min(Comparator.naturalOrder())
                    .ifPresent(least -> each.time = Math.max(each.time, least.floor()));
        }
    }
}
