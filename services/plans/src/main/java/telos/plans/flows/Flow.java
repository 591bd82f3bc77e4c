package telos.plans.flows;

import java.util.Comparator;

/**
 * Something that went from a source to a sink, or was not let.
 *
 * @param source what the label names, such as {@code tool read_mail}
 * @param sink a tool
 * @param argument what it became there, or {@code call} for the decision to call at all
 * @param label what it carried, in words
 * @param denied whether a rule did not let it
 */
public record Flow(String source, String sink, String argument, String label, boolean denied)
        implements Comparable<Flow> {
    private static final Comparator<Flow> ORDER = Comparator.comparing(Flow::source)
            .thenComparing(Flow::sink)
            .thenComparing(Flow::argument)
            .thenComparing(Flow::label)
            .thenComparing(Flow::denied);

    @Override
    public int compareTo(Flow other) {
        return ORDER.compare(this, other);
    }
}
