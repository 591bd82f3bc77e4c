package telos.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joins rows into the text of a report. */
final class Rows {
    private Rows() {}

    /** The rows, then {@code (cut: why)} if the report was cut. */
    static String join(List<String> rows, Optional<String> cut) {
        if (cut.isEmpty()) {
            return String.join("\n", rows);
        }
        List<String> all = new ArrayList<>(rows);
        all.add("(cut: " + cut.get() + ")");
        return String.join("\n", all);
    }

    /** The line for an empty result: {@code nothing found}, or {@code nothing found under WHERE}. */
    static String nothing(String where) {
        return where.isEmpty() ? "nothing found" : "nothing found under " + Printable.line(where);
    }
}
