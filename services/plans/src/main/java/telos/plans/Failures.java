package telos.plans;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import telos.plans.values.ErrorKind;
import telos.plans.values.Errors;
import telos.plans.values.Type;

/**
 * Exceptions that something may raise.
 *
 * @param builtIn those that are built in
 * @param own classes of the plan
 */
record Failures(Errors builtIn, Set<Type> own) {
    static final Failures NONE = new Failures(Errors.NONE, Set.of());
    static final Failures ANY = new Failures(Errors.of(ErrorKind.values()), Set.of());

    Failures {
        own = Set.copyOf(own);
    }

    static Failures of(Errors errors) {
        return errors.isEmpty() ? NONE : new Failures(errors, Set.of());
    }

    static Failures of(ErrorKind... kinds) {
        return new Failures(Errors.of(kinds), Set.of());
    }

    static Failures of(Type type) {
        for (ErrorKind each : ErrorKind.values()) {
            if (each.type() == type) {
                return of(each);
            }
        }
        return new Failures(Errors.NONE, Set.of(type));
    }

    boolean isEmpty() {
        return builtIn.isEmpty() && own.isEmpty();
    }

    Failures and(Failures other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Set<Type> both = new LinkedHashSet<>(own);
        both.addAll(other.own);
        return new Failures(builtIn.and(other.builtIn), both);
    }

    /** What handlers for these types surely leave. */
    Failures without(Collection<Type> caught) {
        Errors left = builtIn;
        Set<Type> leftOwn = new LinkedHashSet<>(own);
        for (Type type : caught) {
            left = left.without(type);
            leftOwn.removeIf(each -> each.isWithin(type));
        }
        return new Failures(left, leftOwn);
    }

    Failures without(Failures others) {
        Set<Type> leftOwn = new LinkedHashSet<>(own);
        leftOwn.removeAll(others.own);
        return new Failures(new Errors(builtIn.mask() & ~others.builtIn.mask()), leftOwn);
    }

    /** Whether a handler for one of these types may catch some of them. */
    boolean meets(Collection<Type> caught) {
        for (Type type : caught) {
            for (ErrorKind each : builtIn.kinds()) {
                if (each.type().isWithin(type) || type.isWithin(each.type())) {
                    return true;
                }
            }
            for (Type each : own) {
                if (each.isWithin(type) || type.isWithin(each)) {
                    return true;
                }
            }
        }
        return false;
    }
}
