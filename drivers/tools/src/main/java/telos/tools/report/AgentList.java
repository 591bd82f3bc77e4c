package telos.tools.report;

import java.util.ArrayList;
import java.util.List;

/** The result of {@code agents}. */
public record AgentList(List<AgentRow> rows) implements Report {
    public AgentList {
        rows = List.copyOf(rows);
    }

    @Override
    public String render() {
        if (rows.isEmpty()) {
            return Rows.nothing("");
        }
        List<String> lines = new ArrayList<>();
        lines.add("ID NAME STATE STEPS TOKENS");
        for (AgentRow row : rows) {
            lines.add(row.id() + " " + Printable.name(row.name()) + " " + Printable.name(row.state()) + " "
                    + row.steps() + " " + row.tokens());
        }
        return String.join("\n", lines);
    }
}
