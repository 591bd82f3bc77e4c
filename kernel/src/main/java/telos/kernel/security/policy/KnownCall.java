package telos.kernel.security.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import telos.kernel.security.Label;

/** A call of which everything is known. */
public record KnownCall(String tool, Label context, SequencedMap<String, Argument> given) implements Call {
    /** One argument. */
    public record Argument(Term value, Label label) {}

    public KnownCall {
        given = new LinkedHashMap<>(given);
    }

    @Override
    public List<String> arguments() {
        return List.copyOf(given.sequencedKeySet());
    }

    @Override
    public Label label(String argument) {
        Argument found = given.get(argument);
        return found == null ? Label.BOTTOM : found.label();
    }

    @Override
    public Term value(String argument) {
        Argument found = given.get(argument);
        return found == null ? Term.NOTHING : found.value();
    }

    /** The same call with other values. */
    public KnownCall with(Map<String, Argument> others) {
        SequencedMap<String, Argument> all = new LinkedHashMap<>(given);
        all.putAll(others);
        return new KnownCall(tool, context, all);
    }
}
