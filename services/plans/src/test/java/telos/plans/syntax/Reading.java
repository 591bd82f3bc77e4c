package telos.plans.syntax;

import java.util.List;

/** How the tests read sources. */
final class Reading {
    private Reading() {}

    static List<Statement> accepted(String source) {
        return switch (PlanParser.parse(source)) {
            case Parsed.Accepted(Plan plan) -> plan.body();
            case Parsed.Refused(SyntaxFault fault) -> throw new AssertionError(fault.describe() + "\n" + source);
        };
    }

    static String dumped(String source) {
        return Dump.of(accepted(source));
    }

    /** The only expression of a source. */
    static String expression(String source) {
        String dump = dumped(source);
        return dump.substring("(body (expr ".length(), dump.length() - 2);
    }

    static SyntaxFault refused(String source) {
        return switch (PlanParser.parse(source)) {
            case Parsed.Accepted(Plan plan) -> throw new AssertionError("accepted as " + Dump.of(plan.body()));
            case Parsed.Refused(SyntaxFault fault) -> fault;
        };
    }
}
