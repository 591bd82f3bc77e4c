package telos.plans;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Label;
import telos.kernel.security.Rule;

/**
 * A tool as plans see it. Everything in it is public: it was pinned before any data was seen.
 *
 * @param effect whether a call changes something outside
 * @param requires what is asked of each argument, by its name, and of the call itself under {@link #CALL}; all of a list must hold
 * @param result the label of every part of a result for which {@code labels} has no other
 * @param labels by JSON pointer, in which {@code *} stands for one index or key; the longest match replaces
 * @param mayFail whether a call can ever come to a failure
 * @param samples results of every type that a call may have; only their types count. Empty: any type
 */
public record Tool(
        String name,
        List<Parameter> parameters,
        boolean effect,
        Map<String, List<Rule>> requires,
        Label result,
        SequencedMap<String, Label> labels,
        boolean mayFail,
        List<Datum> samples) {
    /** The key of the rule for the context of a call. */
    public static final String CALL = "call";

    public Tool {
        parameters = List.copyOf(parameters);
        requires = inOrder(requires);
        samples = List.copyOf(samples);
    }

    /** The context's rules first: a call that was not to be made at all is denied as such, whatever its arguments are. */
    private static Map<String, List<Rule>> inOrder(Map<String, List<Rule>> requires) {
        SequencedMap<String, List<Rule>> ordered = new LinkedHashMap<>();
        requires.forEach((argument, rules) -> ordered.put(argument, List.copyOf(rules)));
        List<Rule> call = ordered.get(CALL);
        if (call != null) {
            ordered.putFirst(CALL, call);
        }
        return Collections.unmodifiableMap(ordered);
    }

    Optional<Parameter> parameter(String wanted) {
        return parameters.stream().filter(each -> each.name().equals(wanted)).findFirst();
    }
}
