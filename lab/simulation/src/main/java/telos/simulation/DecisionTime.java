package telos.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * How long a decision takes: whom to serve next, its dispatch, the charge and its return to the line, or its going idle
 * while another wakes. In processor time of the thread that decides, so that it does not matter what else runs on the
 * machine.
 *
 * @param entities in the tree
 * @param reserved decisions for one with a reservation, as part of all
 * @param microseconds of one decision: the median over many rounds, warmed
 * @param worst of the rounds, in microseconds for a decision
 */
public record DecisionTime(String policy, int entities, double reserved, double microseconds, double worst) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUND = 2_000;
    private static final int WARM = 100;
    private static final int ROUNDS = 101;

    /** One in so many requests has reserved something. */
    private static final int RESERVING = 4;
    /** Nanoseconds of {@link #PERIOD} that all of these reserved together. */
    private static final long RESERVED = 8_000_000;

    private static final long PERIOD = 10_000_000;
    /** One in so many requests sleeps; after so many decisions one wakes, and who was served sleeps. */
    private static final int SLEEPING = 5;

    /** Ten tenants with agents, each of these with ten requests, of which most wait. */
    public static DecisionTime measure(Policy policy, int entities) {
        EntityTree tree = new EntityTree(policy);
        List<EntityId> parents = new ArrayList<>();
        Set<EntityId> reserving = new HashSet<>();
        Deque<EntityId> asleep = new ArrayDeque<>();
        Shares some = Shares.USUAL.withDeadline(new Reservation(RESERVED * RESERVING / entities, PERIOD));
        for (int i = 0; i < 10; i++) {
            parents.add(tree.add(tree.root(), Level.TENANT, "tenant", Shares.weighing(50 + 10 * i), 0)
                    .orThrow());
        }
        while (tree.size() < entities) {
            EntityId agent = tree.add(parents.get(tree.size() % 10), Level.AGENT, "agent", Shares.USUAL, 0)
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
        long now = 0;
        long reserved = 0;
        double[] rounds = new double[ROUNDS];
        EntityId[] served = new EntityId[ROUND];
        for (int round = -WARM; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
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
            if (round >= 0) {
                rounds[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / ROUND;
                reserved += Arrays.stream(served).filter(reserving::contains).count();
            }
        }
        Arrays.sort(rounds);
        return new DecisionTime(
                policy.name(), tree.size(), (double) reserved / ROUND / ROUNDS, rounds[ROUNDS / 2], rounds[ROUNDS - 1]);
    }
}
