package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import telos.inference.constraint.SchemaDocument.Scheme;

/**
 * Schemas that a value must all meet, and others that it must not. Each is a number: twice that of the schema, one more
 * where it is denied; the list is sorted, so equal demands are equal.
 */
record Demand(List<Integer> literals) {
    static final Demand ANYTHING = new Demand(List.of());

    static int literal(Scheme scheme, boolean denied) {
        return 2 * scheme.number() + (denied ? 1 : 0);
    }

    static Demand of(Scheme... schemes) {
        TreeSet<Integer> literals = new TreeSet<>();
        for (Scheme scheme : schemes) {
            literals.add(literal(scheme, false));
        }
        return new Demand(List.copyOf(literals));
    }

    static Demand of(List<Integer> literals) {
        return literals.isEmpty() ? ANYTHING : new Demand(List.copyOf(new TreeSet<>(literals)));
    }

    Demand and(Demand other) {
        List<Integer> both = new ArrayList<>(literals);
        both.addAll(other.literals);
        return of(both);
    }

    Demand and(int literal) {
        return and(new Demand(List.of(literal)));
    }
}
