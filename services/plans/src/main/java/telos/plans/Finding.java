package telos.plans;

import java.util.List;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;

/**
 * A call that may be denied.
 *
 * @param argument the argument, or {@code call} for the decision to call at all
 * @param why one sentence that holds no value
 * @param chain the call, and before it, last first, the calls whose results may have brought the label
 */
public record Finding(Position position, String tool, String argument, Label label, String why, List<Link> chain) {
    public Finding {
        chain = List.copyOf(chain);
    }

    /** One place that a label passed. */
    public record Link(Position position, String what) {}
}
