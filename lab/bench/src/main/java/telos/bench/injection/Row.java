package telos.bench.injection;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A record of a suite's domain, as tools tell it: its fields by name. */
public interface Row {
    /** Values are texts, numbers, truths, rows, {@link Datum}, and lists, maps and optionals of them. */
    SequencedMap<String, Object> fields();

    /** Names and values by turns. */
    static SequencedMap<String, Object> of(Object... namesAndValues) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
