package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a built-in function takes its arguments. Written as words: {@code x} in order, {@code x?} left out at will, {@code
 * :x} in order or by name, {@code !x} by name only, {@code *x} all others in order, {@code **x} all others by name.
 *
 * @param least how many in order there must be
 * @param most how many in order have a parameter
 * @param needed behind how many parameters none is required
 */
record Signature(List<Parameter> parameters, int least, int most, int needed, boolean anyInOrder, boolean anyByName) {
    record Parameter(String name, boolean required, boolean inOrder, boolean byName) {}

    /** Arguments on their parameters' places, null where left out, with what was given beyond them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves a call
    record Bound<T>(@Nullable T[] places, List<T> rest, Map<String, T> named) {}

    static Signature of(String text) {
        List<Parameter> parameters = new ArrayList<>();
        boolean rest = false;
        boolean named = false;
        for (String word : text.isBlank() ? new String[0] : text.split(" ", -1)) {
            if (word.startsWith("**")) {
                named = true;
            } else if (word.startsWith("*")) {
                rest = true;
            } else {
                boolean optional = word.endsWith("?");
                String bare = optional ? word.substring(0, word.length() - 1) : word;
                boolean only = bare.startsWith("!");
                boolean both = bare.startsWith(":");
                parameters.add(new Parameter(only || both ? bare.substring(1) : bare, !optional, !only, only || both));
            }
        }
        int least = 0;
        int most = 0;
        int needed = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter each = parameters.get(i);
            most += each.inOrder() ? 1 : 0;
            least += each.inOrder() && each.required() ? 1 : 0;
            needed = each.required() ? i + 1 : needed;
        }
        return new Signature(List.copyOf(parameters), least, most, needed, rest, named);
    }

    /** Puts arguments on their places, or throws the TypeError that they do not fit. */
    <T> Bound<T> bind(
            String function,
            boolean method,
            @Nullable T self,
            List<T> inOrder,
            Map<String, T> byName,
            @Nullable T[] places) {
        int shift = self == null ? 0 : 1;
        List<T> rest = List.of();
        int given = inOrder.size() + shift;
        if (given > most) {
            if (!anyInOrder) {
                throw count(function, method, given);
            }
            rest = inOrder.subList(most - shift, inOrder.size());
        }
        if (self != null) {
            places[0] = self;
        }
        int placed = Math.min(given, most);
        for (int i = shift; i < placed; i++) {
            places[i] = inOrder.get(i - shift);
        }
        Map<String, T> named = byName.isEmpty() ? Map.of() : named(function, byName, places);
        for (int i = placed; i < needed; i++) {
            if (parameters.get(i).required() && places[i] == null) {
                if (!parameters.get(i).byName() && byName.isEmpty()) {
                    throw count(function, method, given);
                }
                throw Fault.type(function + "() missing required argument '"
                        + parameters.get(i).name() + "' (pos " + (i + (method ? 0 : 1)) + ")");
            }
        }
        return new Bound<>(places, rest, named);
    }

    private <T> Map<String, T> named(String function, Map<String, T> byName, @Nullable T[] places) {
        Map<String, T> left = new java.util.LinkedHashMap<>();
        for (Map.Entry<String, T> each : byName.entrySet()) {
            int at = -1;
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).byName() && parameters.get(i).name().equals(each.getKey())) {
                    at = i;
                }
            }
            if (at >= 0) {
                if (places[at] != null) {
                    throw Fault.type("argument for " + function + "() given by name ('" + each.getKey()
                            + "') and position (" + (at + 1) + ")");
                }
                places[at] = each.getValue();
            } else if (anyByName) {
                left.put(each.getKey(), each.getValue());
            } else if (parameters.stream().noneMatch(Parameter::byName)) {
                throw Fault.type(function + "() takes no keyword arguments");
            } else {
                throw Fault.type("'" + each.getKey() + "' is an invalid keyword argument for " + function + "()");
            }
        }
        return left;
    }

    private Fault count(String function, boolean method, int given) {
        int most = this.most - (method ? 1 : 0);
        int least = this.least - (method ? 1 : 0);
        int got = given - (method ? 1 : 0);
        String name = function + "()";
        if (most == 0) {
            return Fault.type(name + " takes no arguments (" + got + " given)");
        }
        if (least == most && !anyInOrder) {
            return Fault.type(
                    least == 1
                            ? name + " takes exactly one argument (" + got + " given)"
                            : function + " expected " + least + " arguments, got " + got);
        }
        boolean few = got < least;
        int bound = few ? least : most;
        return Fault.type(function + " expected at " + (few ? "least " : "most ") + bound + " argument"
                + (bound == 1 ? "" : "s") + ", got " + got);
    }
}
