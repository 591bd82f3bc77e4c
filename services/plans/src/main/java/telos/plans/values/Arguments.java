package telos.plans.values;

import java.util.List;
import java.util.SequencedMap;

/** What a call is given: in order, and by name. */
public record Arguments(List<Value> inOrder, SequencedMap<String, Value> byName) {
    public static final Arguments NONE = of();

    public static Arguments of(Value... inOrder) {
        return new Arguments(List.of(inOrder), java.util.Collections.emptySortedMap());
    }

    public static Arguments of(List<Value> inOrder) {
        return new Arguments(inOrder, java.util.Collections.emptySortedMap());
    }
}
