package telos.plans;

import java.util.Optional;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Tally;

/**
 * How a run ended, and who may be told.
 *
 * @param label of all that decided that the run ended here and so; the texts in the outcome may demand more
 * @param taken of the limits of the world's policy, if it has one
 */
public record Ending(Outcome outcome, Label label, Optional<Tally> taken) {
    Ending(Outcome outcome, Label label) {
        this(outcome, label, Optional.empty());
    }
}
