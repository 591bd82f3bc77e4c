package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.BoundMethod;
import telos.plans.values.Box;
import telos.plans.values.DictBox;
import telos.plans.values.DictView;
import telos.plans.values.ExceptionBox;
import telos.plans.values.InstanceBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.ListBox;
import telos.plans.values.Payload;
import telos.plans.values.SetBox;
import telos.plans.values.Text;
import telos.plans.values.Tuple;
import telos.plans.values.Value;

/** What things hold. */
final class Contents {
    private static final int MOST_FIELDS = 64;

    private Contents() {}

    /** What a payload holds directly, each with its own label only, and what it may hold in worlds that look the same. */
    static Iterable<Value> of(Payload payload) {
        if (payload instanceof Box box && !box.elsewhere().isEmpty()) {
            List<Value> all = new ArrayList<>();
            here(payload).forEach(all::add);
            box.elsewhere().forEach(each -> all.add(new Value(each)));
            return all;
        }
        return here(payload);
    }

    /** The same without what it may hold in other worlds. */
    static Iterable<Value> here(Payload payload) {
        return switch (payload) {
            case ListBox list -> list.view();
            case Tuple tuple -> tuple.elements();
            case SetBox set -> set.elements();
            case DictBox dict -> dict.parts();
            case InstanceBox instance -> instance.fields().values();
            case ExceptionBox exception -> exception.arguments();
            case BoundMethod method -> List.of(method.self());
            case DictView view -> List.of(new Value(view.dict()));
            case IteratorBox iterator -> iterator.origins();
            case Closure closure -> captured(closure);
            default -> List.of();
        };
    }

    private static List<Value> captured(Closure closure) {
        List<Value> all = new ArrayList<>();
        for (Value each : closure.defaults) {
            if (each != null) {
                all.add(each);
            }
        }
        Object up = closure.up;
        while (up instanceof Frame frame) {
            for (Value each : frame.slots) {
                if (each != null && !(each.payload() instanceof Closure) && Machine.holds(each.payload())) {
                    all.add(each);
                }
            }
            up = frame.up;
        }
        return all;
    }

    /** What stands under text keys or names, where there are few; null where that does not say it all. */
    static @Nullable Map<String, Value> fields(Box box) {
        if (!box.isSettled()) {
            return null;
        }
        if (box instanceof InstanceBox instance) {
            return instance.fields();
        }
        if (box instanceof DictBox dict && dict.size() <= MOST_FIELDS) {
            Map<String, Value> fields = new LinkedHashMap<>();
            List<Value> parts = dict.parts();
            for (int i = 0; i < parts.size(); i += 2) {
                if (!(parts.get(i).payload() instanceof Text text)
                        || !parts.get(i).isPublic()) {
                    return null;
                }
                fields.put(text.string(), parts.get(i + 1));
            }
            return fields;
        }
        return null;
    }

    /** Raises the part of a new value that a pointer names. */
    static void raise(Value value, List<String> steps, Label label) {
        if (value.payload() instanceof Box box && steps.isEmpty()) {
            box.raise(label);
            return;
        }
        if (steps.isEmpty()) {
            return;
        }
        List<String> rest = steps.subList(1, steps.size());
        switch (value.payload()) {
            case ListBox list -> {
                List<Value> elements = list.elements();
                for (int i = 0; i < elements.size(); i++) {
                    if (steps.getFirst().equals("*") || steps.getFirst().equals(Integer.toString(i))) {
                        if (rest.isEmpty() && !(elements.get(i).payload() instanceof Box)) {
                            list.set(i, raised(elements.get(i), label));
                        } else {
                            raise(elements.get(i), rest, label);
                        }
                    }
                }
            }
            case DictBox dict -> {
                for (Map.Entry<Value, Value> each : dict.entries().entrySet()) {
                    if (steps.getFirst().equals("*")
                            || (each.getKey().payload() instanceof Text text
                                    && text.string().equals(steps.getFirst()))) {
                        if (rest.isEmpty() && !(each.getValue().payload() instanceof Box)) {
                            dict.put(each.getKey(), raised(each.getValue(), label));
                        } else {
                            raise(each.getValue(), rest, label);
                        }
                    }
                }
            }
            default -> {}
        }
    }

    private static Value raised(Value value, Label label) {
        Value raised = value.raised(label);
        return raised.outline() == null && !raised.isPublic()
                ? raised.outlined(Data.bounded(raised.payload().kind()))
                : raised;
    }
}
