package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.Arrays;
import telos.kernel.security.Label;

/** What one run took of each limit. */
public final class Tally implements Spending {
    private final BigDecimal[] used;
    private final Label[] labels;

    Tally(int limits) {
        used = new BigDecimal[limits];
        labels = new Label[limits];
        Arrays.fill(used, BigDecimal.ZERO);
        Arrays.fill(labels, Label.BOTTOM);
    }

    @Override
    public BigDecimal used(int limit) {
        return used[limit];
    }

    @Override
    public Label label(int limit) {
        return labels[limit];
    }

    void add(int limit, BigDecimal amount, Label label) {
        used[limit] = used[limit].add(amount);
        raise(limit, label);
    }

    /** Such a label decides what is or is not taken of it. */
    public void raise(int limit, Label label) {
        labels[limit] = labels[limit].join(label);
    }
}
