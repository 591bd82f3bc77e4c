package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.Arrays;
import telos.kernel.security.Label;

/** What one run took of each limit; a run that is the next attempt at the same request goes on from what the one before took. */
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

    /** What another run took, which counted by the same policy, is taken here as well. */
    public void resume(Tally before) {
        for (int i = 0; i < used.length; i++) {
            add(i, before.used[i], before.labels[i]);
        }
    }

    /** The same where somebody else decides, and may have taken less. */
    public Spending atMost() {
        return new Spending() {
            @Override
            public BigDecimal used(int limit) {
                return used[limit];
            }

            @Override
            public boolean exact() {
                return false;
            }

            @Override
            public Label label(int limit) {
                return labels[limit];
            }
        };
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
