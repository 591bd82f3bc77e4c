package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import telos.plans.values.Arguments;
import telos.plans.values.Value;

/** How the arguments of a call come to the parameters of a function of the plan. */
@SuppressWarnings("TypeNameShadowing")
final class Binding {
    /** The arguments do not fit: Python's words for it. */
    static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misfit(String message) {
            super(message, null, false, false);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    private Binding() {}

    /** Puts arguments into variables where there is one in order for each parameter; says whether that was so. */
    static boolean placed(Code code, Arguments arguments, @Nullable Value[] slots) {
        List<Value> inOrder = arguments.inOrder();
        int given = inOrder.size();
        if (!code.onlyPositional || given != code.positional.size() || arguments.named()) {
            return false;
        }
        for (int i = 0; i < given; i++) {
            slots[i] = inOrder.get(i);
        }
        return true;
    }

    /** Puts arguments into variables. */
    static <T> void bind(
            Code code,
            List<T> inOrder,
            Map<String, T> byName,
            @Nullable T[] defaults,
            @Nullable T[] slots,
            Function<List<T>, T> tuple,
            Function<SequencedMap<String, T>, T> dict) {
        List<Code.Parameter> positional = code.positional;
        int given = inOrder.size();
        int most = positional.size();
        for (int i = 0; i < Math.min(given, most); i++) {
            slots[positional.get(i).slot()] = inOrder.get(i);
        }
        if (code.rest != null) {
            slots[code.rest.slot()] =
                    tuple.apply(given > most ? new ArrayList<>(inOrder.subList(most, given)) : List.of());
        } else if (given > most) {
            throw new Misfit(code.name + "() takes " + most + " positional argument" + (most == 1 ? "" : "s") + " but "
                    + given + (given == 1 ? " was given" : " were given"));
        }
        SequencedMap<String, T> left = new LinkedHashMap<>();
        for (Map.Entry<String, T> each : byName.entrySet()) {
            Code.Parameter parameter = named(code, each.getKey());
            if (parameter != null) {
                if (slots[parameter.slot()] != null) {
                    throw new Misfit(code.name + "() got multiple values for argument '" + each.getKey() + "'");
                }
                slots[parameter.slot()] = each.getValue();
            } else if (code.keywords != null) {
                left.put(each.getKey(), each.getValue());
            } else {
                throw new Misfit(code.name + "() got an unexpected keyword argument '" + each.getKey() + "'");
            }
        }
        if (code.keywords != null) {
            slots[code.keywords.slot()] = dict.apply(left);
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            fill(positional.get(i), defaults[i], slots, missing);
        }
        List<String> missingNamed = new ArrayList<>();
        for (int i = 0; i < code.keywordOnly.size(); i++) {
            fill(code.keywordOnly.get(i), defaults[most + i], slots, missingNamed);
        }
        if (!missing.isEmpty()) {
            throw missing(code, missing, "positional");
        }
        if (!missingNamed.isEmpty()) {
            throw missing(code, missingNamed, "keyword-only");
        }
    }

    private static <T> void fill(
            Code.Parameter parameter, @Nullable T fallback, @Nullable T[] slots, List<String> missing) {
        if (slots[parameter.slot()] == null) {
            if (fallback == null) {
                missing.add("'" + parameter.name() + "'");
            } else {
                slots[parameter.slot()] = fallback;
            }
        }
    }

    private static Misfit missing(Code code, List<String> names, String what) {
        int count = names.size();
        String all = count == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, count - 1)) + (count > 2 ? "," : "") + " and " + names.getLast();
        return new Misfit(code.name + "() missing " + count + " required " + what + " argument"
                + (count == 1 ? "" : "s") + ": " + all);
    }

    static Code.@Nullable Parameter named(Code code, String name) {
        for (Code.Parameter each : code.positional) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        for (Code.Parameter each : code.keywordOnly) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
