package telos.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.plans.syntax.Argument;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Position;
import telos.plans.syntax.UnaryOperator;
import telos.plans.values.Builtin;
import telos.plans.values.Comparison;
import telos.plans.values.ErrorKind;
import telos.plans.values.Kind;
import telos.plans.values.Text;
import telos.plans.values.Tuple;
import telos.plans.values.UnaryOperation;
import telos.plans.values.Value;
import telos.plans.values.Whole;

/** Turns expressions into nodes that can be run and walked. */
final class Expressions {
    /** Functions that take all elements of what they are given before they do anything else that could be seen. */
    private static final Set<String> EXHAUSTING =
            Set.of("sum", "list", "tuple", "set", "frozenset", "sorted", "max", "min", "dict");

    private final Compiler compiler;

    Expressions(Compiler compiler) {
        this.compiler = compiler;
    }

    @Nullable
    Expr optional(Optional<Expression> expression) {
        return expression.map(this::of).orElse(null);
    }

    Expr of(Expression expression) {
        Position at = expression.position();
        return switch (expression) {
            case Expression.Constant.None _ -> new Variables.Constant(at, Value.NOTHING);
            case Expression.Constant.Bool each -> new Variables.Constant(at, Value.of(each.value()));
            case Expression.Constant.Int each -> new Variables.Constant(at, new Value(Whole.of(each.value())));
            case Expression.Constant.Real each -> new Variables.Constant(at, Value.of(each.value()));
            case Expression.Constant.Str each -> new Variables.Constant(at, new Value(Text.named(each.value())));
            case Expression.Text each -> text(at, each.parts());
            case Expression.Name each -> name(at, each.name());
            case Expression.Attribute each -> {
                compiler.changes.read(each.name());
                yield new Accesses.Attribute(at, of(each.value()), each.name());
            }
            case Expression.Subscript each -> {
                Expr of = of(each.value());
                yield each.index() instanceof Expression.Slice slice
                        ? new Accesses.Slice(
                                at, of, optional(slice.lower()), optional(slice.upper()), optional(slice.step()))
                        : new Accesses.Item(at, of, of(each.index()));
            }
            case Expression.Slice _ -> throw new Compiler.Refusal(at, "a slice stands alone between brackets: xs[1:3]");
            case Expression.Call each -> call(each);
            case Expression.ListDisplay each -> new Containers.Display(at, Kind.LIST, parts(each.elements()));
            case Expression.TupleDisplay each -> tuple(at, parts(each.elements()));
            case Expression.SetDisplay each -> new Containers.Display(at, Kind.SET, parts(each.elements()));
            case Expression.DictDisplay each -> {
                List<Containers.Entry> entries = new ArrayList<>();
                for (Expression.Entry entry : each.entries()) {
                    entries.add(
                            switch (entry) {
                                case Expression.Entry.Pair pair ->
                                    new Containers.Entry(of(pair.key()), of(pair.value()));
                                case Expression.Entry.Unpacking unpacking ->
                                    new Containers.Entry(null, of(unpacking.value()));
                            });
                }
                yield new Containers.Dict(at, entries);
            }
            case Expression.Comprehension each -> comprehension(each);
            case Expression.Unary each -> new Operators.Unary(at, unary(each.operator()), of(each.operand()));
            case Expression.Binary each ->
                new Operators.Binary(at, Compiler.operation(each.operator()), of(each.left()), of(each.right()));
            case Expression.Both each -> new Operators.Logic(at, all(each.operands()), true);
            case Expression.Either each -> new Operators.Logic(at, all(each.operands()), false);
            case Expression.Comparison each -> comparison(each);
            case Expression.Conditional each ->
                new Operators.Conditional(at, of(each.condition()), of(each.then()), of(each.otherwise()));
            case Expression.Lambda each -> lambda(each);
            case Expression.Walrus each -> walrus(each);
            case Expression.Starred _ -> throw new Compiler.Refusal(at, "a starred expression cannot stand here");
        };
    }

    private List<Expr> all(List<Expression> expressions) {
        List<Expr> all = new ArrayList<>();
        expressions.forEach(each -> all.add(of(each)));
        return all;
    }

    private List<Containers.Part> parts(List<Expression> elements) {
        List<Containers.Part> parts = new ArrayList<>();
        for (Expression each : elements) {
            parts.add(
                    each instanceof Expression.Starred starred
                            ? new Containers.Part(of(starred.value()), true)
                            : new Containers.Part(of(each), false));
        }
        return parts;
    }

