package telos.tools.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code largest}.
 *
 * @param rows the largest first
 * @param where the folder as it was asked for
 * @param cutWhy why the search ended before all was seen
 */
public record LargestFiles(List<Row> rows, String where, Optional<String> cutWhy) implements Report {

    /** One file. */
    public record Row(long bytes, String path) {
        public Row {
            Objects.requireNonNull(path, "path");
        }
    }

    public LargestFiles {
        rows = List.copyOf(rows);
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(cutWhy, "cutWhy");
    }

    @Override
    public boolean cut() {
        return cutWhy.isPresent();
    }

    @Override
    public String render() {
        List<String> lines = rows.isEmpty()
                ? List.of(Rows.nothing(where))
                : rows.stream()
                        .map(row -> Units.bytes(row.bytes()) + " " + Printable.name(row.path()))
                        .toList();
        return Rows.join(lines, cutWhy);
    }
}
