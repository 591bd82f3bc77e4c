package telos.plans.planner;

/** What became of a prompt. */
public sealed interface Said {
    record Text(String text) implements Said {}

    /** No answer came, for a reason that is fit for a person: the model cannot be reached, or refused, or broke off. */
    record Nothing(String why) implements Said {}
}
