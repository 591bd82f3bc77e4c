package telos.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Who asks for what in one run. The first two tenants always have requests waiting: one long prompts, the other short ones.
 *
 * @param memory tokens that the running requests have together at most
 * @param slots requests that run at the same time at most
 * @param faultsIn a fault comes in one of so many iterations; 0: never
 * @param policyChanges whether the policy is changed on the way
 */
record Workload(List<Tenant> tenants, int memory, int slots, int faultsIn, boolean policyChanges) {
    static final int LONGEST_PROMPT = 800;
    static final int LONGEST_ANSWER = 200;

    /**
     * @param promptFrom tokens
     * @param backlog requests that it keeps waiting while it is active
     * @param period iterations after which it turns from active to silent and back; 0: always active
     */
    record Tenant(
            String name,
            long weight,
            int priority,
            int agents,
            int promptFrom,
            int promptTo,
            int answerTo,
            int backlog,
            int period) {
        boolean active(int iteration) {
            return period == 0 || iteration / period % 2 == 0;
        }
    }

    static Workload of(Random random) {
        List<Tenant> tenants = new ArrayList<>();
        boolean weighted = random.nextInt(3) == 0;
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            boolean longPrompts = i == 0 || (i > 1 && random.nextBoolean());
            tenants.add(new Tenant(
                    (longPrompts ? "long-" : "short-") + i,
                    weighted ? 50 + 50L * random.nextInt(8) : 100,
                    random.nextInt(5) - 2,
                    1 + random.nextInt(4),
                    longPrompts ? 200 : 5,
                    longPrompts ? LONGEST_PROMPT : 40,
                    longPrompts ? 30 : LONGEST_ANSWER,
                    1 + random.nextInt(longPrompts ? 20 : 6),
                    i < 2 ? 0 : 10 + random.nextInt(60)));
        }
        int memory = 1_500 + random.nextInt(4_000);
        boolean quiet = random.nextInt(4) == 0;
        return new Workload(
                List.copyOf(tenants),
                memory,
                2 + random.nextInt(30),
                quiet ? 0 : 15 + random.nextInt(40),
                !quiet && random.nextInt(3) == 0);
    }
}
