package telos.plans;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Arguments;
import telos.plans.values.Builtin;
import telos.plans.values.DictBox;
import telos.plans.values.Displays;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.ListBox;
import telos.plans.values.Nothing;
import telos.plans.values.Order;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.SetBox;
import telos.plans.values.Truth;
import telos.plans.values.Tuple;
import telos.plans.values.Value;

/**
 * {@code sorted} and {@code list.sort} by keys that the plan computes, of what has a size that is known: the keys alone
 * decide what stands where, and whether they can be compared.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class Sorting {
    private final Frame frame;
    private final Machine machine;
    private final List<Value> elements = new ArrayList<>();
    private final List<Value> keys = new ArrayList<>();
    private final boolean reverse;
    private Label compared = Label.BOTTOM;

    private Sorting(Frame frame, boolean reverse) {
        this.frame = frame;
        this.machine = frame.machine;
        this.reverse = reverse;
    }

    /** What is sorted, if it is sorted by keys and everybody here may know how much of it there is; else null. */
    static @Nullable Value sorted(Machine machine, Builtin builtin, @Nullable Value self, Arguments arguments) {
        Value key = arguments.byName().get("key");
        Value reverse = arguments.byName().get("reverse");
        if (key == null
                || arguments.byName().size() > (reverse == null ? 1 : 2)
                || key.payload() instanceof Nothing
                || !(reverse == null || reverse.payload() instanceof Truth)
                || arguments.inOrder().size() != (self == null ? 1 : 0)) {
            return null;
        }
        Value over = self == null ? arguments.inOrder().getFirst() : self;
        boolean sorts = switch (over.payload()) {
            case ListBox _ -> builtin.name().equals(self == null ? "sorted" : "sort");
            case Tuple _, DictBox _, SetBox _ -> self == null && builtin.name().equals("sorted");
            default -> false;
        };
        Label known = Iterators.control(over).join(Machine.shallow(arguments));
        return sorts && machine.open(known) ? over : null;
    }

    static Value sort(Frame frame, @Nullable Value self, Value over, Arguments arguments) {
        Value reverse = arguments.byName().get("reverse");
        Sorting sorting =
                new Sorting(frame, reverse != null && reverse.payload() instanceof Truth truth && truth.holds());
        return sorting.sort(
                self, over, java.util.Objects.requireNonNull(arguments.byName().get("key")));
    }

    private Value sort(@Nullable Value self, Value over, Value by) {
        List<Value> asked = new ArrayList<>();
        IteratorBox iterator = Callables.iterator(frame, over);
        for (Value each = iterator.next(machine); each != null; each = iterator.next(machine)) {
            asked.add(each);
        }
        // What is sorted in place stays as it stands; its keys are computed from what can be read there.
        elements.addAll(self != null && over.payload() instanceof ListBox list ? list.view() : asked);
        for (Value each : asked) {
            machine.step();
            machine.bytes(16);
            keys.add(machine.call(by, Arguments.of(each)));
        }
        for (Value each : keys) {
            // Calls for later keys may have changed it.
            compared = compared.join(Labels.deep(each));
        }
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        List<Value> inOrder;
        try {
            inOrder = Order.byKeys(machine, elements, keys, reverse, compared);
        } catch (PlanFailure failure) {
            throw machine.failed(frame, failure, prospect(self, list(known(asked))), compared, steps, bytes);
        }
        ListBox made;
        if (self != null && over.payload() instanceof ListBox own) {
            made = own;
            made.arrange(inOrder);
        } else {
            made = new ListBox(inOrder);
        }
        made.raiseShape(Iterators.control(over).join(machine.pc()));
        made.raiseFloor(compared.join(machine.pc()));
        Value result = self == null ? new Value(made) : Value.NOTHING;
        if (machine.open(compared)) {
            return result;
        }
        Outline held = known(asked);
        Outline list = list(held);
        Prospect prospect = prospect(self, list);
        // Each of the same objects stands somewhere in every world; told apart are they only where all of them are
        // objects.
        boolean same = !held.leads() || (held.isOnlyBoxes() && !held.may(Kind.ITERATOR));
        Value settled = same
                ? machine.chosen(frame, result, prospect, compared, steps, bytes)
                : machine.secret(frame, result, prospect, compared, steps, bytes);
        if (same) {
            made.shuffle(list, machine);
        } else {
            made.widen(list, machine);
        }
        if (!elements.isEmpty()) {
            Value any = new Value(elements.getFirst().payload(), compared, held);
            machine.groups.confuse(any, List.of(new Value(made)));
        }
        return settled;
    }

    private Outline known(List<Value> values) {
        Outline rows = tuples(values);
        if (rows != null) {
            return rows;
        }
        Outline all = Outline.NEVER;
        for (Value each : values) {
            all = all.union(machine.known(each));
        }
        return all;
    }

    /** The same of tuples of the same length that everybody may tell apart, place by place; null of anything else. */
    private @Nullable Outline tuples(List<Value> values) {
        List<Outline> parts = new ArrayList<>();
        for (Value each : values) {
            if (!(each.payload() instanceof Tuple tuple) || each.outline() != null) {
                return null;
            }
            List<Value> all = tuple.elements();
            while (each == values.getFirst() && parts.size() < all.size()) {
                parts.add(Outline.NEVER);
            }
            if (parts.size() != all.size()) {
                return null;
            }
            for (int i = 0; i < all.size(); i++) {
                if (!all.get(i).isScalar()) {
                    return null;
                }
                parts.set(i, parts.get(i).union(machine.known(all.get(i))));
            }
        }
        return values.isEmpty() ? null : Displays.outlineOfTuple(parts).result();
    }

    private Outline list(Outline held) {
        return Outline.holding(Kind.LIST, elements.size(), held, null);
    }

    private Prospect prospect(@Nullable Value self, Outline list) {
        Outline key = known(keys);
        return new Prospect(self == null ? list : Outline.NONE, Order.errors(key, key), null, false);
    }
}
