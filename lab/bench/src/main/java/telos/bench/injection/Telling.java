package telos.bench.injection;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/**
 * Turns what a tool answered into a datum and the labels of its parts. The names of a row's fields are known to
 * everybody, so that reading one cannot fail; how many rows there are has the label of the whole.
 */
final class Telling {
    private final BiFunction<Row, String, Label> rows;
    private final SequencedMap<String, Label> labels = new LinkedHashMap<>();

    private Telling(BiFunction<Row, String, Label> rows) {
        this.rows = rows;
    }

    static Result.Value tell(Object answer, Label whole, BiFunction<Row, String, Label> rows) {
        Telling telling = new Telling(rows);
        Datum value = telling.datum(answer, "");
        return new Result.Value(value, whole, telling.labels);
    }

    private Datum datum(Object value, String pointer) {
        return switch (value) {
            case Datum datum -> datum;
            case String text -> new Datum.Text(text);
            case Boolean truth -> new Datum.Truth(truth);
            case Integer whole -> new Datum.Whole(BigInteger.valueOf(whole));
            case Double real -> new Datum.Real(real);
            case Optional<?> some when some.isEmpty() -> new Datum.Nothing();
            case Optional<?> some -> datum(some.get(), pointer);
            case Row row -> row(row, pointer);
            case List<?> list -> items(list, pointer);
            case Map<?, ?> map -> map(map, pointer);
            default -> throw new IllegalArgumentException("a tool cannot tell a " + value.getClass());
        };
    }

    private Datum row(Row row, String pointer) {
        labels.put(pointer, Labels.facts());
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        row.fields().forEach((name, value) -> {
            String field = pointer + "/" + name;
            labels.put(field, rows.apply(row, name));
            values.put(name, datum(value, field));
        });
        return new Datum.Fields(values);
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
