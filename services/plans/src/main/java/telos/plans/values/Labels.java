package telos.plans.values;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Labels of values with everything in them. */
public final class Labels {
    /** How deep what never changes is gone through for objects: what lies deeper is chosen by what a walk saw alone. */
    private static final int DEEPEST = 16;

    private Labels() {}

    /** The join of the label of a value and of everything that it, whichever of its peers it may be, holds, however deep. */
    public static Label deep(Value value) {
        Payload payload = value.payload();
        if (!holds(payload)) {
            return value.label();
        }
        Peers peers = payload instanceof Box box && !value.isPublic() ? box.group() : null;
        if (peers != null) {
            return value.label().join(peers.deep());
        }
        Label flat = flat(payload);
        return flat == null
                ? new Walk().join(value, Label.BOTTOM)
                : value.label().join(flat);
    }

    /** The join of what something holds, where nothing of that holds anything itself; else null. */
    private static @Nullable Label flat(Payload payload) {
        return switch (payload) {
            case Box box -> box.within();
            case Tuple tuple -> flat(tuple.elements(), Label.BOTTOM);
            default -> null;
        };
    }

    /** The same of a box, computed. */
    static @Nullable Label flat(Box box) {
        if (!box.elsewhere().isEmpty()) {
            return null;
        }
        Label own = box.shape().join(box.floor()).join(box.beyond());
        Label scalars = box.scalars();
        if (scalars != null) {
            return own.join(scalars);
        }
        return switch (box) {
            case ListBox list -> flat(list.raw(), own);
            case DictBox dict -> {
                Table table = dict.table();
                for (int at = table.next(0); at >= 0 && own != null; at = table.next(at + 1)) {
                    Table.Entry entry = java.util.Objects.requireNonNull(table.at(at));
                    Label names = flat(entry.name, own);
                    own = names == null ? null : flat(entry.value, names);
                }
                yield own;
            }
            case SetBox set -> flat(set.table().names(), own);
            case InstanceBox instance -> {
                for (Value each : instance.raw().values()) {
                    own = own == null ? null : flat(each, own);
                }
                yield own;
            }
            case IteratorBox _ -> null;
        };
    }

    private static @Nullable Label flat(List<Value> values, Label start) {
        Label all = start;
        for (int i = 0; i < values.size(); i++) {
            all = flat(values.get(i), all);
            if (all == null) {
                return null;
            }
        }
        return all;
    }

    private static @Nullable Label flat(Value value, Label start) {
        return holds(value.payload()) ? null : start.join(value.label());
    }

    /** The join of what going through something reads: of a dictionary, its keys without what stands under them. */
    public static Label iterated(Value value) {
        if (!(value.payload() instanceof DictBox dict)) {
            return deep(value);
        }
        Label all = value.label().join(dict.shape()).join(dict.floor());
        for (Table.Entry entry : dict.table().entries()) {
            all = all.join(deep(entry.name));
        }
        return all;
    }

    /**
     * A value that a secret chose out of several objects as one that may be read by whoever may read all of them, so that
     * what is read out of it tells nothing of which one it is; another as it is.
     */
    public static Value joint(Value value) {
        return !value.isPublic() && holds(value.payload()) && anyGroup(value.payload(), 0, _ -> true)
                ? value.raised(deep(value))
                : value;
    }

    /** Whether the groups are found of any object that a value is or, where it never changes, holds. */
    private static boolean anyGroup(Payload payload, int depth, Predicate<Peers> found) {
        return switch (payload) {
            case Box box -> isFound(box.group(), found);
            case DictView view -> isFound(view.dict().group(), found);
            case Tuple tuple -> anyGroup(tuple.elements(), depth, found);
            case ExceptionBox exception -> anyGroup(exception.arguments(), depth, found);
            case BoundMethod method -> anyGroup(List.of(method.self()), depth, found);
            default -> false;
        };
    }

    private static boolean isFound(@Nullable Peers peers, Predicate<Peers> found) {
        return peers != null && found.test(peers);
    }