    /** One of constants never changes, so that it is made once. */
    private static Expr tuple(Position at, List<Containers.Part> parts) {
        List<Value> values = new ArrayList<>();
        for (Containers.Part each : parts) {
            if (each.starred() || !(each.value() instanceof Variables.Constant constant) || !isScalar(constant.value)) {
                return new Containers.Display(at, Kind.TUPLE, parts);
            }
            values.add(constant.value);
        }
        return new Variables.Constant(at, new Value(new Tuple(values)));
    }

    private static boolean isScalar(Value value) {
        return switch (value.payload().kind()) {
            case NONE, BOOL, INT, FLOAT, STR -> true;
            default -> false;
        };
    }

    private static UnaryOperation unary(UnaryOperator operator) {
        return switch (operator) {
            case NOT -> UnaryOperation.NOT;
            case MINUS -> UnaryOperation.NEGATE;
            case PLUS -> UnaryOperation.PLUS;
            case INVERT -> UnaryOperation.INVERT;
        };
    }

    private Expr comparison(Expression.Comparison each) {
        List<Expr> operands = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        operands.add(of(each.first()));
        for (Expression.Link link : each.links()) {
            comparisons.add(Comparison.of(link.operator().symbol()));
            operands.add(of(link.operand()));
        }
        return comparisons.size() == 1
                ? new Operators.Compare(each.position(), comparisons.getFirst(), operands.get(0), operands.get(1))
                : new Operators.Chain(each.position(), comparisons, operands);
    }

    // Names.

    Expr name(Position at, String name) {
        int hops = 0;
        boolean function = false;
        for (Names each = compiler.names; each != null; each = each.up) {
            Integer slot = each.find(name);
            if (slot != null) {
                if (function && each.code != null) {
                    each.code.captured.set(slot);
                }
                boolean plan = each.sort == Names.Sort.PLAN;
                ErrorKind missing = plan || function ? ErrorKind.NAME : ErrorKind.UNBOUND;
                return new Variables.Variable(at, name, hops, slot, missing, plan ? compiler.globals.get(name) : null);
            }
            if (each.sort == Names.Sort.FUNCTION) {
                function = true;
            }
            hops++;
        }
        Value global = compiler.globals.get(name);
        if (name.equals("getattr")) {
            compiler.changes.readsAny();
        }
        if (global != null) {
            return new Variables.Constant(at, global);
        }
        return new Unknown(at, name);
    }

    /** A name that nothing binds: Python says so only when it is come to. */
    private static final class Unknown extends Expr {
        private final String name;

        Unknown(Position position, String name) {
            super(position);
            this.name = name;
        }

        @Override
        Value run(Frame frame) {
            throw new telos.plans.values.PlanFailure(
                    telos.plans.values.ExceptionBox.of(ErrorKind.NAME, "name '" + name + "' is not defined"),
                    frame.machine.pc);
        }

        @Override
        Shadow walk(Walk walk) {
            walk.fails(Failures.of(ErrorKind.NAME), telos.kernel.security.Label.BOTTOM);
            return Shadow.of(telos.plans.values.Outline.NEVER, walk.pc);
        }
    }

    private Expr walrus(Expression.Walrus each) {
        Expr value = of(each.value());
        int hops = 0;
        Names scope = compiler.names;
        while (scope.sort == Names.Sort.COMPREHENSION && scope.up != null) {
            scope = scope.up;
            hops++;
        }
        return new Variables.Walrus(each.position(), hops, scope.bind(each.name()), value);
    }

    private Expr lambda(Expression.Lambda each) {
        Code code = compiler.code("<lambda>", each.position(), each.parameters());
        Expr made = new Statements.Make(each.position(), code, compiler.defaults(each.parameters()));
        Names outer = compiler.names;
        compiler.names = compiler.inner(code, each.parameters());
        compiler.names.walruses(each.body());
        code.value = of(each.body());
        code.size = compiler.names.size();
        compiler.names = outer;
        return made;
    }

    // Text.

    private Expr text(Position at, List<Expression.Part> parts) {
        List<Expr> all = new ArrayList<>();
        for (Expression.Part each : parts) {
            all.add(
                    switch (each) {
                        case Expression.Part.Literal literal ->
                            new Variables.Constant(literal.position(), Value.of(literal.text()));
                        case Expression.Part.Field field ->
                            new FormatText.Field(
                                    field.position(),
                                    of(field.value()),
                                    switch (field.conversion()) {
                                        case NONE -> (char) 0;
                                        case STR -> 's';
                                        case REPR -> 'r';
                                        case ASCII -> 'a';
                                    },
                                    field.spec().isEmpty() ? null : spec(field.position(), field.spec()));
                    });
        }
        return new FormatText(at, all);
    }

    private Expr spec(Position at, List<Expression.Part> spec) {
        return spec.size() == 1 && spec.getFirst() instanceof Expression.Part.Literal literal
                ? new Variables.Constant(at, Value.of(literal.text()))
                : text(at, spec);
    }

