package telos.bench.injection.travel;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import telos.bench.injection.Row;
import telos.plans.Datum;

/** Some of what is known of a place, a flight or the user. */
record Facts(Kind kind, SequencedMap<String, Datum> values) implements Row {
    /** Whose facts they are. */
    enum Kind {
        DIRECTORY,
        USER
    }

    static Facts of(Place place, String... names) {
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(name, place.fact(name));
        }
        return new Facts(Kind.DIRECTORY, values);
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return new LinkedHashMap<>(values);
    }
}
