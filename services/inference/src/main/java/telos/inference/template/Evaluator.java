package telos.inference.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Expressions to values. */
final class Evaluator {
    private final Run run;

    Evaluator(Run run) {
        this.run = run;
    }

    Value value(Expression expression, Scope scope) {
        run.step();
        run.at(expression.line());
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> scope.find(name.name());
            case Expression.Items list -> new Value.Sequence(values(list.items(), scope));
            case Expression.Entries entries -> mapping(entries, scope);
            case Expression.Negative negative ->
                Operations.binary(run, "-", Value.of(0), at(negative.line(), value(negative.operand(), scope)));
            case Expression.Not not -> Value.of(!Operations.truth(value(not.operand(), scope)));
            case Expression.And and -> {
                Value left = value(and.left(), scope);
                yield Operations.truth(left) ? value(and.right(), scope) : left;
            }
            case Expression.Or or -> {
                Value left = value(or.left(), scope);
                yield Operations.truth(left) ? left : value(or.right(), scope);
            }
            case Expression.Binary binary -> {
                Value left = value(binary.left(), scope);
                Value right = value(binary.right(), scope);
                run.at(binary.line());
                yield Operations.binary(run, binary.operator(), left, right);
            }
            case Expression.Compare compare -> compare(compare, scope);
            case Expression.Conditional conditional -> {
                if (Operations.truth(value(conditional.test(), scope))) {
                    yield value(conditional.then(), scope);
                }
                Expression otherwise = conditional.otherwise();
                yield otherwise == null ? new Value.Undefined("the missing else") : value(otherwise, scope);
            }
            case Expression.Attribute attribute -> attribute(attribute, scope);
            case Expression.Subscript subscript -> subscript(subscript, scope);
            case Expression.Slice slice -> {
                Value target = value(slice.target(), scope);
                Value start = optional(slice.start(), scope);
                Value stop = optional(slice.stop(), scope);
                Value step = optional(slice.step(), scope);
                run.at(slice.line());
                yield Operations.slice(run, target, start, stop, step);
            }
            case Expression.Call call -> {
                Value target = value(call.target(), scope);
                Arguments arguments = arguments(call.given(), scope);
                run.at(call.line());
                if (!(target instanceof Value.Function function)) {
                    throw run.fail("cannot call " + target.sort());
                }
                yield function.call(run, arguments);
            }
            case Expression.Filter filter -> {
                Value target = value(filter.target(), scope);
                Arguments arguments = arguments(filter.given(), scope);
                run.at(filter.line());
                yield Filters.apply(run, filter.name(), target, arguments);
            }
            case Expression.Test test -> {
                Value target = value(test.target(), scope);
                Arguments arguments = arguments(test.given(), scope);
                run.at(test.line());
                yield Value.of(Checks.holds(run, test.name(), target, arguments) != test.negated());
            }
        };
    }

    private Value at(int line, Value value) {
        run.at(line);
        return value;
    }

    private Value optional(@Nullable Expression expression, Scope scope) {
        return expression == null ? Value.None.NONE : value(expression, scope);
    }

    private List<Value> values(List<Expression> expressions, Scope scope) {
        List<Value> out = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            out.add(value(expression, scope));
        }
        return out;
    }

    private Arguments arguments(Expression.Given given, Scope scope) {
        if (given.positional().isEmpty() && given.named().isEmpty()) {
            return Arguments.NONE;
        }
        Map<String, Value> named = new LinkedHashMap<>();
        List<Value> positional = values(given.positional(), scope);
        given.named().forEach((name, expression) -> named.put(name, value(expression, scope)));
        return new Arguments(positional, named);
    }

    private Value mapping(Expression.Entries entries, Scope scope) {
        Value.Mapping map = new Value.Mapping();
        for (Expression.Entry entry : entries.entries()) {
            Value key = value(entry.key(), scope);
            if (!(key instanceof Text || key instanceof Value.None || Operations.isNumber(key))) {
                throw run.fail("the key of a mapping must be a text or a number, not " + key.sort());
            }
            map.entries().put(key, value(entry.value(), scope));
        }
        return map;
    }

    private Value compare(Expression.Compare compare, Scope scope) {
        Value left = value(compare.first(), scope);
        for (Expression.Comparison next : compare.rest()) {
            Value right = value(next.right(), scope);
            run.at(compare.line());
            boolean holds = switch (next.operator()) {
                case "==" -> Operations.equal(run, left, right);
                case "!=" -> !Operations.equal(run, left, right);
                case "in" -> Operations.contains(run, right, left);
                case "not in" -> !Operations.contains(run, right, left);
                case "<" -> Operations.compare(run, left, right) < 0;
                case "<=" -> Operations.compare(run, left, right) <= 0;
                case ">" -> Operations.compare(run, left, right) > 0;
                case ">=" -> Operations.compare(run, left, right) >= 0;
                default -> throw run.fail("the operator '" + next.operator() + "' is not known");
            };
            if (!holds) {
                return Value.of(false);
            }
            left = right;
        }
        return Value.of(true);
    }

    /** {@code target.name}: a method before an entry, as Python's attributes come before items. */
    private Value attribute(Expression.Attribute attribute, Scope scope) {
        Value target = value(attribute.target(), scope);
        run.at(attribute.line());
        Value.Function method = Methods.find(target, attribute.name());
        return method != null ? method : Operations.item(run, target, Text.trusted(attribute.name()));
    }

    /** {@code target['name']}: an entry before a method. */
    private Value subscript(Expression.Subscript subscript, Scope scope) {
        Value target = value(subscript.target(), scope);
        Value index = value(subscript.index(), scope);
        run.at(subscript.line());
        Value item = Operations.item(run, target, index);
        if (item instanceof Value.Undefined && index instanceof Text name) {
            Value.Function method = Methods.find(target, name.value());
            return method != null ? method : item;
        }
        return item;
    }
}
