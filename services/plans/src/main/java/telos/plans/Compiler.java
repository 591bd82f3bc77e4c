package telos.plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.plans.syntax.BinaryOperator;
import telos.plans.syntax.Parameters;
import telos.plans.syntax.Plan;
import telos.plans.syntax.Position;
import telos.plans.syntax.Statement;
import telos.plans.values.BinaryOperation;
import telos.plans.values.ErrorKind;
import telos.plans.values.Kind;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * Turns statements into steps: every name becomes a number, every function a {@link Code}. This file is long because it has
 * a case for each statement.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Compiler {
    /** What cannot be run, though it can be read. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Position position;

        Refusal(Position position, String message) {
            super(message, null, false, false);
            this.position = position;
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * A plan that can be run.
     *
     * @param changing the kinds of objects that it has words to change
     */
    record Compiled(Block body, int variables, Set<Kind> changing) {}

    final Map<String, Value> globals;
    Names names;
    /** Exceptions of the plan's own, each bound once and by its class alone. */
    final Map<String, Type> raisable = new HashMap<>();

    final Changes changes = new Changes();
    private final Set<String> defined = new HashSet<>();
    private final Expressions expressions = new Expressions(this);
    private @Nullable List<Type> handling;

    private Compiler(Map<String, Value> globals) {
        this.globals = globals;
        this.names = new Names(Names.Sort.PLAN, null, null);
    }

    static Compiled compile(Plan plan, Map<String, Value> globals) {
        Compiler compiler = new Compiler(globals);
        compiler.names.all(plan.body());
        Block body = compiler.block(plan.body());
        return new Compiled(body, compiler.names.size(), compiler.changes.kinds());
    }

    Block block(List<Statement> statements) {
        List<Step> steps = new ArrayList<>();
        for (Statement each : statements) {
            steps.add(step(each));
        }
        return new Block(steps);
    }

    private @Nullable Block optional(List<Statement> statements) {
        return statements.isEmpty() ? null : block(statements);
    }

    private Step step(Statement statement) {
        Position at = statement.position();
        return switch (statement) {
            case Statement.ExpressionStatement each -> new Statements.Evaluate(at, expressions.of(each.value()));
            case Statement.Assignment each -> {
                Expr value = expressions.of(each.value());
                List<Target> targets = new ArrayList<>();
                each.targets().forEach(one -> targets.add(target(one)));
                yield new Statements.Assign(at, targets, value);
            }
            case Statement.AugmentedAssignment each -> augmented(each);
            case Statement.AnnotatedAssignment each ->
                each.value().isEmpty()
                        ? new Statements.Pass(at)
                        : new Statements.Assign(
                                at,
                                List.of(target(each.target())),
                                expressions.of(each.value().get()));
            case Statement.If each ->
                new Branches.If(at, expressions.of(each.condition()), block(each.body()), optional(each.otherwise()));
            case Statement.For each -> {
                Expr iterable = expressions.of(each.iterable());
                int hidden = names.hidden();
                yield new Repetition.For(
                        at, target(each.target()), iterable, hidden, block(each.body()), optional(each.otherwise()));
            }
            case Statement.While each ->
                new Repetition.While(
                        at, expressions.of(each.condition()), block(each.body()), optional(each.otherwise()));
            case Statement.Break _ -> new Branches.Jump(at, Step.BREAK);
            case Statement.Continue _ -> new Branches.Jump(at, Step.CONTINUE);
            case Statement.Pass _ -> new Statements.Pass(at);
            case Statement.Return each ->
                new Branches.Return(at, each.value().map(expressions::of).orElse(null));
            case Statement.Function each -> function(each);
            case Statement.Raise each -> raise(each);
            case Statement.Try each -> attempt(each);
            case Statement.ClassDefinition each -> definition(each);
            case Statement.Assert each ->
                new Statements.Assert(
                        at,
                        expressions.of(each.condition()),
                        each.message().map(expressions::of).orElse(null));
            case Statement.Delete each -> {
                List<Target> targets = new ArrayList<>();
                for (telos.plans.syntax.Target.Place one : each.targets()) {
                    if (one instanceof telos.plans.syntax.Target.Attribute attribute) {
                        throw new Refusal(
                                attribute.position(),
                                "an attribute cannot be deleted; set it to None, or leave it as it is");
                    }
                    targets.add(target(one));
                }
                yield new Statements.Delete(at, targets);
            }
            case Statement.Import each -> imported(each);
        };
    }

    Target target(telos.plans.syntax.Target target) {
        return switch (target) {
            case telos.plans.syntax.Target.Name each ->
                new Targets.Name(each.position(), each.name(), names.bind(each.name()));
            case telos.plans.syntax.Target.Attribute each -> {
                changes.field();
                yield new Targets.Field(expressions.of(each.value()), each.name());
            }
            case telos.plans.syntax.Target.Item each -> {
                changes.item();
                Expr of = expressions.of(each.value());
                yield each.index() instanceof telos.plans.syntax.Expression.Slice slice
                        ? new Targets.Slice(
                                of,
                                expressions.optional(slice.lower()),
                                expressions.optional(slice.upper()),
                                expressions.optional(slice.step()))
                        : new Targets.Item(of, expressions.of(each.index()));
            }
            case telos.plans.syntax.Target.Several each -> {
                List<Target> targets = new ArrayList<>();
                int star = -1;
                for (telos.plans.syntax.Target one : each.elements()) {
                    if (one instanceof telos.plans.syntax.Target.Starred starred) {
                        star = targets.size();
                        targets.add(target(starred.target()));
                    } else {
                        targets.add(target(one));
                    }
                }
                yield new Targets.Several(targets, star);
            }
            case telos.plans.syntax.Target.Starred each ->
                throw new Refusal(each.position(), "a starred target stands in a list of targets only");
        };
    }

    static BinaryOperation operation(BinaryOperator operator) {
        return BinaryOperation.of(operator.symbol());
    }

    private Step augmented(Statement.AugmentedAssignment each) {
        BinaryOperation operation = operation(each.operator());
        Expr value = expressions.of(each.value());
        changes.augmented(operation);
        return switch (each.target()) {
            case telos.plans.syntax.Target.Name name -> {
                if (!(expressions.name(name.position(), name.name()) instanceof Variables.Variable variable)) {
                    throw new Refusal(name.position(), "'" + name.name() + "' is not a variable");
                }
                yield new Statements.AugmentName(each.position(), variable, target(name), operation, value);
            }
            case telos.plans.syntax.Target.Attribute attribute -> {
                changes.field();
                yield new Statements.AugmentField(
                        each.position(), expressions.of(attribute.value()), attribute.name(), operation, value);
            }
            case telos.plans.syntax.Target.Item item -> {
                changes.item();
                if (item.index() instanceof telos.plans.syntax.Expression.Slice) {
                    throw new Refusal(
                            item.position(), "a slice cannot be the target of an augmented assignment; assign to it");
                }
                yield new Statements.AugmentItem(
                        each.position(), expressions.of(item.value()), expressions.of(item.index()), operation, value);
            }
        };
    }

    // Functions.

    private Step function(Statement.Function each) {
        int slot = names.bind(each.name());
        Target target = new Targets.Name(each.position(), each.name(), slot);
        Code code = code(each.name(), each.position(), each.parameters());
        Expr made = new Statements.Make(each.position(), code, defaults(each.parameters()));
        Names outer = names;
        List<Type> outerHandling = handling;
        handling = null;
        names = inner(code, each.parameters());
        names.all(each.body());
        code.body = block(each.body());
        code.size = names.size();
        names = outer;
        handling = outerHandling;
        return new Statements.Assign(each.position(), List.of(target), made);
    }

    Code code(String name, Position position, Parameters parameters) {
        int slot = 0;
        List<Code.Parameter> positional = new ArrayList<>();
        for (Parameters.Parameter each : parameters.positional()) {
            positional.add(new Code.Parameter(each.name(), slot++));
        }
        Code.Parameter rest = parameters.rest().isPresent()
                ? new Code.Parameter(parameters.rest().get().name(), slot++)
                : null;
        List<Code.Parameter> keywordOnly = new ArrayList<>();
        for (Parameters.Parameter each : parameters.keywordOnly()) {
            keywordOnly.add(new Code.Parameter(each.name(), slot++));
        }
        Code.Parameter keywords = parameters.keywords().isPresent()
                ? new Code.Parameter(parameters.keywords().get().name(), slot++)
                : null;
        return new Code(name, position, positional, rest, keywordOnly, keywords);
    }

    Names inner(Code code, Parameters parameters) {
        Names made = new Names(Names.Sort.FUNCTION, names, code);
        parameters.positional().forEach(each -> made.bind(each.name()));
        parameters.rest().ifPresent(each -> made.bind(each.name()));
        parameters.keywordOnly().forEach(each -> made.bind(each.name()));
        parameters.keywords().ifPresent(each -> made.bind(each.name()));
        return made;
    }

    @Nullable
    Expr[] defaults(Parameters parameters) {
        List<Parameters.Parameter> all = new ArrayList<>(parameters.positional());
        all.addAll(parameters.keywordOnly());
        @Nullable Expr[] defaults = new Expr[all.size()];
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = expressions.optional(all.get(i).defaultValue());
        }
        return defaults;
    }

    // Exceptions.

    private Step raise(Statement.Raise each) {
        if (each.exception().isEmpty()) {
            return new Statements.Raise(
                    each.position(), null, null, handling == null ? Failures.ANY : within(handling));
        }
        telos.plans.syntax.Expression raised = each.exception().get();
        Type type = raised instanceof telos.plans.syntax.Expression.Call call
                ? exception(call.function())
                : exception(raised);
        Failures failures = type == null ? all() : Failures.of(type);
        return new Statements.Raise(
                each.position(),
                expressions.of(raised),
                each.cause().map(expressions::of).orElse(null),
                failures);
    }

    private Failures all() {
        return new Failures(Failures.ANY.builtIn(), new HashSet<>(raisable.values()));
    }

    /** Everything that handlers for these types catch. */
    private Failures within(List<Type> types) {
        Failures all = Failures.NONE;
        for (Type type : types) {
            for (ErrorKind each : ErrorKind.values()) {
                if (each.type().isWithin(type)) {
                    all = all.and(Failures.of(each));
                }
            }
            for (Type each : raisable.values()) {
                if (each.isWithin(type)) {
                    all = all.and(Failures.of(each));
                }
            }
        }
        return all;
    }

    /** The exception class that a name surely means, or null. */
    @Nullable
    Type exception(telos.plans.syntax.Expression expression) {
        if (!(expression instanceof telos.plans.syntax.Expression.Name name)) {
            return null;
        }
        for (Names each = names; each != null; each = each.up) {
            if (each.find(name.name()) != null) {
                return each.sort == Names.Sort.PLAN && !each.rebound.contains(name.name())
                        ? raisable.get(name.name())
                        : null;
            }
        }
        Value value = globals.get(name.name());
        return value != null && value.payload() instanceof Type type && type.instances() == Kind.EXCEPTION
                ? type
                : null;
    }

    private @Nullable List<Type> types(Optional<telos.plans.syntax.Expression> type) {
        if (type.isEmpty()) {
            return List.of(ErrorKind.BASE_EXCEPTION.type());
        }
        List<telos.plans.syntax.Expression> all = type.get() instanceof telos.plans.syntax.Expression.TupleDisplay tuple
                ? tuple.elements()
                : List.of(type.get());
        List<Type> types = new ArrayList<>();
        for (telos.plans.syntax.Expression each : all) {
            Type one = exception(each);
            if (one == null) {
                return null;
            }
            types.add(one);
        }
        return types;
    }

    private Step attempt(Statement.Try each) {
        refuseJumps(each.cleanup(), false);
        Block body = block(each.body());
        List<Attempt.Handler> handlers = new ArrayList<>();
        for (Statement.Handler handler : each.handlers()) {
            List<Type> types = types(handler.type());
            Expr expression = handler.type().map(expressions::of).orElse(null);
            int slot = handler.name().isPresent() ? names.bind(handler.name().get()) : -1;
            List<Type> outer = handling;
            handling = types;
            handlers.add(new Attempt.Handler(types, expression, slot, block(handler.body())));
            handling = outer;
        }
        return new Attempt(each.position(), body, handlers, optional(each.otherwise()), optional(each.cleanup()));
    }

    private static void refuseJumps(List<Statement> body, boolean inLoop) {
        for (Statement each : body) {
            switch (each) {
                case Statement.Return _ -> throw jump(each.position(), "return");
                case Statement.Break _ when !inLoop -> throw jump(each.position(), "break");
                case Statement.Continue _ when !inLoop -> throw jump(each.position(), "continue");
                case Statement.If one -> {
                    refuseJumps(one.body(), inLoop);
                    refuseJumps(one.otherwise(), inLoop);
                }
                case Statement.For one -> {
                    refuseJumps(one.body(), true);
                    refuseJumps(one.otherwise(), inLoop);
                }
                case Statement.While one -> {
                    refuseJumps(one.body(), true);
                    refuseJumps(one.otherwise(), inLoop);
                }
                case Statement.Try one -> {
                    refuseJumps(one.body(), inLoop);
                    one.handlers().forEach(handler -> refuseJumps(handler.body(), inLoop));
                    refuseJumps(one.otherwise(), inLoop);
                    refuseJumps(one.cleanup(), inLoop);
                }
                default -> {}
            }
        }
    }

    private static Refusal jump(Position position, String word) {
        return new Refusal(
                position,
                "'" + word + "' in a 'finally' block would swallow an exception; move it behind the try statement");
    }

    // Classes and imports.

    private Step definition(Statement.ClassDefinition each) {
        Position at = each.position();
        int slot = names.bind(each.name());
        Target target = new Targets.Name(at, each.name(), slot);
        Type parent = each.bases().size() == 1 ? exception(each.bases().getFirst()) : null;
        if (parent != null) {
            if (!each.members().isEmpty()) {
                throw new Refusal(at, "an exception class has an empty body: write pass");
            }
            Type made = Type.raisable(each.name(), parent);
            if (names.sort == Names.Sort.PLAN && !names.rebound.contains(each.name()) && defined.add(each.name())) {
                raisable.put(each.name(), made);
            } else {
                raisable.remove(each.name());
                names.rebound.add(each.name());
            }
            return new Statements.Assign(at, List.of(target), new Variables.Constant(at, new Value(made)));
        }
        Statements.Define.Sort sort = sort(each);
        List<Statements.Define.Part> parts = new ArrayList<>();
        for (Statement.Member member : each.members()) {
            parts.add(
                    switch (member) {
                        case Statement.Member.Field field -> {
                            if (sort == Statements.Define.Sort.ENUMERATION) {
                                throw new Refusal(
                                        field.position(), "a member of an enumeration is written as NAME = value");
                            }
                            yield new Statements.Define.Part(field.name(), expressions.optional(field.defaultValue()));
                        }
                        case Statement.Member.Choice choice -> {
                            if (sort == Statements.Define.Sort.MODEL) {
                                throw new Refusal(
                                        choice.position(),
                                        "a field of a model is written as name: type, or name: type = default");
                            }
                            yield new Statements.Define.Part(choice.name(), expressions.of(choice.value()));
                        }
                    });
        }
        return new Statements.Define(at, each.name(), sort, parts, target);
    }

    private static Statements.Define.Sort sort(Statement.ClassDefinition each) {
        if (each.bases().size() == 1 && each.bases().getFirst() instanceof telos.plans.syntax.Expression.Name base) {
            switch (base.name()) {
                case "BaseModel", "object" -> {
                    return Statements.Define.Sort.MODEL;
                }
                case "Enum", "StrEnum", "IntEnum" -> {
                    return Statements.Define.Sort.ENUMERATION;
                }
                default -> {}
            }
        }
        throw new Refusal(
                each.position(),
                "a class is a BaseModel, an Enum or an exception: class " + each.name() + "(BaseModel):");
    }

    private Step imported(Statement.Import each) {
        List<Step> steps = new ArrayList<>();
        for (Statement.ImportedName one : each.names()) {
            String name = one.name();
            String bound = one.alias().orElse(each.module().isPresent() ? name : first(name));
            Optional<Value> there = Modules.find(globals, each.module(), name);
            if (there.isEmpty() && Modules.isForTypes(each.module().orElse(first(name)))) {
                continue;
            }
            if (there.isEmpty()
                    && each.module().isPresent()
                    && Modules.isThere(each.module().get())) {
                throw new Refusal(one.position(), "'" + each.module().get() + "' has no '" + name + "' here");
            }
            if (there.isEmpty()) {
                throw new Refusal(
                        one.position(),
                        "'" + each.module().orElse(name) + "' cannot be imported: a plan has only what is already there"
                                + " (such as datetime, re, math and the tools)");
            }
            if (there.get() != globals.get(bound) || names.find(bound) != null) {
                names.rebound.add(bound);
                steps.add(new Statements.Assign(
                        one.position(),
                        List.of(new Targets.Name(one.position(), bound, names.bind(bound))),
                        new Variables.Constant(one.position(), there.get())));
            }
        }
        return steps.size() == 1 ? steps.getFirst() : new Several(each.position(), new Block(steps));
    }

    private static String first(String dotted) {
        int dot = dotted.indexOf('.');
        return dot < 0 ? dotted : dotted.substring(0, dot);
    }

    /** Statements that stand as one. */
    private static final class Several extends Step {
        private final Block block;

        Several(Position position, Block block) {
            super(position);
            this.block = block;
        }

        @Override
        int run(Frame frame) {
            return block.run(frame);
        }

        @Override
        void walk(Walk walk) {
            block.walk(walk);
        }
    }
}
