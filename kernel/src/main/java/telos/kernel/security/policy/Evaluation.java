package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/**
 * What conditions come to for one call. Where the call is known in part, or values are left hidden, each comes to the set of
 * all that it may come to; nothing that is so is ever left out of the set.
 */
final class Evaluation {
    /** Which values it may look at. */
    interface Sight {
        boolean sees(Label label);
    }

    static final Sight ALL = _ -> true;

    private final Call call;
    private final Spending spending;
    private final Sight sight;
    /** What was looked at, at least and at most. It joins the label of whatever flows. */
    private final Label least;

    private final Label most;
    private final Label context;
    private @Nullable Readers named;
    private @Nullable String namedBy;

    Evaluation(Call call, Spending spending, Sight sight, Label least, Label most) {
        this.call = call;
        this.spending = spending;
        this.sight = sight;
        this.least = least;
        this.most = most;
        this.context = call.context();
    }

    /** What was looked at, at most. */
    Label looked() {
        return most;
    }

    boolean hides(String argument) {
        return !sight.sees(call.label(argument));
    }

    /** What a rule looks at of what is hidden. */
    Label looks(RuleSet.Ready rule) {
        return rule.looks(call, this::hides);
    }

    /** What a limit looks at of what is hidden. */
    Label looks(Limit limit, int index) {
        Label label = spending.label(index);
        String summed = limit.summed().orElse(null);
        return summed != null && hides(summed) ? label.join(call.label(summed)) : label;
    }

    private Term value(String argument) {
        return hides(argument) ? Term.UNKNOWN : call.value(argument);
    }

    /** What became of a limit: {@code YES} where this call is more than is left, {@code VOID} where nobody can say. */
    int exceeded(Limit limit, int index) {
        if (!sight.sees(spending.label(index))) {
            return Truth.EITHER;
        }
        Term charge = limit.summed().isPresent() && hides(limit.summed().get()) ? Term.UNKNOWN : limit.charge(call);
        BigDecimal used = spending.used(index);
        return switch (charge) {
            case Term.Quantity(BigDecimal amount) -> {
                boolean more = used == null || used.add(amount).compareTo(limit.most()) > 0;
                yield more && !spending.exact() ? Truth.EITHER : Truth.of(more);
            }
            case Term.Unknown _ -> Truth.ANY;
            case Term.Text _, Term.Truth _, Term.Items _, Term.Nothing _, Term.Other _ -> Truth.VOID;
        };
    }

    int truth(Condition condition) {
        return switch (condition) {
            case Condition.Tested(Reading reading, Check check) -> tested(reading, check);
            case Condition.Trusted(Subject subject, Integrity atLeast) -> trusted(subject, atLeast);
            case Condition.ReadableBy(Subject subject, Told by) -> readable(subject, by);
            case Condition.All(List<Condition> parts) -> {
                int all = Truth.YES;
                for (int i = 0; i < parts.size() && all != Truth.NO; i++) {
                    all = Truth.and(all, truth(parts.get(i)));
                }
                yield all;
            }
            case Condition.Any(List<Condition> parts) -> {
                int any = Truth.NO;
                for (int i = 0; i < parts.size() && any != Truth.YES; i++) {
                    any = Truth.or(any, truth(parts.get(i)));
                }
                yield any;
            }
            case Condition.Not(Condition part) -> Truth.not(truth(part));
            case Condition.Always _ -> Truth.YES;
        };
    }

    // Labels. The label that flows is that of the subject, of the context, and of what was looked at.

    private int trusted(Subject subject, Integrity atLeast) {
        return switch (subject) {
            case Subject.TheCall _ -> trusted(Label.BOTTOM, atLeast);
            case Subject.Argument(String name) -> trusted(call.label(name), atLeast);
            case Subject.EveryArgument _ -> {
                int all = trusted(Label.BOTTOM, atLeast);
                for (String each : call.arguments()) {
                    all = Truth.and(all, trusted(call.label(each), atLeast));
                }
                yield all;
            }
        };
    }

    private int trusted(Label label, Integrity atLeast) {
        boolean own = label.integrity().atLeast(atLeast) && context.integrity().atLeast(atLeast);
        if (own && most.integrity().atLeast(atLeast)) {
            return Truth.YES;
        }
        boolean never = (call.exact() && !own) || !least.integrity().atLeast(atLeast);
        return never ? Truth.NO : Truth.EITHER;
    }

    private int readable(Subject subject, Told by) {
        return switch (subject) {
            case Subject.TheCall _ -> readable(Label.BOTTOM, by);
            case Subject.Argument(String name) -> readable(call.label(name), by);
            case Subject.EveryArgument _ -> {
                int all = readable(Label.BOTTOM, by);
                for (String each : call.arguments()) {
                    all = Truth.and(all, readable(call.label(each), by));
                }
                yield all;
            }
        };
    }

