package telos.bench.injection;

import java.time.Duration;
import telos.plans.Limits;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.World;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.SyntaxFault;

/** Runs one plan in one world. */
final class Trial {
    private static final Limits LIMITS = new Limits(5_000_000, 256L << 20, 50, Duration.ofSeconds(30));

    private Trial() {}

    /** Why the plan did not run to its end; empty if it did. */
    static String run(String plan, World world) {
        return switch (PlanParser.parse(plan)) {
            case Parsed.Refused(SyntaxFault fault) -> fault.describe();
            case Parsed.Accepted(Plan parsed) ->
                switch (Plans.run(parsed, world, Listener.DEAF, LIMITS)) {
                    case Outcome.Ok _ -> "";
                    case Outcome.Denied denied -> "denied at " + denied.position() + ": " + denied.reason();
                    case Outcome.Failed failed ->
                        failed.type() + ": " + failed.message()
                                + failed.position()
                                        .map(position -> " at " + position)
                                        .orElse("");
                    case Outcome.Spent spent -> spent.message();
                    case Outcome.Lost lost -> lost.why();
                    case Outcome.Refused refused -> refused.message() + " at " + refused.position();
                };
        };
    }
}
