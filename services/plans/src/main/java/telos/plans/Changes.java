package telos.plans;

import java.util.EnumSet;
import java.util.Set;
import telos.plans.values.BinaryOperation;
import telos.plans.values.Kind;

/** The kinds of objects that a plan has words to change, told from its text alone and so the same in every world. */
final class Changes {
    private static final Set<String> OF_LISTS =
            Set.of("append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse");
    private static final Set<String> OF_DICTS = Set.of("pop", "popitem", "setdefault", "update", "clear");
    private static final Set<String> OF_SETS = Set.of(
            "add",
            "discard",
            "remove",
            "pop",
            "clear",
            "update",
            "difference_update",
            "intersection_update",
            "symmetric_difference_update");

    private final Set<Kind> kinds = EnumSet.of(Kind.ITERATOR);

    /** An attribute is read, which may be a method. */
    void read(String attribute) {
        if (OF_LISTS.contains(attribute)) {
            kinds.add(Kind.LIST);
        }
        if (OF_DICTS.contains(attribute)) {
            dicts();
        }
        if (OF_SETS.contains(attribute)) {
            kinds.add(Kind.SET);
        }
    }

    /** Attributes are read by names that the text does not tell. */
    void readsAny() {
        kinds.addAll(EnumSet.of(Kind.LIST, Kind.SET));
        dicts();
    }

    /** An element is put somewhere, or taken away. */
    void item() {
        kinds.add(Kind.LIST);
        dicts();
    }

    void field() {
        kinds.add(Kind.INSTANCE);
    }

    void augmented(BinaryOperation operation) {
        switch (operation) {
            case ADD, MULTIPLY -> kinds.add(Kind.LIST);
            case OR -> {
                kinds.add(Kind.SET);
                dicts();
            }
            case AND, XOR, SUBTRACT -> kinds.add(Kind.SET);
            default -> {}
        }
    }

    private void dicts() {
        kinds.add(Kind.DICT);
        kinds.add(Kind.VIEW);
    }

    Set<Kind> kinds() {
        return kinds;
    }
}
