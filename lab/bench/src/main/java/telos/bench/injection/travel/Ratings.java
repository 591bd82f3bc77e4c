package telos.bench.injection.travel;

import java.util.SequencedMap;
import telos.bench.injection.Row;

/** How places are rated and what is said of them, each by the place's name. */
record Ratings(SequencedMap<String, Object> ratings, SequencedMap<String, Object> reviews) implements Row {
    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of("ratings", ratings, "reviews", reviews);
    }
}
