package telos.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;

/**
 * How long a decision takes: whom to serve next, its dispatch, the charge and its return to the line. In processor time of
 * the thread that decides, so that it does not matter what else runs on the machine.
 *
 * @param entities in the tree
 * @param microseconds of one decision: the median over many rounds, warmed
 * @param worst of the rounds, in microseconds for a decision
 */
public record DecisionTime(String policy, int entities, double microseconds, double worst) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUND = 2_000;
    private static final int WARM = 100;
    private static final int ROUNDS = 101;

    /** Ten tenants with agents, each of these with ten requests; all wait. */
    public static DecisionTime measure(Policy policy, int entities) {
        EntityTree tree = new EntityTree(policy);
        List<EntityId> parents = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            parents.add(tree.add(tree.root(), Level.TENANT, "tenant", Shares.weighing(50 + 10 * i), 0)
                    .orThrow());
        }
        while (tree.size() < entities) {
            EntityId agent = tree.add(parents.get(tree.size() % 10), Level.AGENT, "agent", Shares.USUAL, 0)
                    .orThrow();
            for (int i = 0; i < 10 && tree.size() < entities; i++) {
                EntityId request = tree.add(agent, Level.REQUEST, "request", Shares.USUAL, 0)
                        .orThrow();
                tree.ready(request, 0);
            }
        }
        long now = 0;
        double[] rounds = new double[ROUNDS];
        for (int round = -WARM; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < ROUND; i++) {
                now += 1_000;
                EntityId next = tree.next(now).orElseThrow();
                tree.dispatch(next, now);
                tree.charge(next, 500L + ((i * 7919) & 1023), now);
                tree.ready(next, now);
            }
            if (round >= 0) {
                rounds[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / ROUND;
            }
        }
        Arrays.sort(rounds);
        return new DecisionTime(policy.name(), tree.size(), rounds[ROUNDS / 2], rounds[ROUNDS - 1]);
    }
}
