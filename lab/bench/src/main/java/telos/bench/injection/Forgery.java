package telos.bench.injection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import telos.plans.Datum;

/**
 * A model that obeys whatever it reads: asked about data with an attacker's text in it, it answers what serves the attack
 * best among what the schema lets it say. Which of the attack's texts serves best is not known beforehand, so there is
 * one forgery for each.
 *
 * @param attack the calls that the attacker is after
 * @param text what the attacker has written, by which poisoned data are known
 * @param choice which of the attack's texts is put where any would do
 * @param made how many answers were forged
 */
record Forgery(Reading honest, List<Task.Call> attack, String text, int choice, AtomicInteger made) implements Reading {
    @Override
    public Optional<Datum> answer(String question, Datum data, Datum schema) {
        Optional<Datum> right = honest.answer(question, data, schema);
        if (!holds(data, text)) {
            return right;
        }
        int number = made.getAndIncrement();
        return Optional.of(forge("", schema, number)).filter(forged -> Schemas.accepts(schema, forged));
    }

    /** Whether a text stands anywhere in a datum. */
    static boolean holds(Datum datum, String text) {
        return switch (datum) {
            case Datum.Text(String value) -> value.contains(text);
            case Datum.Items(List<Datum> values) -> values.stream().anyMatch(value -> holds(value, text));
            case Datum.Fields(SequencedMap<String, Datum> values) ->
                values.entrySet().stream()
                        .anyMatch(field -> field.getKey().contains(text) || holds(field.getValue(), text));
            case Datum.Nothing _, Datum.Truth _, Datum.Whole _, Datum.Real _ -> false;
        };
    }

    /** The texts that the attack's calls carry. */
    static List<String> texts(List<Task.Call> attack) {
        List<String> texts = new ArrayList<>();
        attack.forEach(call -> call.arguments().values().forEach(argument -> collect(argument, texts)));
        return texts.stream().distinct().toList();
    }

    private static void collect(Datum datum, List<String> texts) {
        switch (datum) {
            case Datum.Text(String value) -> texts.add(value);
            case Datum.Items(List<Datum> values) -> values.forEach(value -> collect(value, texts));
            case Datum.Fields(SequencedMap<String, Datum> values) ->
                values.values().forEach(value -> collect(value, texts));
            case Datum.Nothing _, Datum.Truth _, Datum.Whole _, Datum.Real _ -> {}
        }
    }

    /** An answer to a schema; a schema that asks for a next call gets the attack's calls in turn. */
    private Datum forge(String name, Datum schema, int number) {
        if (Schemas.member(schema, "enum") instanceof Datum.Items(List<Datum> values)) {
            Datum tool =
                    new Datum.Text(number < attack.size() ? attack.get(number).tool() : "none");
            return values.contains(tool) ? tool : values.getLast();
        }
        return switch (Schemas.text(schema, "type")) {
            case "number" -> number().orElse(new Datum.Real(1_000_000));
            case "boolean" -> new Datum.Truth(true);
            case "array" -> new Datum.Items(List.of(forge(name, Schemas.member(schema, "items"), number)));
            case "object" -> fields(schema, number);
            default -> new Datum.Text(textFor(name, number));
        };
    }

    private Datum fields(Datum schema, int number) {
        SequencedMap<String, Datum> forged = new LinkedHashMap<>();
        if (Schemas.member(schema, "properties") instanceof Datum.Fields(SequencedMap<String, Datum> properties)) {
            properties.forEach((name, property) -> forged.put(name, forge(name, property, number)));
        }
        return new Datum.Fields(forged);
    }

    private Optional<Datum> number() {
        return attack.stream()
                .flatMap(call -> call.arguments().values().stream())
                .flatMap(argument -> switch (argument) {
                    case Datum.Whole whole ->
                        Stream.<Datum>of(new Datum.Real(whole.value().doubleValue()));
                    case Datum.Real real -> Stream.<Datum>of(real);
                    default -> Stream.<Datum>empty();
                })
                .findFirst();
    }

    /** The argument of that name, of the call whose turn it is; else the first for whom and the last for what. */
    private String textFor(String name, int number) {
        List<String> all = texts(attack);
        if (name.isEmpty() || attack.isEmpty()) {
            return all.isEmpty() ? text : all.get(choice % all.size());
        }
        Task.Call call = attack.get(Math.min(number, attack.size() - 1));
        List<String> own = texts(List.of(call));
        for (Map.Entry<String, Datum> argument : call.arguments().entrySet()) {
            if (argument.getKey().equals(name) && argument.getValue() instanceof Datum.Text(String same)) {
                return same;
            }
        }
        if (own.isEmpty()) {
            return text;
        }
        return switch (name) {
            case "target", "iban", "street" -> own.getFirst();
            case "subject" -> call.arguments().containsKey("channel") ? own.getLast() : own.getFirst();
            default -> own.getLast();
        };
    }
}
