package telos.plans.planner;

import telos.plans.Checked;
import telos.plans.syntax.Plan;

/** What came of asking for a plan. */
public sealed interface Planned {
    /** How often the model was asked. */
    int attempts();

    /** It can be read and run; which of its calls may be denied is in {@code checked}. */
    record Written(Plan plan, Checked checked, int attempts) implements Planned {}

    /** No plan that can be run, and why; {@code last} is what the model wrote last, shortened, and empty if it said nothing. */
    record Failed(String why, String last, int attempts) implements Planned {}
}
