package telos.plans.syntax;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import telos.plans.syntax.Expression.Comprehension.Kind;

/** Draws trees that keep what the nodes promise: every kind of node, in every place where it may stand. */
final class RandomPlans {
    private static final Position NOWHERE = new Position(1, 1);
    private static final List<String> NAMES =
            List.of("a", "b", "send", "x1", "größe", "名前", "_", "match", "print", "f");
    private static final String CHARACTERS = "ab {}'\"\\\n\t%é€名😀\u0001";

    private final Random random;
    private boolean inFunction;
    private boolean inLoop;
    private boolean inField;
    private boolean walrusBanned;

    RandomPlans(long seed) {
        random = new Random(seed);
    }

    List<Statement> plan() {
        return body(3);
    }

    private boolean chance(int outOf) {
        return random.nextInt(outOf) == 0;
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private <T> List<T> some(int least, int most, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private <T> Optional<T> maybe(Supplier<T> item) {
        return random.nextBoolean() ? Optional.of(item.get()) : Optional.empty();
    }

    private String name() {
        return pick(NAMES);
    }

    private List<Statement> body(int depth) {
        return some(1, 4, () -> statement(depth));
    }

    private List<Statement> otherwise(int depth) {
        return random.nextBoolean() ? body(depth) : List.of();
    }

    private Statement statement(int depth) {
        return random.nextInt(3) > 0 || depth == 0 ? simple() : compound(depth - 1);
    }

    private Statement simple() {
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Statement.Assignment(NOWHERE, some(1, 3, () -> target(2)), expression(3));
            case 2 ->
                new Statement.AugmentedAssignment(
                        NOWHERE, place(), pick(List.of(BinaryOperator.values())), expression(3));
            case 3 -> {
                Target.Place place = place();
                // CPython's compiler refuses a star in an index here, though its grammar does not
                boolean bare = !(place instanceof Target.Item);
                yield new Statement.AnnotatedAssignment(
                        NOWHERE, place, expression(2), bare ? maybe(() -> expression(3)) : Optional.of(expression(3)));
            }
            case 4 -> new Statement.Pass(NOWHERE);
            case 5 -> inLoop ? new Statement.Break(NOWHERE) : new Statement.Pass(NOWHERE);
            case 6 -> inLoop ? new Statement.Continue(NOWHERE) : new Statement.Pass(NOWHERE);
            case 7, 8 ->
                inFunction ? new Statement.Return(NOWHERE, maybe(() -> expression(3))) : new Statement.Pass(NOWHERE);
            case 9 -> {
                Optional<Expression> exception = maybe(() -> expression(2));
                yield new Statement.Raise(
                        NOWHERE, exception, exception.isPresent() ? maybe(() -> expression(1)) : Optional.empty());
            }
            case 10 -> new Statement.Assert(NOWHERE, expression(2), maybe(() -> expression(2)));
            case 11 -> new Statement.Delete(NOWHERE, some(1, 3, this::place));
            case 12 -> imported();
            default -> new Statement.ExpressionStatement(NOWHERE, expression(4));
        };
    }

    private Statement imported() {
        boolean from = random.nextBoolean();
        String dotted = chance(3) ? "a.b.c" : "a";
        return new Statement.Import(
                NOWHERE,
                from ? Optional.of(dotted) : Optional.empty(),
                some(1, 3, () -> new Statement.ImportedName(NOWHERE, from ? name() : dotted, maybe(this::name))));
    }

    private Statement compound(int depth) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Statement.If(NOWHERE, expression(3), body(depth), otherwise(depth));
            case 2 -> new Statement.For(NOWHERE, loopTarget(), expression(2), loop(depth), otherwise(depth));
            case 3 -> new Statement.While(NOWHERE, expression(2), loop(depth), otherwise(depth));
            case 4 -> function(depth);
            case 5 -> attempt(depth);
            default -> classDefinition();
        };
    }

    private List<Statement> loop(int depth) {
        boolean outer = inLoop;
        inLoop = true;
        List<Statement> body = body(depth);
        inLoop = outer;
        return body;
    }

    private Statement function(int depth) {
        boolean outerFunction = inFunction;
        boolean outerLoop = inLoop;
        inFunction = true;
        inLoop = false;
        Statement function =
                new Statement.Function(NOWHERE, name(), parameters(true), maybe(() -> expression(1)), body(depth));
        inFunction = outerFunction;
        inLoop = outerLoop;
        return function;
    }

    private Statement attempt(int depth) {
        List<Statement.Handler> handlers = some(0, 2, () -> {
            Expression type = expression(1);
            return new Statement.Handler(NOWHERE, Optional.of(type), maybe(this::name), body(depth));
        });
        if (chance(3)) {
            handlers.add(new Statement.Handler(NOWHERE, Optional.empty(), Optional.empty(), body(depth)));
        }
        List<Statement> cleanup = handlers.isEmpty() || random.nextBoolean() ? body(depth) : List.of();
        return new Statement.Try(
                NOWHERE, body(depth), handlers, handlers.isEmpty() ? List.of() : otherwise(depth), cleanup);
    }

    private Statement classDefinition() {
        boolean outer = walrusBanned;
        walrusBanned = true;
        List<Expression> bases = some(0, 2, () -> expression(1));
        List<Statement.Member> members = some(
                0,
                3,
                () -> random.nextBoolean()
                        ? new Statement.Member.Field(NOWHERE, name(), expression(1), maybe(() -> expression(2)))
                        : new Statement.Member.Choice(NOWHERE, name(), expression(2)));
        walrusBanned = outer;
        return new Statement.ClassDefinition(NOWHERE, name(), bases, members);
    }

    private Parameters parameters(boolean annotated) {
        List<Parameters.Parameter> positional = new ArrayList<>();
        int defaults = random.nextInt(4);
        for (int i = random.nextInt(3); i > 0; i--) {
            positional.add(parameter("p" + i, annotated, i <= defaults));
        }
        Optional<Parameters.Parameter> rest = maybe(() -> parameter("rest", annotated, false));
        List<Parameters.Parameter> keywordOnly = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keywordOnly.add(parameter("k" + i, annotated, random.nextBoolean()));
        }
        return new Parameters(
                NOWHERE, positional, rest, keywordOnly, maybe(() -> parameter("named", annotated, false)));
    }

    private Parameters.Parameter parameter(String name, boolean annotated, boolean value) {
        return new Parameters.Parameter(
                NOWHERE,
                name,
                annotated ? maybe(() -> expression(1)) : Optional.empty(),
                value ? Optional.of(expression(2)) : Optional.empty());
    }

    private Target.Place place() {
        return switch (random.nextInt(4)) {
            case 0 -> new Target.Attribute(NOWHERE, expression(1), name());
            case 1 -> new Target.Item(NOWHERE, expression(1), index());
            default -> new Target.Name(NOWHERE, name());
        };
    }

    private Target target(int depth) {
        if (depth == 0 || !chance(4)) {
            return place();
        }
        List<Target> elements = some(0, 3, () -> target(depth - 1));
        if (!elements.isEmpty() && random.nextBoolean()) {
            int star = random.nextInt(elements.size());
            elements.set(star, new Target.Starred(NOWHERE, elements.get(star)));
        }
        return new Target.Several(NOWHERE, elements);
    }

    /** What a loop binds has names of its own, for a walrus must not bind them. */
    private Target loopTarget() {
        Target name = new Target.Name(NOWHERE, "i" + random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 ->
                new Target.Several(NOWHERE, List.of(name, new Target.Starred(NOWHERE, new Target.Name(NOWHERE, "j"))));
            case 1 -> new Target.Several(NOWHERE, List.of(name, new Target.Several(NOWHERE, List.of(name))));
            default -> name;
        };
    }

    private Expression leaf() {
        return switch (random.nextInt(9)) {
            case 0 -> new Expression.Constant.None(NOWHERE);
            case 1 -> new Expression.Constant.Bool(NOWHERE, random.nextBoolean());
            case 2 -> new Expression.Constant.Int(NOWHERE, new BigInteger(chance(9) ? 200 : 8, random));
            case 3 -> new Expression.Constant.Real(NOWHERE, Math.exp(random.nextGaussian() * 20));
            case 4, 5 -> new Expression.Constant.Str(NOWHERE, text());
            default -> new Expression.Name(NOWHERE, name());
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            if (inField) {
                text.append((char) ('a' + random.nextInt(26)));
            } else {
                int at = random.nextInt(CHARACTERS.codePointCount(0, CHARACTERS.length()));
                text.appendCodePoint(CHARACTERS.codePointAt(CHARACTERS.offsetByCodePoints(0, at)));
            }
        }
        return text.toString();
    }

    private List<Expression> elements(int least, int depth) {
        return some(least, 3, () -> chance(5) ? new Expression.Starred(NOWHERE, expression(depth)) : expression(depth));
    }

    private Expression index() {
        if (chance(3)) {
            return new Expression.Slice(
                    NOWHERE, maybe(() -> expression(1)), maybe(() -> expression(1)), maybe(() -> expression(1)));
        }
        return expression(1);
    }

    private Expression expression(int depth) {
        if (depth == 0) {
            return leaf();
        }
        int below = depth - 1;
        return switch (random.nextInt(26)) {
            case 0, 1 -> new Expression.Attribute(NOWHERE, expression(below), name());
            case 2 -> new Expression.Subscript(NOWHERE, expression(below), index());
            case 3, 4, 5 -> call(below);
            case 6 -> new Expression.ListDisplay(NOWHERE, elements(0, below));
            case 7 -> new Expression.TupleDisplay(NOWHERE, elements(0, below));
            case 8 -> new Expression.SetDisplay(NOWHERE, elements(1, below));
            case 9 -> new Expression.DictDisplay(NOWHERE, some(0, 3, () -> entry(below)));
            case 10, 11 -> comprehension(below);
            case 12 -> new Expression.Unary(NOWHERE, pick(List.of(UnaryOperator.values())), expression(below));
            case 13, 14, 15 ->
                new Expression.Binary(
                        NOWHERE, pick(List.of(BinaryOperator.values())), expression(below), expression(below));
            case 16 -> new Expression.Both(NOWHERE, some(2, 3, () -> expression(below)));
            case 17 -> new Expression.Either(NOWHERE, some(2, 3, () -> expression(below)));
            case 18, 19 -> new Expression.Comparison(NOWHERE, expression(below), some(1, 3, () -> link(below)));
            case 20 -> new Expression.Conditional(NOWHERE, expression(below), expression(below), expression(below));
            case 21 -> new Expression.Lambda(NOWHERE, parameters(false), expression(below));
            case 22 -> walrusBanned ? leaf() : new Expression.Walrus(NOWHERE, "w" + name(), expression(below));
            case 23, 24 -> inField ? leaf() : formatted(below);
            default -> leaf();
        };
    }

    private Expression.Link link(int depth) {
        return new Expression.Link(NOWHERE, pick(List.of(ComparisonOperator.values())), expression(depth));
    }

    private Expression.Entry entry(int depth) {
        return chance(4)
                ? new Expression.Entry.Unpacking(NOWHERE, expression(depth))
                : new Expression.Entry.Pair(NOWHERE, expression(depth), expression(depth));
    }

    private Expression call(int depth) {
        List<Argument> arguments = new ArrayList<>();
        arguments.addAll(some(
                0,
                2,
                () -> chance(4)
                        ? new Argument.Starred(NOWHERE, expression(depth))
                        : new Argument.Positional(NOWHERE, expression(depth))));
        if (random.nextBoolean()) {
            arguments.add(new Argument.Keyword(NOWHERE, "k1", expression(depth)));
            if (chance(4)) {
                arguments.add(new Argument.Starred(NOWHERE, expression(depth)));
            }
        }
        if (chance(4)) {
            arguments.add(new Argument.DoubleStarred(NOWHERE, expression(depth)));
            arguments.add(new Argument.Keyword(NOWHERE, "k2", expression(depth)));
        }
        return new Expression.Call(NOWHERE, expression(depth), arguments);
    }

    private Expression comprehension(int depth) {
        Kind kind = pick(List.of(Kind.values()));
        Expression element = expression(depth);
        Optional<Expression> value = kind == Kind.DICT ? Optional.of(expression(depth)) : Optional.empty();
        List<Expression.Clause> clauses = some(1, 2, () -> {
            boolean outer = walrusBanned;
            walrusBanned = true;
            Expression iterable = expression(depth);
            walrusBanned = outer;
            return new Expression.Clause(NOWHERE, loopTarget(), iterable, some(0, 2, () -> expression(depth)));
        });
        return new Expression.Comprehension(NOWHERE, kind, element, value, clauses);
    }

    private Expression formatted(int depth) {
        List<Expression.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean literal = random.nextBoolean();
            String text = text();
            if (literal && !text.isEmpty() && (parts.isEmpty() || parts.getLast() instanceof Expression.Part.Field)) {
                parts.add(new Expression.Part.Literal(NOWHERE, text));
            } else {
                parts.add(field(depth));
            }
        }
        return new Expression.Text(NOWHERE, parts);
    }

    private Expression.Part.Field field(int depth) {
        inField = true;
        List<Expression.Part> spec = new ArrayList<>();
        if (chance(3)) {
            spec.add(new Expression.Part.Literal(NOWHERE, pick(List.of(">", "08.3f", "%Y-%m "))));
            if (random.nextBoolean()) {
                spec.add(new Expression.Part.Field(NOWHERE, expression(1), Expression.Conversion.NONE, List.of()));
            }
        }
        Expression value = expression(depth);
        inField = false;
        return new Expression.Part.Field(NOWHERE, value, pick(List.of(Expression.Conversion.values())), spec);
    }
}
