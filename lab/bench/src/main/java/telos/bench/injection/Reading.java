package telos.bench.injection;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import telos.plans.Datum;

/** A model without tools that reads data for a plan. */
@FunctionalInterface
interface Reading {
    /** Empty where it cannot answer. */
    Optional<Datum> answer(String question, Datum data, Datum schema);

    /** Gives these answers one after another: the right reading of the data, whatever stands in it. */
    static Reading prepared(Collection<Datum> answers) {
        Deque<Datum> left = new ArrayDeque<>(answers);
        return (_, _, _) -> Optional.ofNullable(left.poll());
    }
}
