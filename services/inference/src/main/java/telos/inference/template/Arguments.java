package telos.inference.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, a filter or a test, evaluated. */
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** One per parameter, null where none was given; an argument without a parameter is an error. */
    @Nullable
    Value[] bind(Run run, String callee, String... parameters) {
        if (positional.size() > parameters.length) {
            throw run.fail(callee + " takes at most " + parameters.length + " arguments, not " + positional.size());
        }
        @Nullable Value[] out = new @Nullable Value[parameters.length];
        for (int i = 0; i < positional.size(); i++) {
            out[i] = positional.get(i);
        }
        named.forEach((name, value) -> {
            int at = List.of(parameters).indexOf(name);
            if (at < 0) {
                throw run.fail(callee + " has no argument '" + name + "'; it has " + List.of(parameters));
            }
            if (out[at] != null) {
                throw run.fail(callee + " is given its argument '" + name + "' twice");
            }
            out[at] = value;
        });
        return out;
    }

    /** The same, where the parameters must all be given. */
    Value[] require(Run run, String callee, String... parameters) {
        @Nullable Value[] bound = bind(run, callee, parameters);
        Value[] out = new Value[bound.length];
        for (int i = 0; i < out.length; i++) {
            Value value = bound[i];
            if (value == null) {
                throw run.fail(callee + " needs its argument '" + parameters[i] + "'");
            }
            out[i] = value;
        }
        return out;
    }

    /** The arguments after the first {@code n} positional ones. */
    Arguments skip(int n) {
        return new Arguments(positional.subList(n, positional.size()), named);
    }
}
