package telos.plans;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Data as it crosses the border of a plan: JSON, with whole numbers of any size. It carries no labels. */
public sealed interface Datum {
    Datum NOTHING = new Nothing();

    record Nothing() implements Datum {}

    record Truth(boolean value) implements Datum {}

    record Whole(BigInteger value) implements Datum {
        public static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    /** Never NaN on its way in; a plan can compute one and send it out. */
    record Real(double value) implements Datum {}

    record Text(String value) implements Datum {}

    record Items(List<Datum> values) implements Datum {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Fields(SequencedMap<String, Datum> values) implements Datum {
        public Fields {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }
}
