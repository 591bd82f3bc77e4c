package telos.plans.values;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outlines of the arguments of one call of a built-in function, on the places of its parameters. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class Outlines {
    static final long WHOLES = Kind.INT.bit() | Kind.BOOL.bit();
    static final long NUMBERS = WHOLES | Kind.FLOAT.bit();
    private static final long UNHASHABLE =
            Kind.LIST.bit() | Kind.DICT.bit() | Kind.SET.bit() | Kind.INSTANCE.bit() | Kind.VIEW.bit();

    private final @Nullable Outline[] places;
    private final List<Outline> rest;
    private final Map<String, Outline> named;
    private final Callback callback;

    Outlines(Signature.Bound<Outline> bound, Callback callback) {
        this.places = bound.places();
        this.rest = bound.rest();
        this.named = bound.named();
        this.callback = callback;
    }

    boolean has(int place) {
        return places[place] != null;
    }

    Outline at(int place) {
        Outline outline = places[place];
        return outline == null ? Outline.NONE : outline;
    }

    List<Outline> rest() {
        return rest;
    }

    Map<String, Outline> named() {
        return named;
    }

    Callback callback() {
        return callback;
    }

    /** TypeError where that argument may be of another kind; none where it is left out. */
    Errors unless(int place, long kinds) {
        Outline outline = places[place];
        return Errors.NONE.andIf(outline != null && !outline.isOnly(kinds), Errors.TYPE);
    }

    Errors unless(int place, Kind kind) {
        return unless(place, kind.bit());
    }

    long extent(int place) {
        return at(place).extent();
    }

    /** What using it as a key may raise. */
    static Errors unhashable(Outline key) {
        if (key == Outline.ANY) {
            return Errors.TYPE.and(Errors.RECURSION);
        }
        Errors errors = Errors.NONE.andIf(key.mayAny(UNHASHABLE), Errors.TYPE);
        boolean holds = key.mayAny(Kind.TUPLE.bit() | Kind.FROZENSET.bit());
        return holds
                ? errors.and(unhashable(key.elementOrNone())).andIf(parts(key) > Key.MOST_PARTS, Errors.RECURSION)
                : errors;
    }

    /** The most parts that its key can have. */
    private static long parts(Outline key) {
        if (key == Outline.ANY) {
            return Outline.UNBOUNDED;
        }
        return key.mayAny(Kind.TUPLE.bit() | Kind.FROZENSET.bit())
                ? Outline.times(key.extent(), parts(key.elementOrNone()))
                : 1;
    }
}
