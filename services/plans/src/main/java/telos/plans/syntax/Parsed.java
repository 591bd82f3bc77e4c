package telos.plans.syntax;

/** What became of a plan's source. */
public sealed interface Parsed {
    record Accepted(Plan plan) implements Parsed {}

    record Refused(SyntaxFault fault) implements Parsed {}
}
