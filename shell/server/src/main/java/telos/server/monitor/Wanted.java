package telos.server.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import telos.kernel.security.Label;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Term;

/**
 * An effect that a subject wants. An argument carries the label that is given for it, and where none is, that of all that
 * the subject knows.
 *
 * @param values all arguments, as policies speak of them
 * @param labels of arguments, by their names, where they are known apart; also of such as have no value
 * @param context what decided that it is wanted, besides all that the subject knows
 * @param result what the result will carry besides the labels of the call and its arguments: what is declared of the tool,
 *     joined with how far its server is trusted
 */
public record Wanted(
        String tool, SequencedMap<String, Term> values, Map<String, Label> labels, Label context, Label result) {
    public Wanted {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(result, "result");
        values = new LinkedHashMap<>(values);
        labels = Map.copyOf(labels);
    }

    /**
     * Wanted by one who cannot tell apart what it knows.
     *
     * @param vouched arguments that a person gave and no model: they carry no label
     */
    public Wanted(String tool, SequencedMap<String, Term> values, Set<String> vouched, Label result) {
        this(tool, values, unlabelled(vouched), Label.BOTTOM, result);
    }

    private static Map<String, Label> unlabelled(Set<String> names) {
        Map<String, Label> labels = new LinkedHashMap<>();
        names.forEach(each -> labels.put(each, Label.BOTTOM));
        return labels;
    }

    /** The call that it is for a subject that knows this much. */
    KnownCall by(Label known) {
        Label decided = known.join(context);
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        values.forEach(
                (name, value) -> given.put(name, new KnownCall.Argument(value, labels.getOrDefault(name, decided))));
        labels.forEach((name, label) -> {
            if (!label.isBottom()) {
                given.putIfAbsent(name, new KnownCall.Argument(Term.NOTHING, label));
            }
        });
        return new KnownCall(tool, decided, given);
    }
}
