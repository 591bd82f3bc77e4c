package telos.kernel.security.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** What was taken of each limit of a policy so far. */
public interface Spending {
    /** At most so much; null for any amount. */
    @Nullable
    BigDecimal used(int limit);

    /** Whether {@link #used} is exact; else it is the most that it can be. */
    default boolean exact() {
        return true;
    }

    /** What it depends on. */
    Label label(int limit);
}
