package telos.tools.report;

import java.util.Objects;

/**
 * One of Telos's own agents.
 *
 * @param state such as {@code running}, {@code waiting} or {@code done}
 * @param steps tool calls so far
 * @param tokens read and written so far
 */
public record AgentRow(long id, String name, String state, int steps, long tokens) {
    public AgentRow {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }
}
