package telos.plans.values;

import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Python's {@code iter()}: one element after another of whatever has some. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Iterators {
    private static final long ITERABLE = Kind.STR.bit()
            | Kind.TUPLE.bit()
            | Kind.LIST.bit()
            | Kind.DICT.bit()
            | Kind.SET.bit()
            | Kind.FROZENSET.bit()
            | Kind.RANGE.bit()
            | Kind.VIEW.bit()
            | Kind.ITERATOR.bit()
            | Kind.TYPE.bit();

    private Iterators() {}

    static boolean isIterable(Payload payload) {
        return switch (payload) {
            case Type type -> type.instances() == Kind.MEMBER && type.isMadeByPlan();
            default -> payload.kind() != Kind.TYPE && (payload.kind().bit() & ITERABLE) != 0;
        };
    }

    /** Its elements one after another, or the TypeError that it has none. */
    public static IteratorBox of(Context context, Value value) {
        return switch (value.payload()) {
            case IteratorBox iterator -> iterator;
            case ListBox list -> new OfList(list, value);
            case Tuple tuple -> new OfElements("tuple_iterator", tuple.elements(), value);
            case Text text -> new OfText(text, value);
            case Span span -> new OfSpan(span, value);
            case DictBox dict -> new OfTable(dict, dict.table(), DictView.Of.KEYS, "dict_keyiterator", value);
            case SetBox set -> new OfTable(set, set.table(), DictView.Of.KEYS, "set_iterator", value);
            case DictView view ->
                new OfTable(
                        view.dict(), view.dict().table(), view.of(), view.of().label() + "iterator", value);
            case Type type
            when isIterable(type) ->
                new OfElements(
                        "generator",
                        List.copyOf(new java.util.LinkedHashSet<>(type.members().values())),
                        value);
            default ->
                throw Fault.type("'" + value.payload().type().name() + "' object is not iterable")
                        .raised(value.label(), Label.BOTTOM);
        };
    }

    /** The same for something that goes through it and hands no iterator on. */
    public static IteratorBox within(Context context, Value value) {
        IteratorBox iterator = of(context, value);
        if (iterator != value.payload()) {
            iterator.own();
        }
        return iterator;
    }

    /** Who may know how many elements there are, before the first was taken. */
    public static Label control(Value value) {
        return switch (value.payload()) {
            case IteratorBox iterator -> value.label().join(iterator.control());
            case Box box -> value.label().join(box.shape());
            case DictView view -> value.label().join(view.dict().shape());
            default -> value.label();
        };
    }

    /** What going through all of it may come to: the same iterator, with the errors of taking its elements. */
    static Prospect all(Outline of) {
        Prospect iterated = outline(of);
        return iterated.and(iterated.result().pulls());
    }

    /** An iterator over what can be iterated, told from outlines. */
    public static Prospect outline(Outline of) {
        Errors errors = Errors.NONE.andIf(!of.isOnly(ITERABLE) || of.may(Kind.TYPE), Errors.TYPE);
        Outline element = Outline.NEVER;
        if (of.may(Kind.STR)) {
            element = Outline.text(1);
        }
        if (of.may(Kind.DICT)) {
            element = element.union(of.keyOrNone());
        }
        Outline others = of.only(ITERABLE & ~Kind.STR.bit() & ~Kind.DICT.bit() & ~Kind.TYPE.bit());
        element = element.union(others.elementOrNone());
        if (of.may(Kind.TYPE)) {
            element = element.union(Outline.of(Kind.MEMBER, 8));
        }
        Pulls pulls = of.may(Kind.ITERATOR) ? of.pulling() : Pulls.NONE;
        return Prospect.of(
                Outline.holding(Kind.ITERATOR, of.isNever() ? 0 : of.extent(), element, null)
                        .pulling(pulls),
                errors);
    }

    /** What is read where not everybody may know which element it is: known only as far as all elements are. */
    private static Value seen(Value element, Label way, Outline whole) {
        return new Value(element.payload(), element.label().join(way), whole.elementOrNone());
    }

    private abstract static class Position extends IteratorBox {
        final Label reference;
        private final String name;

        Position(String name, Label reference) {
            this.name = name;
            this.reference = reference;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public Label control() {
            return reference.join(shape()).join(floor());
        }

        final void moved(Context context) {
            if (context.pc() != Label.BOTTOM) {
                raiseShape(context.pc());
            }
        }
    }

    private static final class OfList extends Position {
        private final ListBox list;
        private final Value whole;
        private int at;
        private Label told = Label.BOTTOM;
        private @Nullable Label toldOf;
        private @Nullable Label toldShape;

        OfList(ListBox list, Value whole) {
            super("list_iterator", whole.label());
            this.list = list;
            this.whole = whole;
        }

        @Override
        public Label control() {
            // It is asked for with each element, and hardly ever another.
            Label own = super.control();
            if (own != toldOf || toldShape != list.shape()) {
                toldOf = own;
                toldShape = list.shape();
                told = own.join(list.shape());
            }
            return told;
        }

        @Override
        public @Nullable Value next(Context context) {
            moved(context);
            if (at >= list.size()) {
                at = Integer.MAX_VALUE;
                return null;
            }
            return list.read(list.raw().get(at++), super.control(), whole);
        }

        @Override
        public Iterable<Value> sources() {
            return List.of(whole);
        }

        @Override
        Outline ahead(Sight sight) {
            return Iterators.outline(sight.inside(whole)).result();
        }
    }

    /** Over what never changes. */
    private static final class OfElements extends Position {
        private final List<Value> elements;
        private final Value whole;
        private @Nullable Outline outline;
        private int at;

        OfElements(String name, List<Value> elements, Value whole) {
            super(name, whole.label());
            this.elements = elements;
            this.whole = whole;
        }

        @Override
        public @Nullable Value next(Context context) {
            moved(context);
            if (at >= elements.size()) {
                return null;
            }
            Value element = elements.get(at++);
            Label way = control();
            return way.isBottom() ? element : seen(element, way, known());
        }

        private Outline known() {
            Outline known = outline;
            if (known == null) {
                known = Iterators.outline(Outline.of(whole)).result();
                outline = known;
            }
            return known;
        }

        @Override
        public Iterable<Value> sources() {
            return elements;
        }

        @Override
        Outline ahead(Sight sight) {
            return Iterators.outline(sight.inside(whole)).result();
        }
    }

    private static final class OfText extends Position {
        private final Text text;
        private final Value whole;
        private int at;

        OfText(Text text, Value whole) {
            super("str_iterator", whole.label());
            this.text = text;
            this.whole = whole;
        }

        @Override
        public @Nullable Value next(Context context) {
            moved(context);
            if (at >= text.length()) {
                return null;
            }
            Text each = text.at(at++);
            Label way = control();
            return way.isBottom() ? new Value(each) : new Value(each, way, Outline.text(1));
        }

        @Override
        public Iterable<Value> sources() {
            return List.of();
        }

        @Override
        Outline ahead(Sight sight) {
            return Iterators.outline(sight.inside(whole)).result();
        }
    }

    private static final class OfSpan extends Position {
        private final Span span;
        private final Value whole;
        private long at;

        OfSpan(Span span, Value whole) {
            super("range_iterator", whole.label());
            this.span = span;
            this.whole = whole;
        }

        @Override
        public @Nullable Value next(Context context) {
            moved(context);
            if (at >= span.length().clamped()) {
                return null;
            }
            Whole each = span.at(at++);
            Label way = control();
            return way.isBottom() ? new Value(each) : seen(new Value(each), way, Outline.of(whole));
        }

        @Override
        public Iterable<Value> sources() {
            return List.of();
        }

        @Override
        Outline ahead(Sight sight) {
            return Iterators.outline(sight.inside(whole)).result();
        }
    }

    /**
     * Over the entries of a dictionary or a set. That its size was changed meanwhile is an error, as in Python, where everybody
     * may know of it; else it would tell what decided the change, so those entries are come to that were there from the first.
     */
    private static final class OfTable extends Position {
        private final Box box;
        private final Table table;
        private final DictView.Of of;
        private final int size;
        /** Where entries begin that were put there later; they are not come to. */
        private final int end;

        private final Value whole;
        private int at;

        OfTable(Box box, Table table, DictView.Of of, String name, Value whole) {
            super(name, whole.label());
            this.whole = whole;
            this.box = box;
            this.table = table;
            this.of = of;
            this.size = table.size();
            this.end = table.positions();
        }

        @Override
        public Label control() {
            return super.control().join(box.shape());
        }

        @Override
        public @Nullable Value next(Context context) {
            moved(context);
            if (table.size() != size
                    && at >= 0
                    && context.pc().isBottom()
                    && control().isBottom()) {
                throw Fault.runtime(
                                box instanceof SetBox
                                        ? "Set changed size during iteration"
                                        : "dictionary changed size during iteration")
                        .raised(control(), Label.BOTTOM);
            }
            int found = at < 0 ? -1 : table.next(at);
            Table.Entry entry = found < 0 || found >= end ? null : table.at(found);
            if (entry == null) {
                at = -1;
                return null;
            }
            at = found + 1;
            Label way = super.control().join(box.shape()).join(box.floor());
            Value element = switch (of) {
                case KEYS -> entry.name;
                case VALUES -> entry.value;
                case ITEMS -> new Value(Tuple.of(entry.name, entry.value));
            };
            if (way.isBottom()) {
                return element;
            }
            return new Value(element.payload(), element.label().join(way), elementOutline());
        }

        private Outline elementOutline() {
            return Iterators.outline(Outline.of(whole)).result().elementOrNone();
        }

        @Override
        public Iterable<Value> sources() {
            return List.of(whole);
        }

        @Override
        Outline ahead(Sight sight) {
            return Iterators.outline(sight.inside(whole)).result();
        }
    }
}
