package telos.plans.syntax;

import java.util.ArrayList;
import java.util.List;

/** Makes targets of what was read as expressions, where a value can be bound to them. */
final class Targets {
    private static final String ASSIGNED = "assigned to";

    private final Tokens tokens;
    private final Expressions expressions;

    Targets(Tokens tokens, Expressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** Reads what stands between {@code for} and {@code in}. */
    Target loop() {
        Token start = tokens.current();
        Target first = element();
        if (!tokens.at(",")) {
            return alone(first);
        }
        List<Target> elements = new ArrayList<>(List.of(first));
        while (tokens.accept(",") && !tokens.at("in")) {
            elements.add(element());
        }
        return several(start.position(), elements);
    }

    private Target element() {
        Token start = tokens.current();
        if (tokens.accept("*")) {
            return new Target.Starred(start.position(), of(expressions.primary()));
        }
        return of(expressions.primary());
    }

    private Target alone(Target target) {
        if (target instanceof Target.Starred) {
            throw tokens.fault(target, "a starred target must be one of several", "a comma behind it, or no star");
        }
        return target;
    }

    /** The target that an expression on the left of {@code =} stands for. */
    Target of(Expression expression) {
        if (expression instanceof Expression.TupleDisplay(Position position, List<Expression> elements)) {
            return several(position, all(elements));
        }
        if (expression instanceof Expression.ListDisplay(Position position, List<Expression> elements)) {
            return several(position, all(elements));
        }
        return place(expression, ASSIGNED);
    }

    private List<Target> all(List<Expression> elements) {
        List<Target> targets = new ArrayList<>();
        for (Expression each : elements) {
            targets.add(
                    each instanceof Expression.Starred(Position position, Expression value)
                            ? new Target.Starred(position, of(value))
                            : of(each));
        }
        return targets;
    }

    private Target several(Position position, List<Target> elements) {
        boolean star = false;
        for (Target each : elements) {
            if (each instanceof Target.Starred) {
                if (star) {
                    throw tokens.fault(each, "two stars in one target", "at most one starred name");
                }
                star = true;
            }
        }
        return new Target.Several(position, elements);
    }

    /** The one place that an expression stands for; the verb says what was to happen to it. */
    Target.Place place(Expression expression, String verb) {
        if (expression instanceof Expression.Name(Position position, String name)) {
            tokens.bindable(name, position);
            return new Target.Name(position, name);
        }
        if (expression instanceof Expression.Attribute(Position position, Expression value, String name)) {
            return new Target.Attribute(position, value, name);
        }
        if (expression instanceof Expression.Subscript(Position position, Expression value, Expression index)) {
            return new Target.Item(position, value, index);
        }
        boolean compare = verb.equals(ASSIGNED) && !(expression instanceof Expression.Comparison);
        String expected = "a name, an attribute or an item" + (compare ? ", or '==' to compare" : "");
        throw tokens.fault(expression, describe(expression) + " cannot be " + verb, expected);
    }

    private static String describe(Expression expression) {
        return switch (expression) {
            case Expression.Constant.None _ -> "None";
            case Expression.Constant.Bool(Position _, boolean value) -> value ? "True" : "False";
            case Expression.Constant _, Expression.Text _ -> "a literal";
            case Expression.Call _ -> "a call";
            case Expression.Comprehension _ -> "a comprehension";
            case Expression.Comparison _ -> "a comparison";
            case Expression.Conditional _ -> "a conditional";
            case Expression.Lambda _ -> "a lambda";
            case Expression.Walrus _ -> "an assignment";
            case Expression.Starred _ -> "a starred value";
            case Expression.TupleDisplay _ -> "a tuple";
            case Expression.ListDisplay _ -> "a list";
            case Expression.DictDisplay _ -> "a dictionary";
            case Expression.SetDisplay _ -> "a set";
            case Expression.Slice _ -> "a slice";
            case Expression.Unary _, Expression.Binary _, Expression.Both _, Expression.Either _ -> "a computed value";
            case Expression.Name _, Expression.Attribute _, Expression.Subscript _ -> "this";
        };
    }
}
