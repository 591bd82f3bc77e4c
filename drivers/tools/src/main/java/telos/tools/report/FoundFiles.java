package telos.tools.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code find}: one path per line.
 *
 * @param where the folder as it was asked for
 * @param cutWhy why the search ended before all was seen
 */
public record FoundFiles(List<String> paths, String where, Optional<String> cutWhy) implements Report {
    public FoundFiles {
        paths = List.copyOf(paths);
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(cutWhy, "cutWhy");
    }

    @Override
    public boolean cut() {
        return cutWhy.isPresent();
    }

    @Override
    public String render() {
        List<String> lines = paths.isEmpty()
                ? List.of(Rows.nothing(where))
                : paths.stream().map(Printable::name).toList();
        return Rows.join(lines, cutWhy);
    }
}
