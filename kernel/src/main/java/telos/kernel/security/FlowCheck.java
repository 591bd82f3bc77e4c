package telos.kernel.security;

import java.util.function.Function;

/**
 * Holds a label against the rule of a sink. The reason of a denial names the sink, the argument, the label and its
 * sources, and no principal that came out of an argument, for those are values.
 */
public final class FlowCheck {
    /** The rule's name for the context of a call: what decided that it happens. */
    public static final String CALL = "call";

    private FlowCheck() {}

    /**
     * Whether a value of that label may become that argument.
     *
     * @param label of the argument, joined with the context of the call and, where the rule names another argument, with
     *     that argument's label
     * @param named whom an argument of the call names; asked only for {@link Audience.NamedBy}
     */
    public static Verdict check(String sink, String argument, Label label, Rule rule, Function<String, Readers> named) {
        if (label.isBottom()) {
            return Verdict.ALLOWED;
        }
        if (!label.integrity().atLeast(rule.atLeast())) {
            return new Verdict.Denied(
                    sink,
                    argument,
                    subject(sink, argument) + " must be " + rule.atLeast().word() + ", and is "
                            + label.integrity().word() + " (from " + label.sources() + ")");
        }
        return switch (rule.audience()) {
            case Audience.Unasked _ -> Verdict.ALLOWED;
            case Audience.Exactly(Readers told) ->
                label.readers().containsAll(told)
                        ? Verdict.ALLOWED
                        : told(sink, argument, label, "would be told to " + told);
            case Audience.NamedBy(String other) ->
                label.readers().containsAll(named.apply(other))
                        ? Verdict.ALLOWED
                        : told(sink, argument, label, "would be told to whom '" + other + "' names");
        };
    }

    /** An effect without any rule, or a sink that nobody declared. */
    public static Verdict unruled(String sink) {
        return new Verdict.Denied(sink, CALL, sink + " has effects and no rule allows it");
    }

    private static Verdict told(String sink, String argument, Label label, String told) {
        return new Verdict.Denied(
                sink,
                argument,
                subject(sink, argument) + " " + told + ", and may be read by " + label.readers() + " only (from "
                        + label.sources() + ")");
    }

    private static String subject(String sink, String argument) {
        return argument.equals(CALL) ? "the decision to call " + sink : "argument '" + argument + "' of " + sink;
    }
}
