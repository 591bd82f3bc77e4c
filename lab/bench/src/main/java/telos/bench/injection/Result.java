package telos.bench.injection;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What a call came to. */
public sealed interface Result {
    /**
     * An answer.
     *
     * @param label of the whole
     * @param labels of parts, by JSON pointer; the longest that matches replaces what is inherited
     */
    record Value(Datum value, Label label, SequencedMap<String, Label> labels) implements Result {
        public Value {
            labels = new LinkedHashMap<>(labels);
        }
    }

    record Failed(String message) implements Result {}
}
