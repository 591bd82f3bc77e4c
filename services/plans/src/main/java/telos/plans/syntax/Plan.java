package telos.plans.syntax;

import java.util.List;

/** A whole plan: its statements, and the source that every {@link Position} points into. */
public record Plan(List<Statement> body, String source) {
    public Plan {
        body = List.copyOf(body);
    }
}
