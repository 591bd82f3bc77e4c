package telos.bench.injection;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A value as JSON has it: what tools take and answer with. */
public sealed interface Datum {
    record Nothing() implements Datum {}

    record Truth(boolean value) implements Datum {}

    record Whole(BigInteger value) implements Datum {}

    record Real(double value) implements Datum {}

    record Text(String value) implements Datum {}

    record Items(List<Datum> values) implements Datum {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** The order of the fields is kept and takes no part in equality. */
    record Fields(SequencedMap<String, Datum> values) implements Datum {
        public Fields {
            values = new LinkedHashMap<>(values);
        }
    }
}
