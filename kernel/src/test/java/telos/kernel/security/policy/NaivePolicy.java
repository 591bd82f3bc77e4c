package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/** What a policy says, straight from its definition: three truths, all rules, no index, no order of asking. */
final class NaivePolicy {
    private NaivePolicy() {}

    /** Given what the decision looks at. */
    static Outcomes.Kind decide(Policy policy, KnownCall call, Tally tally, Label looked) {
        Label context = call.context().join(looked);
        for (int i = 0; i < policy.limits().size(); i++) {
            Limit limit = policy.limits().get(i);
            if (fits(limit.tools(), call.tool())) {
                BigDecimal charge = BigDecimal.ONE;
                if (limit.summed().isPresent()) {
                    if (!(call.value(limit.summed().get()) instanceof Term.Quantity(BigDecimal number))
                            || number.signum() < 0) {
                        return Outcomes.Kind.DENY;
                    }
                    charge = number;
                }
                if (tally.used(i).add(charge).compareTo(limit.most()) > 0) {
                    return Outcomes.Kind.DENY;
                }
            }
        }
        if (any(policy, Effect.FORBID, call, context)) {
            return Outcomes.Kind.DENY;
        }
        if (any(policy, Effect.ASK, call, context)) {
            return Outcomes.Kind.ASK;
        }
        return any(policy, Effect.PERMIT, call, context) ? Outcomes.Kind.PERMIT : Outcomes.Kind.DENY;
    }

    private static boolean any(Policy policy, Effect effect, KnownCall call, Label context) {
        return policy.rules().stream().anyMatch(rule -> {
            if (rule.effect() != effect || !fits(rule.tools(), call.tool())) {
                return false;
            }
            Optional<Boolean> when = holds(rule.when(), call, context);
            Optional<Boolean> unless =
                    rule.unless().map(each -> holds(each, call, context)).orElse(Optional.of(false));
            Optional<Boolean> both = and(when, unless.map(each -> !each));
            return both.orElse(effect != Effect.PERMIT);
        });
    }

    private static boolean fits(List<ToolPattern> tools, String tool) {
        return tools.stream().anyMatch(each -> tool.matches(each.text().replace("*", ".*")));
    }

    private static Optional<Boolean> and(Optional<Boolean> a, Optional<Boolean> b) {
        if (a.equals(Optional.of(false)) || b.equals(Optional.of(false))) {
            return Optional.of(false);
        }
        return a.isEmpty() || b.isEmpty() ? Optional.empty() : Optional.of(true);
    }

    private static Optional<Boolean> holds(Condition condition, KnownCall call, Label context) {
        return switch (condition) {
            case Condition.Always _ -> Optional.of(true);
            case Condition.All(List<Condition> parts) ->
                parts.stream().map(each -> holds(each, call, context)).reduce(Optional.of(true), NaivePolicy::and);
            case Condition.Any(List<Condition> parts) ->
                parts.stream()
                        .map(each -> holds(each, call, context).map(truth -> !truth))
                        .reduce(Optional.of(true), NaivePolicy::and)
                        .map(truth -> !truth);
            case Condition.Not(Condition part) -> holds(part, call, context).map(truth -> !truth);
            case Condition.Trusted(Subject subject, Integrity atLeast) ->
                Optional.of(label(subject, call, context).integrity().atLeast(atLeast));
            case Condition.ReadableBy(Subject subject, Told by) -> {
                Readers readers = label(subject, call, context).readers();
                boolean all = readers.containsAll(by.readers());
                for (String each : by.namedBy()) {
                    all &= readers.containsAll(Told.names(call.value(each)));
                }
                yield Optional.of(all);
            }
            case Condition.Tested(Reading reading, Check check) -> {
                Term value = call.value(reading.argument());
                if (reading.of() == Reading.Of.IT || !(value instanceof Term.Items(List<Term> elements))) {
                    yield tested(reading.of(value), check);
                }
                boolean each = reading.of() == Reading.Of.EACH;
                yield elements.stream()
                        .map(one -> tested(reading.of(one), check).map(truth -> truth == each))
                        .reduce(Optional.of(true), NaivePolicy::and)
                        .map(truth -> truth == each);
            }
        };
    }

    private static Label label(Subject subject, KnownCall call, Label context) {
        return switch (subject) {
            case Subject.TheCall _ -> context;
            case Subject.Argument(String name) -> context.join(call.label(name));
            case Subject.EveryArgument _ ->
                call.arguments().stream().map(call::label).reduce(context, Label::join);
        };
    }

    private static Optional<Boolean> tested(Term value, Check check) {
        return switch (check) {
            case Check.Given _ -> Optional.of(!value.equals(Term.NOTHING));
            case Check.Compared(Check.Order order, BigDecimal with) ->
                value instanceof Term.Quantity(BigDecimal number)
                        ? Optional.of(order.holds(number.compareTo(with)))
                        : Optional.empty();
            case Check.OneOf(List<Term> values) -> {
                if (values.contains(value)) {
                    yield Optional.of(true);
                }
                yield values.stream().anyMatch(each -> each.getClass() == value.getClass())
                        ? Optional.of(false)
                        : Optional.empty();
            }
            case Check.Starts(String with) -> text(value).map(text -> text.startsWith(with));
            case Check.Ends(String with) -> text(value).map(text -> text.endsWith(with));
            case Check.Contains(String text) ->
                value instanceof Term.Items(List<Term> values)
                        ? Optional.of(values.contains(new Term.Text(text)))
                        : text(value).map(whole -> whole.contains(text));
            case Check.Matches matches -> text(value).map(text -> matches.test().test(text));
            case Check.Under _ -> throw new IllegalStateException();
        };
    }

    private static Optional<String> text(Term value) {
        return value instanceof Term.Text(String text) ? Optional.of(text) : Optional.empty();
    }
}
