package telos.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The result of {@code sockets}. */
public record SocketList(List<SocketRow> rows, Optional<String> cutWhy) implements Report {
    public SocketList {
        rows = List.copyOf(rows);
        Objects.requireNonNull(cutWhy, "cutWhy");
    }

    @Override
    public boolean cut() {
        return cutWhy.isPresent();
    }

    @Override
    public String render() {
        if (rows.isEmpty()) {
            return Rows.join(List.of(Rows.nothing("")), cutWhy);
        }
        List<String> lines = new ArrayList<>();
        lines.add("PROTO LOCAL REMOTE STATE PROCESS");
        for (SocketRow row : rows) {
            lines.add(String.join(
                    " ", row.protocol(), row.local(), row.remote(), row.state(), Printable.name(row.process())));
        }
        return Rows.join(lines, cutWhy);
    }
}
