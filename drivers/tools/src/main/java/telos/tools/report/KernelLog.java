package telos.tools.report;

import java.util.List;

/** The result of {@code kernel_log}: the newest lines, oldest first. */
public record KernelLog(List<String> lines) implements Report {
    public KernelLog {
        lines = List.copyOf(lines);
    }

    @Override
    public String render() {
        return lines.isEmpty()
                ? Rows.nothing("")
                : String.join("\n", lines.stream().map(Printable::line).toList());
    }
}
