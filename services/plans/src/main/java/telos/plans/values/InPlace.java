package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import telos.kernel.security.Label;

/** Augmented assignment where it changes the left operand itself. */
final class InPlace {
    private InPlace() {}

    static boolean changes(BinaryOperation operation, Payload left) {
        return switch (left) {
            case ListBox _ -> operation == BinaryOperation.ADD || operation == BinaryOperation.MULTIPLY;
            case SetBox set -> !set.isFrozen() && isOfSets(operation);
            case DictBox _ -> operation == BinaryOperation.OR;
            default -> false;
        };
    }

    private static boolean isOfSets(BinaryOperation operation) {
        return switch (operation) {
            case AND, OR, XOR, SUBTRACT -> true;
            default -> false;
        };
    }

    static void apply(Context context, BinaryOperation operation, Value left, Value right) {
        Label by = left.label().join(context.pc());
        switch (left.payload()) {
            case ListBox list when operation == BinaryOperation.ADD -> Lists.extend(context, list, right, by);
            case ListBox list -> {
                if (!Numbers.isWhole(right.payload())) {
                    throw Fault.type("can't multiply sequence by non-int of type '"
                            + right.payload().type().name() + "'");
                }
                List<Value> all = new ArrayList<>();
                if (Sequences.repeated(context, list, Numbers.whole(right.payload())) instanceof ListBox made) {
                    all.addAll(made.raw());
                }
                list.raw().clear();
                list.raw().addAll(all);
                list.raiseShape(by.join(right.label()));
                list.changed();
            }
            case SetBox set -> {
                if (!Sets.isSetLike(right.payload())) {
                    throw Arithmetic.unsupported(operation.symbol() + "=", left.payload(), right.payload());
                }
                Sets.update(context, operation, set, right, by);
            }
            case DictBox dict -> Dicts.update(context, dict, right, by);
            default -> throw new IllegalStateException("nothing to change in place");
        }
    }

    static Prospect outline(BinaryOperation operation, Outline left, Outline right) {
        Prospect all = Prospect.NEVER;
        Outline rest = left;
        if (left.may(Kind.LIST) && (operation == BinaryOperation.ADD || operation == BinaryOperation.MULTIPLY)) {
            Outline list = left.only(Kind.LIST);
            rest = rest.without(Kind.LIST);
            if (operation == BinaryOperation.ADD) {
                Prospect iterated = Iterators.all(right);
                Outline after = list.union(Outline.holding(
                        Kind.LIST,
                        Outline.plus(list.extent(), iterated.result().extent()),
                        iterated.result().elementOrNone(),
                        null));
                all = all.or(Prospect.of(after, iterated.errors()).changing(after));
            } else {
                Prospect made = operation.outline(list, right);
                Outline after = made.result().union(list);
                all = all.or(new Prospect(after, made.errors(), after, made.unbounded()));
            }
        }
        if (left.may(Kind.SET) && isOfSets(operation)) {
            Prospect made = operation.outline(left.only(Kind.SET), right);
            Outline after = made.result().union(left.only(Kind.SET));
            rest = rest.without(Kind.SET);
            all = all.or(new Prospect(after, made.errors(), after, made.unbounded()));
        }
        if (left.may(Kind.DICT) && operation == BinaryOperation.OR) {
            Outline dict = left.only(Kind.DICT);
            rest = rest.without(Kind.DICT);
            Prospect updated = Dicts.outlineOfUpdate(dict, right);
            all = all.or(updated.changing(updated.result()));
        }
        return rest.isNever() ? all : all.or(operation.outline(rest, right));
    }
}
