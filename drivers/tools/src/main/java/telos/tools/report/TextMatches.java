package telos.tools.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code search}.
 *
 * @param where the folder or file as it was asked for
 * @param cutWhy why the search ended before all was seen
 */
public record TextMatches(List<Row> rows, String where, Optional<String> cutWhy) implements Report {

    /** One line that holds the text; {@code line} counts from 1. */
    public record Row(String path, long line, String text) {
        public Row {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(text, "text");
        }
    }

    public TextMatches {
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
                        .map(row -> Printable.name(row.path()) + ":" + row.line() + ": "
                                + Printable.line(row.text().strip()))
                        .toList();
        return Rows.join(lines, cutWhy);
    }
}
