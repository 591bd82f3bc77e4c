package telos.plans;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import telos.kernel.security.Label;

/**
 * A call of a tool, with what it may tell whoever hears of it.
 *
 * @param arguments in the order of {@link Tool#parameters}, every one of them
 * @param context the label of what decided that it is made
 * @param labels of the arguments and everything in them, by their names
 */
public record Invocation(Tool tool, SequencedMap<String, Datum> arguments, Label context, Map<String, Label> labels) {
    public Invocation {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(context, "context");
        arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
        labels = Map.copyOf(labels);
    }

    /** The label of an argument; the strictest where none was given. */
    public Label label(String argument) {
        return labels.getOrDefault(argument, Label.MISSING);
    }
}
