package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;

/** Conditions in words, as a policy would write them, and what they lack of a label. */
public final class Wording {
    private Wording() {}

    public static String of(Condition condition) {
        return switch (condition) {
            case Condition.Always _ -> "always";
            case Condition.All(List<Condition> parts) -> joined(parts, " and ");
            case Condition.Any(List<Condition> parts) -> joined(parts, " or ");
            case Condition.Not(Condition part) ->
                part instanceof Condition.All || part instanceof Condition.Any
                        ? "not (" + of(part) + ")"
                        : "not " + of(part);
            case Condition.Trusted(Subject subject, Integrity atLeast) ->
                of(subject) + " is " + (atLeast == Integrity.USER ? "from the user" : atLeast.word());
            case Condition.ReadableBy(Subject subject, Told by) -> of(subject) + " may be read by " + of(by);
            case Condition.Tested(Reading reading, Check check) -> reading + " " + of(check);
        };
    }

    private static String joined(List<Condition> parts, String by) {
        return parts.stream()
                .map(each -> each instanceof Condition.All || each instanceof Condition.Any
                        ? "(" + of(each) + ")"
                        : of(each))
                .collect(Collectors.joining(by));
    }

    static String of(Subject subject) {
        return switch (subject) {
            case Subject.Argument(String name) -> name;
            case Subject.TheCall _ -> "call";
            case Subject.EveryArgument _ -> "everything";
        };
    }

    static String of(Told told) {
        List<String> named =
                told.namedBy().stream().map(each -> "whom " + each + " names").toList();
        if (told.readers().everyone()) {
            return "everyone";
        }
        if (named.isEmpty()) {
            return told.readers().toString();
        }
        String all = String.join(" and ", named);
        return told.readers().principals().isEmpty() ? all : told.readers() + " and " + all;
    }

    static String of(Check check) {
        return switch (check) {
            case Check.Compared(Check.Order order, BigDecimal with) -> order.sign() + " " + with.toPlainString();
            case Check.OneOf(List<Term> values) ->
                values.size() == 1
                        ? "is " + of(values.getFirst())
                        : "is one of " + values.stream().map(Wording::of).collect(Collectors.joining(", "));
            case Check.Starts(String with) -> "starts with " + quoted(with);
            case Check.Ends(String with) -> "ends with " + quoted(with);
            case Check.Contains(String text) -> "contains " + quoted(text);
            case Check.Under(List<String> folders) ->
                "is under " + folders.stream().map(Wording::quoted).collect(Collectors.joining(", "));
            case Check.Matches matches -> "matches " + quoted(matches.pattern());
            case Check.Given _ -> "is given";
        };
    }

    static String of(Term term) {
        return switch (term) {
            case Term.Text(String text) -> quoted(text);
            case Term.Quantity(BigDecimal number) -> number.toPlainString();
            case Term.Truth(boolean truth) -> Boolean.toString(truth);
            case Term.Items(List<Term> values) ->
                values.stream().map(Wording::of).collect(Collectors.joining(", ", "[", "]"));
            case Term.Nothing _ -> "null";
            case Term.Other _ -> "an object";
            case Term.Unknown _ -> "a value that is not told";
        };
    }

    /** A text as a policy writes it. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (each < ' ' || (each >= 0x7f && each < 0xa0) || isDirection(each)) {
                        quoted.append(String.format("\\u%04x", (int) each));
                    } else {
                        quoted.append(each);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Marks that turn the direction of writing, so that a text looks like another. */
    private static boolean isDirection(char each) {
        return (each >= 0x202a && each <= 0x202e)
                || (each >= 0x2066 && each <= 0x2069)
                || each == 0x200e
                || each == 0x200f;
    }

    /** What is wanting, said of labels and never of values. */
    static String wanting(Condition condition, Call call, Label looked) {
        return switch (condition) {
            case Condition.Trusted trusted ->
                of(condition) + ", and "
                        + label(trusted.subject(), call, looked).integrity().word() + " it is"
                        + from(trusted.subject(), call, looked);
            case Condition.ReadableBy readable ->
                of(condition) + ", and only "
                        + label(readable.subject(), call, looked).readers() + " may"
                        + from(readable.subject(), call, looked);
            default -> of(condition);
        };
    }

    private static String from(Subject subject, Call call, Label looked) {
        return " (from " + label(subject, call, looked).sources() + ")";
    }

    private static Label label(Subject subject, Call call, Label looked) {
        Label label = call.context().join(looked);
        return switch (subject) {
            case Subject.TheCall _ -> label;
            case Subject.Argument(String name) -> label.join(call.label(name));
            case Subject.EveryArgument _ -> {
                for (String each : call.arguments()) {
                    label = label.join(call.label(each));
                }
                yield label;
            }
        };
    }
}
