package telos.plans.values;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Argument;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Statement;
import telos.plans.syntax.Target;

/**
 * Runs straight-line code, each operation in both its forms: what the concrete form does must be within what the abstract
 * form said, or {@link #unsound} tells.
 */
final class Evaluator implements Context {
    /** A value, and what was told of it before it was there. */
    record Both(Value value, Outline outline) {}

    private final Map<String, Both> variables = new LinkedHashMap<>();
    private final boolean blurred;
    final List<String> unsound = new ArrayList<>();
    private long steps = 2_000_000;
    private long bytes = 1 << 26;

    Evaluator(boolean blurred) {
        this.blurred = blurred;
        Builtins.globals().forEach((name, value) -> variables.put(name, new Both(value, Outline.of(value))));
        Builtins.modules().forEach((name, module) -> {
            if (!name.equals("datetime")) {
                variables.put(name, new Both(new Value(module), Outline.of(new Value(module))));
            }
        });
    }

    Evaluator with(String name, Value value) {
        variables.put(name, new Both(value, Outline.of(value)));
        return this;
    }

    /** The repr of the last line, or the exception. */
    static String run(String source) {
        return new Evaluator(false).outcome(source);
    }

    String outcome(String source) {
        try {
            Value value = value(source);
            return Texts.repr(this, value.payload());
        } catch (PlanFailure failure) {
            String text = failure.exception().message();
            return failure.exception().type().simpleName() + ": " + text;
        } catch (Fault fault) {
            return fault.getMessage();
        } catch (BudgetSpent spent) {
            return "BudgetSpent: " + spent.getMessage();
        }
    }

    /** The value of the last line, or the failure of one. */
    Value value(String source) {
        Parsed parsed = PlanParser.parse(source);
        if (!(parsed instanceof Parsed.Accepted accepted)) {
            throw new IllegalArgumentException(source + "\n" + parsed);
        }
        Value last = Value.NOTHING;
        for (Statement each : accepted.plan().body()) {
            last = run(each);
        }
        return last;
    }

    private Value run(Statement statement) {
        switch (statement) {
            case Statement.ExpressionStatement(var _, var value) -> {
                return evaluate(value).value();
            }
            case Statement.Assignment(var _, var targets, var value) -> {
                Both both = evaluate(value);
                targets.forEach(target -> assign(target, both));
            }
            case Statement.AugmentedAssignment(var _, var target, var operator, var value) -> {
                Both before = read(target);
                Both by = evaluate(value);
                BinaryOperation operation = BinaryOperation.of(operator.symbol());
                Prospect told = operation.outlineInPlace(before.outline(), by.outline());
                assign(
                        target,
                        check(statement, told, before, () -> operation.applyInPlace(this, before.value(), by.value())));
            }
            case Statement.Delete(var _, var targets) -> targets.forEach(this::delete);
            default -> throw new IllegalArgumentException("not straight: " + statement);
        }
        return Value.NOTHING;
    }

    private Both read(Target.Place place) {
        return switch (place) {
            case Target.Name(var _, var name) -> variable(name);
            case Target.Item(var position, var of, var index) ->
                evaluate(new Expression.Subscript(position, of, index));
            case Target.Attribute(var position, var of, var name) ->
                evaluate(new Expression.Attribute(position, of, name));
        };
    }

    private void delete(Target.Place place) {
        if (!(place instanceof Target.Item(var _, var of, var index))) {
            throw new IllegalArgumentException("only items are deleted here");
        }
        Both target = evaluate(of);
        if (index instanceof Expression.Slice slice) {
            Both[] bounds = bounds(slice);
            Prospect told = SubscriptOutlines.deleteSlice(
                    target.outline(), bounds[0].outline(), bounds[1].outline(), bounds[2].outline());
            check(place, told, target, () -> {
                Subscripts.deleteSlice(this, target.value(), bound(bounds[0]), bound(bounds[1]), bound(bounds[2]));
                return Value.NOTHING;
            });
        } else {
            Both at = evaluate(index);
            check(place, SubscriptOutlines.delete(target.outline(), at.outline()), target, () -> {
                Subscripts.delete(this, target.value(), at.value());
                return Value.NOTHING;
            });
        }
    }

