package telos.server.monitor;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import telos.kernel.security.Label;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Term;

/**
 * An effect that a subject wants. Its arguments carry the label of the subject's context, for it has seen all of that.
 *
 * @param values all arguments, as policies speak of them
 * @param vouched those that a person gave and no model: they carry no label
 * @param result what the result will carry besides the labels of the arguments: what is declared of the tool, joined with how
 *     far its server is trusted
 */
public record Wanted(String tool, SequencedMap<String, Term> values, Set<String> vouched, Label result) {
    public Wanted {
        Objects.requireNonNull(tool, "tool");
        values = new LinkedHashMap<>(values);
        vouched = Set.copyOf(vouched);
        Objects.requireNonNull(result, "result");
    }

    /** The call that it is for whoever knows this much. */
    KnownCall by(Label context) {
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        values.forEach((name, value) ->
                given.put(name, new KnownCall.Argument(value, vouched.contains(name) ? Label.BOTTOM : context)));
        return new KnownCall(tool, context, given);
    }
}
