package telos.simulation;

import java.util.Arrays;
import telos.kernel.scheduling.FirstCome;
import telos.kernel.scheduling.FixedPriority;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.RoundRobin;

/**
 * How far the services of any two tenants drift apart while both have requests waiting, each divided by its tenant's
 * weight. The largest difference over any stretch of time is the largest less the smallest value of the running one.
 *
 * <p>The bound is that of Sheng et al., OSDI 2024: 2·max(wp·L, wq·M), for each weight. It is counted how often it does not
 * hold, whatever the policy, so that policies that promise it and those that do not are measured by the same rule.
 */
final class ServiceGaps {
    private final double[] got;
    private final double[] bound;
    private final boolean[] waits;
    private final double[][] least;
    private final double[][] most;
    private boolean over;
    private double worst;
    private long violations;

    /** Whether tenants are served fairly by this policy, where nothing is reserved. */
    static boolean promisedBy(Policy policy) {
        return !(policy instanceof FixedPriority || policy instanceof RoundRobin || policy instanceof FirstCome);
    }

    /** @param bound what each can be ahead, in service by its weight */
    ServiceGaps(double[] bound) {
        int tenants = bound.length;
        this.bound = bound.clone();
        got = new double[tenants];
        waits = new boolean[tenants];
        least = new double[tenants][tenants];
        most = new double[tenants][tenants];
    }

    /** From now on, whether it has requests waiting. */
    void waits(int tenant, boolean now) {
        if (now && !waits[tenant]) {
            forget(tenant);
        }
        waits[tenant] = now;
    }

    /** What was before no longer counts for it. */
    void forget(int tenant) {
        for (int other = 0; other < got.length; other++) {
            double apart = got[tenant] - got[other];
            least[tenant][other] = apart;
            most[tenant][other] = apart;
            least[other][tenant] = -apart;
            most[other][tenant] = -apart;
        }
    }

    /** Nothing is looked at any more. */
    void stop() {
        over = true;
    }

    /** The larger bound of two, where a weight changes. */
    void widen(int tenant, double bound) {
        this.bound[tenant] = Math.max(this.bound[tenant], bound);
        forget(tenant);
    }

    void serve(int tenant, double service) {
        got[tenant] += service;
        if (over || !waits[tenant]) {
            return;
        }
        for (int other = 0; other < got.length; other++) {
            if (other != tenant && waits[other]) {
                double apart = got[tenant] - got[other];
                least[tenant][other] = Math.min(least[tenant][other], apart);
                most[tenant][other] = Math.max(most[tenant][other], apart);
                least[other][tenant] = Math.min(least[other][tenant], -apart);
                most[other][tenant] = Math.max(most[other][tenant], -apart);
                double part = (most[tenant][other] - least[tenant][other]) / (bound[tenant] + bound[other]);
                worst = Math.max(worst, part);
                violations += part > 1 + 1e-9 ? 1 : 0;
            }
        }
    }

    /** The largest difference so far, as part of what is allowed. */
    double worst() {
        return worst;
    }

    /** Charges after which a difference was larger than allowed. */
    long violations() {
        return violations;
    }

    @Override
    public String toString() {
        return "services by weight " + Arrays.toString(got);
    }
}
