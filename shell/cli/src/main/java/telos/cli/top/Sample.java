package telos.cli.top;

import java.util.List;

/**
 * The daemon at one moment.
 *
 * @param title lines about the daemon as a whole
 * @param trouble why there is nothing newer to see; empty if all is well
 */
public record Sample(List<String> title, List<Row> rows, String trouble) {
    public static final Sample NONE = new Sample(List.of(), List.of(), "");

    public Sample {
        title = List.copyOf(title);
        rows = List.copyOf(rows);
    }

    /** The same, but out of date for a reason. */
    public Sample but(String why) {
        return new Sample(title, rows, why);
    }
}