    private int readable(Label label, Told by) {
        int all = flows(label, by.readers());
        for (String each : by.namedBy()) {
            if (all == Truth.NO) {
                return all;
            }
            Term named = value(each);
            if (named instanceof Term.Unknown) {
                all = Truth.and(all, open(label) ? Truth.YES : Truth.EITHER);
            } else {
                all = Truth.and(all, flows(label, readers(each, named)));
            }
        }
        return all;
    }

    /** Whom an argument names; most rules ask for the same. */
    private Readers readers(String argument, Term value) {
        Readers known = named;
        if (known == null || !argument.equals(namedBy)) {
            known = Told.names(value);
            named = known;
            namedBy = argument;
        }
        return known;
    }

    private boolean open(Label label) {
        return label.readers().everyone()
                && context.readers().everyone()
                && most.readers().everyone();
    }

    private int flows(Label label, Readers told) {
        boolean own = label.readers().containsAll(told) && context.readers().containsAll(told);
        if (own && most.readers().containsAll(told)) {
            return Truth.YES;
        }
        boolean never = (call.exact() && !own) || !least.readers().containsAll(told);
        return never ? Truth.NO : Truth.EITHER;
    }

    // Values.

    private int tested(Reading reading, Check check) {
        Term value = value(reading.argument());
        if (value instanceof Term.Unknown) {
            return check instanceof Check.Given ? Truth.EITHER : Truth.ANY;
        }
        if (reading.of() == Reading.Of.IT || !(value instanceof Term.Items(List<Term> elements))) {
            return tested(reading.of(value), check);
        }
        boolean each = reading.of() == Reading.Of.EACH;
        int all = Truth.of(each);
        for (Term element : elements) {
            int one = element instanceof Term.Unknown ? Truth.ANY : tested(reading.of(element), check);
            all = each ? Truth.and(all, one) : Truth.or(all, one);
        }
        return all;
    }

    static int tested(Term value, Check check) {
        return switch (check) {
            case Check.Given _ -> Truth.of(!(value instanceof Term.Nothing));
            case Check.Compared(Check.Order order, BigDecimal with) ->
                value instanceof Term.Quantity(BigDecimal number)
                        ? Truth.of(order.holds(number.compareTo(with)))
                        : Truth.VOID;
            case Check.OneOf(List<Term> values) -> oneOf(value, values);
            case Check.Starts(String with) -> text(value, text -> text.startsWith(with));
            case Check.Ends(String with) -> text(value, text -> text.endsWith(with));
            case Check.Contains(String text) -> contains(value, text);
            case Check.Under(List<String> folders) ->
                text(value, path -> folders.stream().anyMatch(folder -> Addresses.under(path, folder)));
            case Check.Matches matches -> text(value, matches.test());
        };
    }

    private static int text(Term value, Predicate<String> test) {
        return value instanceof Term.Text(String text) ? Truth.of(test.test(text)) : Truth.VOID;
    }

    private static int contains(Term value, String text) {
        return switch (value) {
            case Term.Text(String whole) -> Truth.of(whole.contains(text));
            case Term.Items(List<Term> values) -> {
                int any = Truth.NO;
                for (Term each : values) {
                    any = Truth.or(
                            any,
                            each instanceof Term.Unknown
                                    ? Truth.EITHER
                                    : Truth.of(each instanceof Term.Text(String other) && other.equals(text)));
                }
                yield any;
            }
            case Term.Unknown _ -> Truth.ANY;
            case Term.Quantity _, Term.Truth _, Term.Nothing _, Term.Other _ -> Truth.VOID;
        };
    }

    /** Whether it is one of them; void where it is of another type than all of them, for then nothing was compared. */
    private static int oneOf(Term value, List<Term> values) {
        boolean comparable = values.isEmpty();
        for (Term each : values) {
            switch (each) {
                case Term.Text(String text) -> {
                    if (value instanceof Term.Text(String other)) {
                        comparable = true;
                        if (text.equals(other)) {
                            return Truth.YES;
                        }
                    }
                }
                case Term.Quantity(BigDecimal number) -> {
                    if (value instanceof Term.Quantity(BigDecimal other)) {
                        comparable = true;
                        if (number.compareTo(other) == 0) {
                            return Truth.YES;
                        }
                    }
                }
                case Term.Truth(boolean truth) -> {
                    if (value instanceof Term.Truth(boolean other)) {
                        comparable = true;
                        if (truth == other) {
                            return Truth.YES;
                        }
                    }
                }
                case Term.Items _, Term.Nothing _, Term.Other _, Term.Unknown _ -> {}
            }
        }
        return comparable ? Truth.NO : Truth.VOID;
    }
}
