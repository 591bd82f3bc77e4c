package telos.tools.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code head} and {@code tail}: the lines of a text file, in the file's order.
 *
 * @param cutWhy why less is shown than was asked for; a file that is shorter is not cut
 */
public record FileLines(List<String> lines, Optional<String> cutWhy) implements Report {
    public FileLines {
        lines = List.copyOf(lines);
        Objects.requireNonNull(cutWhy, "cutWhy");
    }

    @Override
    public boolean cut() {
        return cutWhy.isPresent();
    }

    @Override
    public String render() {
        List<String> shown = lines.isEmpty()
                ? List.of("the file is empty")
                : lines.stream().map(Printable::line).toList();
        return Rows.join(shown, cutWhy);
    }
}
