package telos.plans.values;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** The arguments of one call of a built-in function, on the places of its parameters. */
final class Slots {
    private final Context context;
    private final String function;
    private final @Nullable Value[] places;
    private final List<Value> rest;
    private final Map<String, Value> named;
    private Label also = Label.BOTTOM;

    Slots(Context context, String function, @Nullable Value[] places, List<Value> rest, Map<String, Value> named) {
        this.context = context;
        this.function = function;
        this.places = places;
        this.rest = rest;
        this.named = named;
    }

    Context context() {
        return context;
    }

    boolean has(int place) {
        return places[place] != null;
    }

    Value at(int place) {
        Value value = places[place];
        if (value == null) {
            throw new IllegalStateException(function + " asks for an argument that was left out");
        }
        return value;
    }

    Value or(int place, Value otherwise) {
        Value value = places[place];
        return value == null ? otherwise : value;
    }

    Payload payload(int place) {
        return at(place).payload();
    }

    List<Value> rest() {
        return rest;
    }

    Map<String, Value> named() {
        return named;
    }

    /** Whoever the function reads more than its arguments' references from, says so here. */
    void tell(Label label) {
        also = also.join(label);
    }

    /** What was read with everything in it. */
    Value deep(int place) {
        Value value = at(place);
        if (Labels.holds(value.payload())) {
            tell(Labels.deep(value));
        }
        return value;
    }

    /** The join of what all references and all that was told demand. */
    Label label() {
        Label all = also;
        for (Value each : places) {
            if (each != null) {
                all = all.join(each.label());
            }
        }
        if (!rest.isEmpty()) {
            all = all.join(Labels.shallow(rest));
        }
        if (!named.isEmpty()) {
            all = all.join(Labels.shallow(named.values()));
        }
        return all;
    }

    Label everything() {
        Label all = label();
        for (Value each : places) {
            if (each != null) {
                all = all.join(Labels.deep(each));
            }
        }
        return all.join(Labels.deep(rest)).join(Labels.deep(named.values()));
    }

    /**
     * The join of what everything demands without what containers hold.
     *
     * @param isMethod whether only the first, the receiver, counts by its shape, and the others with everything in them
     */
    Label shapes(boolean isMethod) {
        Label all = label();
        for (int i = 0; i < places.length; i++) {
            Value each = places[i];
            if (each != null) {
                all = all.join(isMethod && i > 0 ? Labels.deep(each) : Labels.shape(each));
            }
        }
        return isMethod
                ? all.join(Labels.deep(rest)).join(Labels.deep(named.values()))
                : all.join(Labels.shapes(rest)).join(Labels.shapes(named.values()));
    }

    /** What a change of the object in the first place is written under. */
    Label writing() {
        return at(0).label().join(context.pc());
    }

    Text text(int place) {
        if (payload(place) instanceof Text text) {
            return text;
        }
        throw Fault.type(function + "() argument " + place + " must be str, not " + typeName(place));
    }

    String string(int place) {
        return text(place).string();
    }

    String typeName(int place) {
        return payload(place).type().name();
    }

    /** An int as a long, the nearest where it does not fit. */
    long whole(int place) {
        return index(payload(place)).clamped();
    }

    long whole(int place, long otherwise) {
        return has(place) && payload(place) != Nothing.NOTHING ? whole(place) : otherwise;
    }

    static Whole index(Payload payload) {
        if (Numbers.isWhole(payload)) {
            return Numbers.whole(payload);
        }
        throw Fault.type("'" + payload.type().name() + "' object cannot be interpreted as an integer");
    }

    boolean flag(int place) {
        return has(place) && Truths.holds(payload(place));
    }

    String function() {
        return function;
    }
}