    private void assign(Target target, Both value) {
        switch (target) {
            case Target.Name(var _, var name) -> variables.put(name, value);
            case Target.Item(var _, var of, var index) -> {
                Both box = evaluate(of);
                if (index instanceof Expression.Slice slice) {
                    Both[] bounds = bounds(slice);
                    Prospect told = SubscriptOutlines.assignSlice(
                            box.outline(),
                            bounds[0].outline(),
                            bounds[1].outline(),
                            bounds[2].outline(),
                            value.outline());
                    check(target, told, box, () -> {
                        Subscripts.assignSlice(
                                this, box.value(), bound(bounds[0]), bound(bounds[1]), bound(bounds[2]), value.value());
                        return Value.NOTHING;
                    });
                } else {
                    Both at = evaluate(index);
                    check(target, SubscriptOutlines.assign(box.outline(), at.outline(), value.outline()), box, () -> {
                        Subscripts.assign(this, box.value(), at.value(), value.value());
                        return Value.NOTHING;
                    });
                }
            }
            case Target.Attribute(var _, var of, var name) -> {
                Both box = evaluate(of);
                check(target, Attributes.outlineOfAssign(box.outline(), name, value.outline()), box, () -> {
                    Attributes.assign(this, box.value(), name, value.value());
                    return Value.NOTHING;
                });
            }
            case Target.Several(var _, var elements) -> {
                int star = -1;
                for (int i = 0; i < elements.size(); i++) {
                    star = elements.get(i) instanceof Target.Starred ? i : star;
                }
                int before = star < 0 ? elements.size() : star;
                int after = star < 0 ? 0 : elements.size() - star - 1;
                Unpacking.Told told = Unpacking.outline(value.outline(), before, star >= 0, after);
                List<Value> parts;
                try {
                    parts = Unpacking.unpack(this, value.value(), before, star >= 0, after);
                } catch (PlanFailure failure) {
                    expect(target, told.errors(), failure);
                    throw failure;
                }
                for (int i = 0; i < parts.size(); i++) {
                    expect(target, told.parts().get(i), parts.get(i));
                    Target each = elements.get(i) instanceof Target.Starred(var _, var inner) ? inner : elements.get(i);
                    assign(each, new Both(parts.get(i), Outline.of(parts.get(i))));
                }
            }
            case Target.Starred _ -> throw new IllegalArgumentException("a star stands among others");
        }
    }

    private static @Nullable Value bound(Both both) {
        return both.value().payload() == Nothing.NOTHING ? null : both.value();
    }

    private Both[] bounds(Expression.Slice slice) {
        Both none = new Both(Value.NOTHING, Outline.NONE);
        return new Both[] {
            slice.lower().map(this::evaluate).orElse(none),
            slice.upper().map(this::evaluate).orElse(none),
            slice.step().map(this::evaluate).orElse(none)
        };
    }

