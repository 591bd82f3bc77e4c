package telos.plans;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Spending;
import telos.kernel.security.policy.Tally;
import telos.plans.values.Outline;

/** The most that was taken of each limit of a policy when a walk is where it is: by the run before it, and by the walk. */
final class WalkSpending implements Spending {
    /** Beyond every limit that is worth writing. */
    private static final BigDecimal ANY = BigDecimal.TEN.pow(60);

    private static final class Charge {
        final int limit;
        final long at;
        final Runnable beyond;
        BigDecimal amount;

        Charge(int limit, long at, BigDecimal amount, Runnable beyond) {
            this.limit = limit;
            this.at = at;
            this.amount = amount;
            this.beyond = beyond;
        }
    }

    private final Policy policy;
    private final Tally tally;
    private final BigDecimal[] used;
    private final List<Charge> charges = new ArrayList<>();

    WalkSpending(Policy policy, Tally tally) {
        this.policy = policy;
        this.tally = tally;
        this.used = new BigDecimal[policy.limits().size()];
        for (int i = 0; i < used.length; i++) {
            used[i] = tally.used(i);
        }
    }

    @Override
    public @Nullable BigDecimal used(int limit) {
        return used[limit];
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public Label label(int limit) {
        return tally.label(limit);
    }

    /**
     * A call takes from a limit.
     *
     * @param amount null for any amount
     * @param steps how far the walk has counted its steps
     * @param beyond what to do when repetition makes it too much
     */
    void charge(int limit, @Nullable BigDecimal amount, long steps, Runnable beyond) {
        Charge charge = new Charge(limit, steps, amount == null ? ANY : amount, beyond);
        charges.add(charge);
        used[limit] = used[limit].add(charge.amount);
    }

    int charges() {
        return charges.size();
    }

    /** Takes back what was charged since there were so many charges. */
    void uncharge(int mark) {
        while (charges.size() > mark) {
            Charge last = charges.removeLast();
            used[last.limit] = used[last.limit].subtract(last.amount);
        }
    }

    /** What was charged since there were so many charges happens any number of times. */
    void anyTimes(int mark) {
        for (Charge each : charges.subList(mark, charges.size())) {
            times(each, Outline.UNBOUNDED);
        }
    }

    /** What was charged since that many steps happens so many times. */
    void repeated(long stepsMark, long times) {
        for (int i = charges.size() - 1; i >= 0 && charges.get(i).at >= stepsMark; i--) {
            times(charges.get(i), times);
        }
    }

    private void times(Charge charge, long times) {
        BigDecimal more = times >= Outline.UNBOUNDED
                ? charge.amount.signum() == 0 ? BigDecimal.ZERO : ANY
                : charge.amount.multiply(BigDecimal.valueOf(times)).min(ANY);
        used[charge.limit] = used[charge.limit].subtract(charge.amount).add(more);
        charge.amount = more;
        if (used[charge.limit].compareTo(policy.limits().get(charge.limit).most()) > 0) {
            charge.beyond.run();
        }
    }
}
