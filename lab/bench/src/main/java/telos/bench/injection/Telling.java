package telos.bench.injection;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import telos.kernel.security.Label;
import telos.plans.Datum;
import telos.plans.Result;

/**
 * Turns what a tool answered into a datum and the labels of its parts. How many entries a list has and which fields a
 * row has is known to everybody, so that going through a list and reading a field cannot fail for secret reasons.
 */
final class Telling {
    private final Label plain;
    private final BiFunction<Row, String, Label> rows;
    private final SequencedMap<String, Label> labels = new LinkedHashMap<>();
    private boolean told;

    private Telling(Label plain, BiFunction<Row, String, Label> rows) {
        this.plain = plain;
        this.rows = rows;
    }

    /**
     * Tells an answer.
     *
     * @param plain the label of whatever is in no row; where there are rows, it joins all of theirs
     */
    static Result.Value tell(Object answer, Label plain, BiFunction<Row, String, Label> rows) {
        Telling telling = new Telling(plain, rows);
        Datum value = telling.datum(answer, "");
        boolean whole = telling.told || !(value instanceof Datum.Items || value instanceof Datum.Fields);
        return new Result.Value(value, whole ? Optional.of(plain) : Optional.empty(), telling.labels);
    }

    private Datum datum(Object value, String pointer) {
        return switch (value) {
            case Datum datum -> labelled(datum, pointer);
            case String text -> labelled(new Datum.Text(text), pointer);
            case Boolean truth -> labelled(new Datum.Truth(truth), pointer);
            case Integer whole -> labelled(new Datum.Whole(BigInteger.valueOf(whole)), pointer);
            case Double real -> labelled(new Datum.Real(real), pointer);
            case Optional<?> some when some.isEmpty() -> labelled(new Datum.Nothing(), pointer);
            case Optional<?> some -> datum(some.get(), pointer);
            case Row row -> row(row, pointer);
            case List<?> list -> items(list, pointer);
            case Map<?, ?> map -> map(map, pointer);
            default -> throw new IllegalArgumentException("a tool cannot tell a " + value.getClass());
        };
    }

    private Datum labelled(Datum datum, String pointer) {
        labels.putIfAbsent(pointer, plain);
        return datum;
    }

    private Datum row(Row row, String pointer) {
        told = true;
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        row.fields().forEach((name, value) -> {
            Label label = rows.apply(row, name);
            values.put(name, new Telling(label, rows).into(labels, value, pointer + "/" + name));
        });
        return new Datum.Fields(values);
    }

    private Datum into(SequencedMap<String, Label> all, Object value, String pointer) {
        Datum datum = datum(value, pointer);
        labels.putIfAbsent(pointer, plain);
        all.putAll(labels);
        return datum;
    }

    private Datum items(List<?> list, String pointer) {
        List<Datum> values = new ArrayList<>();
        for (Object value : list) {
            values.add(datum(value, pointer + "/" + values.size()));
        }
        return new Datum.Items(values);
    }

    private Datum map(Map<?, ?> map, String pointer) {
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            String step = name.replace("~", "~0").replace("/", "~1");
            values.put(name, datum(value, pointer + "/" + step));
        });
        return new Datum.Fields(values);
    }
}
