package telos.plans.values;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** A list. */
@SuppressWarnings("ReferenceEquality") // the same label, sources and all
public final class ListBox extends Box {
    private final ArrayList<Value> elements;

    public ListBox() {
        this.elements = new ArrayList<>();
    }

    public ListBox(Collection<Value> elements) {
        this.elements = new ArrayList<>(elements);
    }

    /** A copy as slices and {@code list(xs)} make it: shape and floor are those of what it was made from. */
    static ListBox like(Collection<Value> elements, Label shape, Label floor) {
        ListBox box = new ListBox(elements);
        box.raiseShape(shape);
        box.raiseFloor(floor);
        return box;
    }

    /** The elements themselves, without shape and floor; whoever changes them calls {@link Box#changed}. */
    List<Value> raw() {
        return elements;
    }

    /** The elements as they stand, each with its own label only. */
    public List<Value> elements() {
        return List.copyOf(elements);
    }

    /** The same without a copy: for whoever looks while nothing changes. */
    public List<Value> view() {
        return Collections.unmodifiableList(elements);
    }

    /** Has its elements in this order from now on. */
    public void arrange(List<Value> now) {
        elements.clear();
        elements.addAll(now);
        rearranged();
    }

    @Override
    boolean swap(Context context, Payload at, Value scalar) {
        Value standing = standing(at);
        boolean alike = standing != null && standing.label() == scalar.label() && standing.isScalar();
        if (alike && at instanceof Whole place) {
            elements.set((int) place.small(), scalar);
        }
        return alike;
    }

    @Override
    public @Nullable Value standing(Payload at) {
        return at instanceof Whole place && place.isSmall() && place.small() >= 0 && place.small() < elements.size()
                ? elements.get((int) place.small())
                : null;
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    int places() {
        return elements.size();
    }

    @Override
    Value at(int place) {
        return elements.get(place);
    }

    @Override
    Outline computeOutline(Sight sight) {
        Outline scalars = sum().elements(this);
        return Outline.holding(Kind.LIST, elements.size(), scalars == null ? sight.all(elements) : scalars, null);
    }

    @Override
    public Kind kind() {
        return Kind.LIST;
    }

    /** Puts an element in the place of another: for whoever builds a list from outside. */
    public void set(int at, Value element) {
        elements.set(at, element);
        changed(element);
    }
}
