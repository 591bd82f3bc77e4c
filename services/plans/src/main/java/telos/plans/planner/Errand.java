package telos.plans.planner;

import java.util.Optional;
import java.util.function.Predicate;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Tally;
import telos.plans.Ending;
import telos.plans.Limits;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.World;

/**
 * A request, carried out: a plan is written, shown, checked and run. Where it came to nothing another may be written, if all
 * that decided this may be known to those who read what the planner is shown, and if nothing outside can have been changed yet. The next
 * plan then runs under the label of that outcome, and has what is left of the limits of the world's policy: all of them are one run.
 */
public final class Errand {
    private final Planner planner;
    private final World world;
    private final Limits limits;
    private final Label reader;
    private final int most;

    /**
     * @param reader what may be shown to the planner: trusted, and readable by the user and whoever runs the model
     * @param most how often a plan may be written anew after one was run
     */
    public Errand(Planner planner, World world, Limits limits, Label reader, int most) {
        this.planner = planner;
        this.world = world;
        this.limits = limits;
        this.reader = reader;
        this.most = most;
    }

    /**
     * What came of it.
     *
     * @param planned the last plan
     * @param outcome of the last plan that was run; empty if none was
     * @param replans how often another plan was asked for after one was run
     */
    public record Report(Planned planned, Optional<Outcome> outcome, int replans) {}

    /**
     * Carries a request out.
     *
     * @param shown is given each plan before it runs, and says whether to go on
     */
    public Report carryOut(String request, Predicate<Planned.Written> shown, Listener listener) {
        String before = "";
        Label decided = Label.BOTTOM;
        Optional<Outcome> outcome = Optional.empty();
        Optional<Tally> taken = Optional.empty();
        for (int replans = 0; ; replans++) {
            Planned planned = planner.plan(request, before, decided);
            if (!(planned instanceof Planned.Written written) || !shown.test(written)) {
                return new Report(planned, outcome, replans);
            }
            Witness witness = new Witness(listener);
            Ending ending = Plans.end(written.plan(), world, witness, limits, decided, taken);
            outcome = Optional.of(ending.outcome());
            taken = ending.taken();
            if (replans == most
                    || !ending.label().flowsInto(reader)
                    || Aftermath.mayHaveChanged(written.plan(), world, ending.outcome())) {
                return new Report(planned, outcome, replans);
            }
            decided = decided.join(ending.label());
            before = Redaction.of(written.plan(), ending.outcome(), witness, world);
        }
    }
}
