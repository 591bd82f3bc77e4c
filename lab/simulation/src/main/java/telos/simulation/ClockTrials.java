package telos.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import telos.kernel.scheduling.Policy;

/**
 * Many runs of the clock under one policy.
 *
 * @param seeds runs
 * @param beyondBound runs in which two tenants that both waited got further apart than 2·max(wp·L, wq·M), each with the
 *     command that shows it again; a run in which the policy is changed counts up to then
 * @param widestGap the largest difference, as part of that bound
 * @param longestWait of a request, in nanoseconds of virtual time
 * @param broken invariants that did not hold, each with the command that shows it again
 */
public record ClockTrials(
        String policy,
        int seeds,
        List<String> beyondBound,
        double widestGap,
        long longestWait,
        long requests,
        List<String> broken) {
    public ClockTrials {
        beyondBound = List.copyOf(beyondBound);
        broken = List.copyOf(broken);
    }

    /** Runs in which that bound did not hold. */
    public int boundViolations() {
        return beyondBound.size();
    }

    /** Runs the seeds from {@code seedFrom} on, of the entity tree alone. */
    public static ClockTrials run(long seedFrom, int seeds, Policy policy) {
        return run(World.CLOCK, seedFrom, seeds, policy);
    }

    /** Runs the seeds from {@code seedFrom} on. */
    public static ClockTrials run(World world, long seedFrom, int seeds, Policy policy) {
        List<String> beyondBound = new ArrayList<>();
        double widest = 0;
        long longest = 0;
        long requests = 0;
        List<String> broken = new ArrayList<>();
        for (long seed = seedFrom; seed < seedFrom + seeds; seed++) {
            try {
                ClockRun run = world.run(seed, policy);
                if (run.boundViolations() > 0) {
                    beyondBound.add(String.format(
                            Locale.ROOT,
                            "services %.2f of their bound apart; to see it again: ./telos simulate %s --seed %d --policy %s",
                            run.widestGap(),
                            world.title(),
                            seed,
                            policy.name()));
                }
                widest = Math.max(widest, run.widestGap());
                longest = Math.max(longest, run.longestWait());
                requests += run.requests();
            } catch (InvariantException e) {
                broken.add(e.getMessage());
            }
        }
        return new ClockTrials(policy.name(), seeds, beyondBound, widest, longest, requests, broken);
    }
}
