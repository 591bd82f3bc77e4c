package telos.bench.injection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Label;
import telos.plans.Datum;
import telos.plans.Parameter;
import telos.plans.Result;

/**
 * One tool of a suite: what it takes, what it does, and the label of what it answers.
 *
 * @param effect whether it changes anything that others see
 * @param mayFail whether it can answer with an error, which is known to everybody
 * @param whole the label of what is in no row; where there are rows, it joins theirs
 */
public record Deed<E>(
        String name,
        List<Parameter> parameters,
        boolean effect,
        boolean mayFail,
        Action<? super E> action,
        Whole<? super E> whole) {

    /** What a tool does. It answers with a text, number or truth, a {@link Row}, or a list or map of them. */
    @FunctionalInterface
    public interface Action<E> {
        Object perform(E environment, Arguments arguments) throws Refusal;
    }

    @FunctionalInterface
    public interface Whole<E> {
        Label of(E environment, Arguments arguments) throws Refusal;
    }

    public Deed {
        parameters = List.copyOf(parameters);
    }

    /** Reads, and fails never. */
    public static <E> Deed<E> read(String name, String parameters, Label whole, Action<? super E> action) {
        return new Deed<>(name, parse(parameters), false, false, action, (_, _) -> whole);
    }

    /** Changes something, and answers with how it went in words: it fails never, so that nobody learns from a failure. */
    public static <E> Deed<E> effect(String name, String parameters, Action<? super E> action) {
        Action<E> told = (environment, arguments) -> {
            try {
                return action.perform(environment, arguments);
            } catch (Refusal refusal) {
                return "refused: " + refusal.getMessage();
            }
        };
        return new Deed<>(name, parse(parameters), true, false, told, (_, _) -> Labels.facts());
    }

    public Deed<E> failing() {
        return new Deed<>(name, parameters, effect, true, action, whole);
    }

    public Deed<E> told(Whole<? super E> label) {
        return new Deed<>(name, parameters, effect, mayFail, action, label);
    }

    /**
     * Does it.
     *
     * @param given by name; what is not given has its fallback
     */
    public Result call(E environment, SequencedMap<String, Datum> given, RowLabels<? super E> rows) {
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Optional<Datum> value =
                    Optional.ofNullable(given.get(parameter.name())).or(parameter::fallback);
            if (value.isEmpty()) {
                return new Result.Failed(name + " lacks its argument " + parameter.name());
            }
            values.put(parameter.name(), value.get());
        }
        for (String unknown : given.keySet()) {
            if (!values.containsKey(unknown)) {
                return new Result.Failed(name + " has no parameter " + unknown);
            }
        }
        Arguments arguments = new Arguments(values);
        try {
            Object answer = action.perform(environment, arguments);
            return Telling.tell(
                    answer, whole.of(environment, arguments), (row, field) -> rows.of(environment, row, field));
        } catch (Refusal refusal) {
            return new Result.Failed(String.valueOf(refusal.getMessage()));
        }
    }

    /** Names with spaces between, each with its fallback as JSON after an equals sign where it has one. */
    private static List<Parameter> parse(String parameters) {
        List<Parameter> parsed = new ArrayList<>();
        Arrays.stream(parameters.split(" ")).filter(word -> !word.isEmpty()).forEach(word -> {
            int at = word.indexOf('=');
            parsed.add(
                    at < 0
                            ? new Parameter(word, Optional.empty())
                            : new Parameter(word.substring(0, at), Optional.of(Json.datum(word.substring(at + 1)))));
        });
        return parsed;
    }
}
