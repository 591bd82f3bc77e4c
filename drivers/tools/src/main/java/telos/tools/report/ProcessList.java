package telos.tools.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@code processes}.
 *
 * @param rows in the order asked for
 * @param total how many there are, those not in {@code rows} included
 */
public record ProcessList(List<ProcessRow> rows, int total) implements Report {
    public ProcessList {
        rows = List.copyOf(rows);
        if (total < rows.size()) {
            throw new IllegalArgumentException("a total of " + total + " for " + rows.size() + " rows");
        }
    }

    @Override
    public boolean cut() {
        return rows.size() < total;
    }

    @Override
    public String render() {
        if (rows.isEmpty()) {
            return Rows.nothing("");
        }
        List<String> lines = new ArrayList<>();
        lines.add("PID NAME MEMORY CPU");
        for (ProcessRow row : rows) {
            lines.add(row.pid() + " " + Printable.name(row.name()) + " " + Units.bytes(row.memoryBytes()) + " "
                    + Units.percent(row.cpuPercent()));
        }
        if (cut()) {
            lines.add("(" + rows.size() + " of " + total + ")");
        }
        return String.join("\n", lines);
    }
}