    private static boolean anyGroup(List<Value> values, int depth, Predicate<Peers> found) {
        if (depth < DEEPEST) {
            for (Value each : values) {
                if (holds(each.payload()) && anyGroup(each.payload(), depth + 1, found)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @param isWithin whether nothing was gone through that is none of them and may change by itself */
    record Joint(Label label, boolean isWithin) {}

    /** The join of everything that some objects hold, however deep. */
    static Joint joint(Peers peers) {
        Walk walk = new Walk(true);
        Label all = walk.pushed(peers, Label.BOTTOM);
        boolean within = true;
        while (!walk.todo.isEmpty()) {
            Payload each = walk.todo.pop();
            within &= !(each instanceof Box box) || (box.group() == peers && !(box instanceof IteratorBox));
            all = walk.open(each, all);
        }
        return new Joint(all, within);
    }

    /** Who may know of what stands under a text, in whichever dictionary a value may be. */
    public static @Nullable Label under(Value value, Value text) {
        Peers peers = value.payload() instanceof DictBox dict && text.payload() instanceof Text ? dict.group() : null;
        return peers == null || !(text.payload() instanceof Text key)
                ? null
                : value.label().join(peers.under(key));
    }

    /** The join of the label of a value and of what it holds as far as that never changes, however deep: objects end it. */
    public static Label fixed(Value value) {
        return switch (value.payload()) {
            case Tuple tuple -> value.label().join(tuple.within());
            case ExceptionBox exception -> value.label().join(exception.within());
            case BoundMethod method -> value.label().join(fixed(method.self()));
            default -> value.label();
        };
    }

    /** The same of several. */
    static Label fixed(List<Value> values) {
        Label all = Label.BOTTOM;
        for (Value each : values) {
            all = all.join(fixed(each));
        }
        return all;
    }

    static Label deep(Iterable<Value> values) {
        Label all = Label.BOTTOM;
        Walk walk = null;
        for (Value each : values) {
            if (holds(each.payload())) {
                walk = walk == null ? new Walk() : walk;
                all = walk.join(each, all);
            } else {
                all = all.join(each.label());
            }
        }
        return all;
    }

    static boolean holds(Payload payload) {
        return payload instanceof Box
                || payload instanceof Tuple
                || payload instanceof DictView
                || payload instanceof ExceptionBox
                || payload instanceof BoundMethod;
    }

    /** Who may know of a value and of how much it holds. */
    public static Label shape(Value value) {
        Label label = value.label();
        return switch (value.payload()) {
            case IteratorBox iterator -> label.join(iterator.control());
            case Box box -> label.join(box.shape()).join(box.floor());
            default -> label;
        };
    }

    static Label shapes(Iterable<Value> values) {
        Label all = Label.BOTTOM;
        for (Value each : values) {
            all = all.join(shape(each));
        }
        return all;
    }

    /** The labels of the references alone. */
    static Label shallow(Iterable<Value> values) {
        Label all = Label.BOTTOM;
        for (Value each : values) {
            all = all.join(each.label());
        }
        return all;
    }

    /** One walk over what may hold itself; by its own stack, for it may lie as deep as memory allows. */
    private static final class Walk {
        /** Whether each object is to be opened, also where what it holds is known. */
        private final boolean thorough;

        private @Nullable Set<Payload> seen;
        private @Nullable Set<Peers> whole;
        private final java.util.ArrayDeque<Payload> todo = new java.util.ArrayDeque<>();

        Walk() {
            this(false);
        }

        Walk(boolean thorough) {
            this.thorough = thorough;
        }

        Label join(Value value, Label start) {
            Label all = push(value, start);
            while (!todo.isEmpty()) {
                all = open(todo.pop(), all);
            }
            return all;
        }

        private Label push(Value value, Label start) {
            Label all = start.join(value.label());
            Payload payload = value.payload();
            if (!holds(payload)) {
                return all;
            }
            if (!value.isPublic()) {
                anyGroup(payload, 0, peers -> {
                    push(peers);
                    return false;
                });
            }
            Label flat = thorough ? null : flat(payload);
            if (flat != null) {
                return all.join(flat);
            }
            push(payload);
            return all;
        }

        /** What a secret chose may be any of these. */
        private void push(Peers peers) {
            Set<Peers> known = whole;
            if (known == null) {
                known = Collections.newSetFromMap(new IdentityHashMap<>());
                whole = known;
            }
            if (known.add(peers)) {
                peers.members().forEach(this::push);
            }
        }

        /** Takes up these, each of which is to be opened; what is known of one without that is joined. */
        private Label pushed(Peers peers, Label start) {
            Label all = start;
            for (Box each : peers.members()) {
                if (each.likeness() == null) {
                    push(each);
                } else {
                    all = all.join(java.util.Objects.requireNonNull(each.within()));
                }
            }
            return all;
        }

        private void push(Payload payload) {
            Set<Payload> known = seen;
            if (known == null) {
                known = Collections.newSetFromMap(new IdentityHashMap<>());
                seen = known;
            }
            if (known.add(payload)) {
                todo.push(payload);
            }
        }

        private Label open(Payload payload, Label start) {
            Label all = start;
            if (payload instanceof Box box) {
                all = all.join(box.shape()).join(box.floor()).join(box.beyond());
                for (Box other : box.elsewhere()) {
                    Peers peers = other.group();
                    if (peers == null) {
                        push(other);
                    } else {
                        push(peers);
                    }
                }
            }
            return switch (payload) {
                case ListBox list -> each(list.raw(), all);
                case Tuple tuple -> each(tuple.elements(), all);
                case DictBox dict -> {
                    for (Table.Entry entry : dict.table().entries()) {
                        all = push(entry.value, push(entry.name, all));
                    }
                    yield all;
                }
                case SetBox set -> each(set.table().names(), all);
                case InstanceBox instance -> each(instance.raw().values(), all);
                case ExceptionBox exception -> each(exception.arguments(), all);
                case BoundMethod method -> each(List.of(method.self()), all);
                case DictView view -> {
                    push(view.dict());
                    yield all;
                }
                case IteratorBox iterator -> each(iterator.sources(), all.join(iterator.control()));
                default -> all;
            };
        }

        private Label each(Iterable<Value> values, Label start) {
            Label all = start;
            for (Value value : values) {
                all = push(value, all);
            }
            return all;
        }
    }
}