    private Both variable(String name) {
        Both both = variables.get(name);
        if (both == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return new Both(both.value(), outline(both));
    }

    /** What is known of a variable now: its box may have changed since. */
    private static Outline outline(Both both) {
        return both.value().payload() instanceof Box ? Outline.of(both.value()) : both.outline();
    }

    private Both leaf(Value value) {
        Outline exact = Outline.of(value);
        return new Both(value, blurred ? exact.blurred() : exact);
    }

    private Both evaluate(Expression expression) {
        return switch (expression) {
            case Expression.Constant.None _ -> leaf(Value.NOTHING);
            case Expression.Constant.Bool(var _, var value) -> leaf(Value.of(value));
            case Expression.Constant.Int(var _, BigInteger value) -> leaf(new Value(Whole.of(value)));
            case Expression.Constant.Real(var _, var value) -> leaf(Value.of(value));
            case Expression.Constant.Str(var _, var value) -> leaf(Value.of(value));
            case Expression.Name(var _, var name) -> variable(name);
            case Expression.Text(var _, var parts) -> text(parts);
            case Expression.ListDisplay(var _, var elements) -> {
                List<Both> all = all(elements);
                yield check(
                        expression,
                        Displays.outlineOfList(outlines(all)),
                        null,
                        () -> Displays.list(this, values(all)));
            }
            case Expression.TupleDisplay(var _, var elements) -> {
                List<Both> all = all(elements);
                yield check(
                        expression,
                        Displays.outlineOfTuple(outlines(all)),
                        null,
                        () -> Displays.tuple(this, values(all)));
            }
            case Expression.SetDisplay(var _, var elements) -> {
                List<Both> all = all(elements);
                yield check(
                        expression, Displays.outlineOfSet(outlines(all)), null, () -> Displays.set(this, values(all)));
            }
            case Expression.DictDisplay(var _, var entries) -> {
                List<Both> keys = new ArrayList<>();
                List<Both> under = new ArrayList<>();
                for (Expression.Entry each : entries) {
                    if (each instanceof Expression.Entry.Pair(var _, var key, var value)) {
                        keys.add(evaluate(key));
                        under.add(evaluate(value));
                    }
                }
                yield check(
                        expression,
                        Displays.outlineOfDict(outlines(keys), outlines(under)),
                        null,
                        () -> Displays.dict(this, values(keys), values(under)));
            }
            case Expression.Unary(var _, var operator, var operand) -> {
                Both of = evaluate(operand);
                UnaryOperation operation = switch (operator) {
                    case NOT -> UnaryOperation.NOT;
                    case MINUS -> UnaryOperation.NEGATE;
                    case PLUS -> UnaryOperation.PLUS;
                    case INVERT -> UnaryOperation.INVERT;
                };
                yield check(expression, operation.outline(of.outline()), null, () -> operation.apply(this, of.value()));
            }
            case Expression.Binary(var _, var operator, var left, var right) -> {
                Both a = evaluate(left);
                Both b = evaluate(right);
                BinaryOperation operation = BinaryOperation.of(operator.symbol());
                yield check(
                        expression,
                        operation.outline(a.outline(), b.outline()),
                        null,
                        () -> operation.apply(this, a.value(), b.value()));
            }
            case Expression.Comparison(var _, var first, var links) -> {
                Both a = evaluate(first);
                Both b = evaluate(links.getFirst().operand());
                Comparison comparison =
                        Comparison.of(links.getFirst().operator().symbol());
                yield check(
                        expression,
                        comparison.outline(a.outline(), b.outline()),
                        null,
                        () -> comparison.apply(this, a.value(), b.value()));
            }
            case Expression.Subscript(var _, var of, Expression.Slice slice) -> {
                Both whole = evaluate(of);
                Both[] bounds = bounds(slice);
                yield check(
                        expression,
                        SubscriptOutlines.slice(
                                whole.outline(), bounds[0].outline(), bounds[1].outline(), bounds[2].outline()),
                        null,
                        () -> Subscripts.slice(
                                this, whole.value(), bound(bounds[0]), bound(bounds[1]), bound(bounds[2])));
            }
            case Expression.Subscript(var _, var of, var index) -> {
                Both whole = evaluate(of);
                Both at = evaluate(index);
                yield check(
                        expression,
                        SubscriptOutlines.item(whole.outline(), at.outline()),
                        null,
                        () -> Subscripts.item(this, whole.value(), at.value()));
            }
            case Expression.Attribute(var _, var of, var name) -> {
                Both whole = evaluate(of);
                yield check(
                        expression,
                        Attributes.outlineOfRead(whole.outline(), name),
                        null,
                        () -> Attributes.read(this, whole.value(), name));
            }
            case Expression.Call call -> call(call);
            default -> throw new IllegalArgumentException("not straight: " + expression);
        };
    }

    private Both text(List<Expression.Part> parts) {
        List<Both> all = new ArrayList<>();
        for (Expression.Part each : parts) {
            all.add(
                    switch (each) {
                        case Expression.Part.Literal(var _, var text) -> leaf(Value.of(text));
                        case Expression.Part.Field(var _, var expression, var conversion, var spec) -> {
                            Both value = evaluate(expression);
                            Both how = spec.isEmpty() ? new Both(Value.of(""), Outline.of(Value.of(""))) : text(spec);
                            char letter = conversion.letter().isEmpty()
                                    ? 0
                                    : conversion.letter().charAt(0);
                            yield check(
                                    each,
                                    Formats.outlineOfField(value.outline(), letter, how.outline()),
                                    null,
                                    () -> Formats.field(this, value.value(), letter, how.value()));
                        }
                    });
        }
        if (all.size() == 1) {
            return all.getFirst();
        }
        long extent = outlines(all).stream().mapToLong(Outline::extent).reduce(0, Outline::plus);
        return check(parts, Formats.outlineOfJoin(extent), null, () -> Formats.join(this, values(all)));
    }

    private Both call(Expression.Call call) {
        List<Value> inOrder = new ArrayList<>();
        List<Outline> ordered = new ArrayList<>();
        LinkedHashMap<String, Value> byName = new LinkedHashMap<>();
        LinkedHashMap<String, Outline> named = new LinkedHashMap<>();
        Both self = null;
        String name = "";
        if (call.function() instanceof Expression.Attribute(var _, var of, var attribute)) {
            self = evaluate(of);
            name = attribute;
        }
        for (Argument each : call.arguments()) {
            Both value = evaluate(each.value());
            switch (each) {
                case Argument.Positional _ -> {
                    inOrder.add(value.value());
                    ordered.add(value.outline());
                }
                case Argument.Keyword(var _, var key, var _) -> {
                    byName.put(key, value.value());
                    named.put(key, value.outline());
                }
                default -> throw new IllegalArgumentException("not straight: " + each);
            }
        }
        Arguments arguments = new Arguments(inOrder, byName);
        if (self != null) {
            Both of = self;
            String method = name;
            Prospect told = Attributes.outlineOfMethodCall(of.outline(), name, ordered, named, this::forecast);
            return check(call, told, of, () -> {
                Builtin builtin = Attributes.method(of.value().payload(), method);
                return builtin != null
                        ? builtin.call(this, of.value(), arguments)
                        : Calls.call(this, Attributes.read(this, of.value(), method), arguments);
            });
        }
        Both callee = evaluate(call.function());
        Prospect told = Calls.outline(callee.outline(), ordered, named, this::forecast);
        Both first = inOrder.isEmpty() ? null : new Both(inOrder.getFirst(), ordered.getFirst());
        return check(call, told, first, () -> Calls.call(this, callee.value(), arguments));
    }

    private Prospect forecast(Outline callee, List<Outline> arguments) {
        return new Prospect(Outline.ANY, Errors.ANY, null, true);
    }

    private interface Action {
        Value act();
    }

    /** Acts, and holds what came of it against what was told. */
    private Both check(Object where, Prospect told, @Nullable Both receiver, Action action) {
        String before = receiver == null || !(receiver.value().payload() instanceof Box)
                ? ""
                : Texts.brief(receiver.value().payload());
        Value value;
        try {
            value = action.act();
        } catch (PlanFailure failure) {
            expect(where, told.errors(), failure);
            throw failure;
        }
        if (told.errors().isEmpty() && told.result().isNever()) {
            unsound.add(where + " was told to come to nothing, and came to " + value.payload());
        }
        expect(where, told.result(), value);
        if (receiver != null && receiver.value().payload() instanceof Box box && !(box instanceof IteratorBox)) {
            Outline after = told.receiver();
            if (after == null) {
                if (!before.equals(Texts.brief(box))) {
                    unsound.add(where + " changed what was told to stay");
                }
            } else if (!after.covers(box.outline())) {
                unsound.add(where + " left " + box.outline() + ", told " + after);
            }
        }
        Outline known = value.payload() instanceof Box ? Outline.of(value) : told.result();
        return new Both(value, known);
    }

    private void expect(Object where, Errors told, PlanFailure failure) {
        ErrorKind kind = ErrorKind.of(failure.exception().type());
        if (kind == null || !told.contains(kind)) {
            unsound.add(where + " raised " + failure.getMessage() + ", told " + told.kinds());
        }
    }

    private void expect(Object where, Outline told, Value value) {
        if (!told.covers(Outline.of(value))) {
            unsound.add(where + " is " + Outline.of(value) + ", told " + told);
        }
    }

    private List<Both> all(List<Expression> expressions) {
        return expressions.stream().map(this::evaluate).toList();
    }

    private static List<Value> values(List<Both> all) {
        return all.stream().map(Both::value).toList();
    }

    private static List<Outline> outlines(List<Both> all) {
        return all.stream().map(Evaluator::outline).toList();
    }

    @Override
    public Label pc() {
        return Label.BOTTOM;
    }

    @Override
    public void steps(long count) {
        steps -= count;
        if (steps < 0) {
            throw new BudgetSpent("steps");
        }
    }

    @Override
    public void bytes(long count) {
        bytes -= count;
        if (bytes < 0) {
            throw new BudgetSpent("bytes");
        }
    }

    @Override
    public Value call(Value callee, Arguments arguments) {
        return Calls.call(this, callee, arguments);
    }
}
