package telos.kernel.security.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/**
 * What a policy says of a call, rule by rule, to somebody who may not read everything. It is made from the labels and from
 * the values that this reader may read, and from nothing else; so two calls that differ in other values are explained alike.
 *
 * @param outcome empty where it depends on what the reader may not read
 * @param dependsOn the arguments and limits that the reader may not read and that may decide
 */
public record Explanation(
        String tool,
        Label context,
        List<Shown> arguments,
        List<Step> steps,
        Optional<Outcomes.Kind> outcome,
        List<String> dependsOn) {
    /** An argument: its label, and its value for whoever may read it. */
    public record Shown(String name, Label label, Optional<Term> value) {}

    /** What a rule or a limit comes to. */
    public enum State {
        /** It fits the call. */
        FITS,
        FITS_NOT,
        /** Its condition says nothing of such values: a forbid and an ask fit then, a permit does not. */
        VOID,
        /** It depends on what the reader may not read. */
        HIDDEN
    }

    /** One rule or limit, in the order in which they are asked. */
    public record Step(String what, Place place, State state, String why) {}

    public Explanation {
        arguments = List.copyOf(arguments);
        steps = List.copyOf(steps);
        dependsOn = List.copyOf(dependsOn);
    }

    public static Explanation of(Policy policy, Call call, Spending spending, Readers reader) {
        Evaluation.Sight sight = label -> label.readers().containsAll(reader);
        RuleSet set = policy.rulesFor(call.tool());
        List<String> hidden = new ArrayList<>();
        for (String each : set.reads) {
            if (!sight.sees(call.label(each))) {
                hidden.add(each);
            }
        }
        for (int i = 0; i < set.limits.size(); i++) {
            if (!sight.sees(spending.label(set.indices[i]))) {
                hidden.add("what was used of the limit at " + set.limits.get(i).place());
            }
        }
        Evaluation evaluation;
        Optional<Outcomes.Kind> outcome;
        if (hidden.isEmpty()) {
            Decision decision = policy.decide(call, spending);
            evaluation = new Evaluation(call, spending, sight, decision.label(), decision.label());
            outcome = Outcomes.of(set, evaluation).certain();
        } else {
            evaluation =
                    new Evaluation(call, spending, sight, Label.BOTTOM, set.looksAtMost(call, spending, _ -> true));
            outcome = Outcomes.of(set, evaluation).certain();
        }
        List<Shown> shown = new ArrayList<>();
        for (String each : call.arguments()) {
            Label label = call.label(each);
            shown.add(new Shown(each, label, sight.sees(label) ? Optional.of(call.value(each)) : Optional.empty()));
        }
        return new Explanation(
                call.tool(),
                call.context(),
                shown,
                steps(set, evaluation, call),
                outcome,
                outcome.isPresent() ? List.of() : hidden);
    }

    private static List<Step> steps(RuleSet set, Evaluation evaluation, Call call) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < set.limits.size(); i++) {
            Limit limit = set.limits.get(i);
            State state = state(evaluation.exceeded(limit, set.indices[i]));
            steps.add(new Step(
                    "limit",
                    limit.place(),
                    state,
                    switch (state) {
                        case FITS -> "this would be more than " + limit;
                        case FITS_NOT -> "within " + limit;
                        case VOID -> "what it adds up is not a number of 0 or more";
                        case HIDDEN -> "whether it is within " + limit + " depends on what you may not read";
                    }));
        }
        for (RuleSet.Ready each : set.rules) {
            State state = state(evaluation.truth(each.condition()));
            steps.add(new Step(
                    each.rule().effect().word(), each.rule().place(), state, why(each, state, evaluation, call)));
        }
        return steps;
    }

    private static String why(RuleSet.Ready ready, State state, Evaluation evaluation, Call call) {
        Condition condition = ready.condition();
        return switch (state) {
            case FITS -> condition instanceof Condition.Always ? "it is for every call" : Wording.of(condition);
            case FITS_NOT, VOID ->
                (state == State.VOID ? "says nothing of such values: " : "asks that ")
                        + Wording.wanting(Reasons.wanting(evaluation, condition), call, evaluation.looked());
            case HIDDEN -> "depends on what you may not read: " + Wording.of(condition);
        };
    }

    private static State state(int truth) {
        return switch (truth) {
            case Truth.YES -> State.FITS;
            case Truth.NO -> State.FITS_NOT;
            case Truth.VOID -> State.VOID;
            default -> State.HIDDEN;
        };
    }
}