    // Comprehensions and calls.

    private Expr comprehension(Expression.Comprehension each) {
        return switch (each.kind()) {
            case LIST -> loops(each, Comprehensions.Sort.LIST, null);
            case SET -> loops(each, Comprehensions.Sort.SET, null);
            case DICT -> loops(each, Comprehensions.Sort.DICT, null);
            case GENERATOR -> loops(each, null, null);
        };
    }

    private Expr loops(Expression.Comprehension each, Comprehensions.@Nullable Sort sort, @Nullable Expr fallback) {
        Code code = new Code("<comprehension>", each.position(), List.of(), null, List.of(), null);
        Names outer = compiler.names;
        Names inner = new Names(Names.Sort.COMPREHENSION, outer, code);
        List<Comprehensions.Clause> clauses = new ArrayList<>();
        for (Expression.Clause clause : each.clauses()) {
            targets(inner, clause.target());
        }
        for (int i = 0; i < each.clauses().size(); i++) {
            Expression.Clause clause = each.clauses().get(i);
            compiler.names = i == 0 ? outer : inner;
            Expr iterable = of(clause.iterable());
            compiler.names = inner;
            Target target = compiler.target(clause.target());
            clauses.add(new Comprehensions.Clause(target, iterable, all(clause.conditions())));
        }
        compiler.names = inner;
        Expr element = of(each.element());
        Expr value = optional(each.value());
        compiler.names = outer;
        code.size = inner.size();
        return sort == null
                ? new Generators.Lazy(each.position(), code, clauses, element)
                : new Comprehensions.Eager(each.position(), sort, fallback, code, clauses, element, value);
    }

    private static void targets(Names names, telos.plans.syntax.Target target) {
        switch (target) {
            case telos.plans.syntax.Target.Name name -> names.bind(name.name());
            case telos.plans.syntax.Target.Several several -> several.elements().forEach(each -> targets(names, each));
            case telos.plans.syntax.Target.Starred starred -> targets(names, starred.target());
            case telos.plans.syntax.Target.Attribute _, telos.plans.syntax.Target.Item _ -> {}
        }
    }

    private boolean means(Expression function, Set<String> wanted) {
        if (!(function instanceof Expression.Name name) || !wanted.contains(name.name())) {
            return false;
        }
        for (Names each = compiler.names; each != null; each = each.up) {
            if (each.find(name.name()) != null) {
                return false;
            }
        }
        Value global = compiler.globals.get(name.name());
        return global != null
                && (global.payload() instanceof Builtin || global.payload() instanceof telos.plans.values.Type);
    }

    private static Expression.@Nullable Comprehension generator(Argument argument) {
        return argument instanceof Argument.Positional
                        && argument.value() instanceof Expression.Comprehension comprehension
                        && comprehension.kind() == Expression.Comprehension.Kind.GENERATOR
                ? comprehension
                : null;
    }

    private Expr call(Expression.Call each) {
        List<Argument> arguments = each.arguments();
        Expression.Comprehension first = arguments.isEmpty() ? null : generator(arguments.getFirst());
        boolean exhausting = false;
        if (first != null) {
            if (arguments.size() == 1 && means(each.function(), Set.of("any"))) {
                return loops(first, Comprehensions.Sort.ANY, null);
            }
            if (arguments.size() == 1 && means(each.function(), Set.of("all"))) {
                return loops(first, Comprehensions.Sort.ALL, null);
            }
            boolean plain =
                    arguments.size() == 1 || (arguments.size() == 2 && arguments.get(1) instanceof Argument.Positional);
            if (plain && means(each.function(), Set.of("next"))) {
                Expr fallback = arguments.size() == 2 ? of(arguments.get(1).value()) : null;
                return loops(first, Comprehensions.Sort.FIRST, fallback);
            }
            exhausting = means(each.function(), EXHAUSTING)
                    || (each.function() instanceof Expression.Attribute attribute
                            && attribute.name().equals("join"));
        }
        Expr function = of(each.function());
        List<Accesses.Given> given = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (i == 0 && exhausting && first != null) {
                given.add(new Accesses.Given(loops(first, Comprehensions.Sort.LIST, null), null, 0));
                continue;
            }
            Expr value = of(argument.value());
            given.add(
                    switch (argument) {
                        case Argument.Positional _ -> new Accesses.Given(value, null, 0);
                        case Argument.Keyword keyword -> new Accesses.Given(value, keyword.name(), 0);
                        case Argument.Starred _ -> new Accesses.Given(value, null, 1);
                        case Argument.DoubleStarred _ -> new Accesses.Given(value, null, 2);
                    });
        }
        return new Accesses.Call(each.position(), function, given);
    }
}
