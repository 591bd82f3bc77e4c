package telos.plans.values;

import java.util.List;
import telos.kernel.security.Label;

/** {@code x in xs}. */
final class Membership {
    /** Among up to so many is looked for without counting the steps. */
    static final int FEW = 8;

    private Membership() {}

    static Value of(Context context, Value element, Value container) {
        Label label = element.label().join(container.label());
        Payload payload = element.payload();
        return switch (container.payload()) {
            case Text text -> {
                if (!(payload instanceof Text part)) {
                    throw Fault.type("'in <string>' requires string as left operand, not "
                                    + payload.type().name())
                            .by(Label.BOTTOM);
                }
                context.steps(text.length() / 32);
                yield Value.of(Search.contains(text.string(), part.string()), label);
            }
            case DictBox dict -> keyed(context, element, dict.table(), label.join(dict.shape()));
            case SetBox set -> keyed(context, setLike(context, element), set.table(), label.join(set.shape()));
            case DictView view
            when view.of() == DictView.Of.KEYS ->
                keyed(
                        context,
                        element,
                        view.dict().table(),
                        label.join(view.dict().shape()));
            case Span span -> Value.of(holds(span, payload), label);
            case Tuple tuple -> among(context, element, container, tuple.elements(), label);
            case ListBox list -> among(context, element, container, list.raw(), label);
            default -> searched(context, element, container, label);
        };
    }

    /** A set is looked for in sets as if it were frozen. */
    private static Value setLike(Context context, Value element) {
        if (element.payload() instanceof SetBox set && !set.isFrozen()) {
            return new Value(Sets.copy(context, set, true), element.label());
        }
        return element;
    }

    /** The bytes that it takes to look for it in a set, where it is one itself. */
    static long frozen(Outline element) {
        return element.may(Kind.SET) ? Outline.times(element.extent(), Sets.BYTES) : 0;
    }

    private static Value keyed(Context context, Value element, Table table, Label label) {
        boolean found = table.find(Key.of(element.payload(), context)) != null;
        return Value.of(found, label.join(Labels.deep(element)));
    }

    private static boolean holds(Span span, Payload payload) {
        if (!Numbers.isNumber(payload) || !Numbers.ordered(payload, payload)) {
            return false;
        }
        if (payload instanceof Real real && real.value() != Math.rint(real.value())) {
            return false;
        }
        if (payload instanceof Real real && Double.isInfinite(real.value())) {
            return false;
        }
        Whole whole = payload instanceof Real real ? Numbers.cut(real.value()) : Numbers.whole(payload);
        Whole offset = Whole.of(whole.big().subtract(span.start().big()));
        Whole[] parts = Arithmetic.floor(offset, span.step());
        return parts[1].sign() == 0 && parts[0].sign() >= 0 && Numbers.compare(parts[0], span.length()) < 0;
    }

    private static Value among(Context context, Value element, Value container, List<Value> all, Label label) {
        Payload payload = element.payload();
        boolean found = false;
        boolean counted = all.size() > FEW;
        for (int i = 0; i < all.size() && !found; i++) {
            context.steps(counted ? 1 : 0);
            found = Equality.same(context, all.get(i).payload(), payload);
        }
        Label decided = label.join(Labels.deep(element)).join(Labels.deep(container));
        return Value.of(found, decided.join(context.pc()));
    }

    private static Value searched(Context context, Value element, Value container, Label label) {
        Label all = label.join(Labels.deep(element)).join(Labels.deep(container));
        if (!Iterators.isIterable(container.payload())) {
            throw Fault.type("argument of type '" + container.payload().type().name() + "' is not iterable")
                    .by(Label.BOTTOM);
        }
        IteratorBox iterator = Iterators.of(context, container);
        boolean found = false;
        for (Value each = iterator.next(context);
                each != null && !found;
                each = found ? null : iterator.next(context)) {
            all = all.join(each.label());
            context.steps(1);
            found = Equality.same(context, each.payload(), element.payload());
        }
        return Value.of(found, all.join(iterator.control()));
    }

    static Errors errors(Outline element, Outline container) {
        Errors errors = Errors.NONE;
        long fit = Kind.STR.bit()
                | Kind.TUPLE.bit()
                | Kind.LIST.bit()
                | Kind.DICT.bit()
                | Kind.SET.bit()
                | Kind.FROZENSET.bit()
                | Kind.RANGE.bit()
                | Kind.VIEW.bit()
                | Kind.ITERATOR.bit()
                | Kind.TYPE.bit();
        boolean keyed = container.mayAny(Kind.DICT.bit() | Kind.SET.bit() | Kind.FROZENSET.bit() | Kind.VIEW.bit());
        return errors.andIf(!container.isOnly(fit) || container.may(Kind.TYPE), Errors.TYPE)
                .andIf(container.may(Kind.STR) && !element.isOnly(Kind.STR), Errors.TYPE)
                .andIf(keyed, Outlines.unhashable(element))
                .andIf(container.may(Kind.ITERATOR), container.pulls())
                .and(Equality.errors(element, container.without(Kind.STR).elementOrNone()));
    }
}
