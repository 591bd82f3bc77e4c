package telos.kernel.security.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a decision fell, in one sentence that holds no value. */
final class Reasons {
    private Reasons() {}

    /** @param culprit the rule or limit that denies; null where no rule permits */
    static String denied(RuleSet set, Evaluation evaluation, Call call, @Nullable Place culprit) {
        String tool = call.tool();
        for (Limit each : set.limits) {
            if (each.place().equals(culprit)) {
                return "a call of " + tool + " would be more than the limit of " + each + " (" + culprit + ")";
            }
        }
        for (RuleSet.Ready each : set.rules) {
            if (each.rule().place().equals(culprit)) {
                return tool + " is forbidden by the rule at " + culprit
                        + each.rule().because().map(why -> ": " + why).orElse("");
            }
        }
        for (RuleSet.Ready each : set.rules) {
            if (each.rule().effect() == Effect.PERMIT) {
                Condition wanting = wanting(evaluation, each.condition());
                return "no rule permits this call of " + tool + "; the one at "
                        + each.rule().place() + " asks that "
                        + Wording.wanting(wanting, call, evaluation.looked());
            }
        }
        return "no rule permits " + tool;
    }

    /** The first part that does not hold. */
    static Condition wanting(Evaluation evaluation, Condition condition) {
        if (condition instanceof Condition.All(List<Condition> parts)) {
            for (Condition each : parts) {
                if (evaluation.truth(each) != Truth.YES) {
                    return wanting(evaluation, each);
                }
            }
        }
        return condition;
    }

    static Question question(RuleSet set, Call call, Place place) {
        for (RuleSet.Ready each : set.rules) {
            PolicyRule rule = each.rule();
            if (rule.place().equals(place)) {
                List<Question.Fact> facts = new ArrayList<>();
                for (String argument : call.arguments()) {
                    facts.add(new Question.Fact(argument, call.label(argument)));
                }
                String why = rule.because()
                        .orElseGet(() -> rule.when() instanceof Condition.Always
                                ? "every call of " + call.tool() + " asks a person"
                                : "a person is asked when " + Wording.of(rule.condition()));
                return new Question(call.tool(), why, place, call.context(), facts);
            }
        }
        throw new IllegalArgumentException("no rule at " + place);
    }
}
