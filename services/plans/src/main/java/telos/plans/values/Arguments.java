package telos.plans.values;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a call is given: in order, and by name. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public record Arguments(List<Value> inOrder, SequencedMap<String, Value> byName) {
    private static final SequencedMap<String, Value> NO_NAMES =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    public static final Arguments NONE = of();

    /** These, which belong to the call from now on. */
    public static Arguments of(Value... inOrder) {
        return new Arguments(Arrays.asList(inOrder), NO_NAMES);
    }

    public static Arguments of(List<Value> inOrder) {
        return new Arguments(inOrder, NO_NAMES);
    }

    /** Whether something is given by name. */
    public boolean named() {
        return byName != NO_NAMES && !byName.isEmpty();
    }
}
