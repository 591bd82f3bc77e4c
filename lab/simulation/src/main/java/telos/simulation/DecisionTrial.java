package telos.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Reservation;
import telos.kernel.scheduling.Shares;

/** One policy's decisions over ten tenants with agents, each of these with ten requests, of which most wait. */
final class DecisionTrial {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUND = 2_000;

    /** One in so many requests has reserved something. */
    private static final int RESERVING = 4;
    /** Nanoseconds of {@link #PERIOD} that all of these reserved together. */
    private static final long RESERVED = 8_000_000;

    private static final long PERIOD = 10_000_000;
    /** One in so many requests sleeps; after so many decisions one wakes, and who was served sleeps. */
    private static final int SLEEPING = 5;

    private final Policy policy;
    private final EntityTree tree;
    private final Set<EntityId> reserving = new HashSet<>();
    private final Deque<EntityId> asleep = new ArrayDeque<>();
    private final EntityId[] served = new EntityId[ROUND];
    private final List<Double> rounds = new ArrayList<>();
    private long reserved;
    private long now;

    DecisionTrial(Policy policy, int entities) {
        this.policy = policy;
        this.tree = new EntityTree(policy);
        List<EntityId> tenants = new ArrayList<>();
        Shares some = Shares.USUAL.withDeadline(new Reservation(RESERVED * RESERVING / entities, PERIOD));
        for (int i = 0; i < 10; i++) {
            tenants.add(tree.add(tree.root(), Level.TENANT, "tenant", Shares.weighing(50 + 10 * i), 0)
                    .orThrow());
        }
        while (tree.size() < entities) {
            EntityId agent = tree.add(tenants.get(tree.size() % 10), Level.AGENT, "agent", Shares.USUAL, 0)
                    .orThrow();
            for (int i = 0; i < 10 && tree.size() < entities; i++) {
                boolean reserves = tree.size() % RESERVING == 0;
                EntityId request = tree.add(agent, Level.REQUEST, "request", reserves ? some : Shares.USUAL, 0)
                        .orThrow();
                if (reserves) {
                    reserving.add(request);
                }
                if (tree.size() % SLEEPING == 0) {
                    asleep.add(request);
                } else {
                    tree.ready(request, 0);
                }
            }
        }
    }

    void warm(int count) {
        for (int i = 0; i < count; i++) {
            round();
        }
    }

    void rounds(int count) {
        for (int i = 0; i < count; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            round();
            rounds.add((THREADS.getCurrentThreadCpuTime() - start) / 1e3 / ROUND);
            reserved += Arrays.stream(served).filter(reserving::contains).count();
        }
    }

    private void round() {
        for (int i = 0; i < ROUND; i++) {
            now += 1_000;
            EntityId next = tree.next(now).orElseThrow();
            tree.dispatch(next, now);
            tree.charge(next, 500L + ((i * 7919) & 1023), now);
            if (i % SLEEPING == 0) {
                tree.idle(next, now);
                asleep.add(next);
                tree.ready(asleep.remove(), now);
            } else {
                tree.ready(next, now);
            }
            served[i] = next;
        }
    }

    /** Of the rounds that were measured: at least one. */
    DecisionTime time() {
        List<Double> sorted = rounds.stream().sorted().toList();
        return new DecisionTime(
                policy,
                tree.size(),
                (double) reserved / ROUND / sorted.size(),
                sorted.get(sorted.size() / 2),
                Collections.max(sorted));
    }
}
