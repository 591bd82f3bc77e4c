package telos.simulation;

import java.util.ArrayList;
import java.util.List;
import telos.kernel.scheduling.Policy;

/**
 * Many runs of the clock under one policy.
 *
 * @param seeds runs
 * @param boundViolations runs in which two tenants that both waited got further apart than 2·max(wp·L, wq·M); a run in
 *     which the policy is changed counts up to then
 * @param widestGap the largest difference, as part of that bound
 * @param longestWait of a request, in nanoseconds of virtual time
 * @param broken invariants that did not hold, each with the command that shows it again
 */
public record ClockTrials(
        String policy,
        int seeds,
        int boundViolations,
        double widestGap,
        long longestWait,
        long requests,
        List<String> broken) {
    public ClockTrials {
        broken = List.copyOf(broken);
    }

    /** Runs the seeds from {@code seedFrom} on, of the entity tree alone. */
    public static ClockTrials run(long seedFrom, int seeds, Policy policy) {
        return run(World.CLOCK, seedFrom, seeds, policy);
    }

    /** Runs the seeds from {@code seedFrom} on. */
    public static ClockTrials run(World world, long seedFrom, int seeds, Policy policy) {
        int violations = 0;
        double widest = 0;
        long longest = 0;
        long requests = 0;
        List<String> broken = new ArrayList<>();
        for (long seed = seedFrom; seed < seedFrom + seeds; seed++) {
            try {
                ClockRun run = world.run(seed, policy);
                violations += run.boundViolations() > 0 ? 1 : 0;
                widest = Math.max(widest, run.widestGap());
                longest = Math.max(longest, run.longestWait());
                requests += run.requests();
            } catch (InvariantException e) {
                broken.add(e.getMessage());
            }
        }
        return new ClockTrials(policy.name(), seeds, violations, widest, longest, requests, broken);
    }
}
