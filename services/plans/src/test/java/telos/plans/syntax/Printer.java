package telos.plans.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a tree as source that means it again, with parentheses where they are needed and some where they are not, and with
 * blanks, comments, quotes and line joins drawn by chance.
 */
final class Printer {
    private static final int ANY = 0;
    private static final int EXPRESSION = 1;
    private static final int OR = 2;
    private static final int AND = 3;
    private static final int NOT = 4;
    private static final int COMPARISON = 5;
    private static final int ARITHMETIC = 6;
    private static final int UNARY = 12;
    private static final int POWER = 13;
    private static final int PRIMARY = 14;
    private static final int ATOM = 15;

    private final Random random;
    private final StringBuilder source = new StringBuilder();
    private boolean inField;
    private int brackets;

    private Printer(long seed) {
        random = new Random(seed);
    }

    static String print(List<Statement> plan, long seed) {
        Printer printer = new Printer(seed);
        printer.body(plan, "");
        return printer.source.toString();
    }

    private boolean chance(int outOf) {
        return random.nextInt(outOf) == 0;
    }

    private void body(List<Statement> statements, String indent) {
        boolean open = false;
        for (Statement each : statements) {
            boolean compound = each instanceof Statement.If
                    || each instanceof Statement.For
                    || each instanceof Statement.While
                    || each instanceof Statement.Function
                    || each instanceof Statement.Try
                    || each instanceof Statement.ClassDefinition;
            if (open && !compound && chance(4)) {
                source.append("; ");
            } else {
                if (open) {
                    source.append(chance(6) ? "  # after\n" : "\n");
                }
                if (chance(8)) {
                    source.append(chance(2) ? "\n" : "   # a comment alone\n");
                }
                source.append(indent);
            }
            if (compound) {
                compound(each, indent);
            } else {
                source.append(simple(each));
            }
            open = !compound;
        }
        if (open) {
            source.append(chance(6) ? ";\n" : "\n");
        }
    }

    private void block(List<Statement> body, String indent) {
        source.append(chance(6) ? ":  # deeper\n" : ":\n");
        body(body, indent + List.of("  ", "    ", "\t").get(random.nextInt(3)));
    }

    private void otherwise(String word, List<Statement> body, String indent) {
        if (!body.isEmpty()) {
            source.append(indent).append(word);
            block(body, indent);
        }
    }

    private void compound(Statement statement, String indent) {
        switch (statement) {
            case Statement.If it -> branch(it, indent);
            case Statement.For it -> {
                source.append("for ")
                        .append(targets(it.target()))
                        .append(" in ")
                        .append(sequence(it.iterable()));
                block(it.body(), indent);
                otherwise("else", it.otherwise(), indent);
            }
            case Statement.While it -> {
                source.append("while ").append(expression(it.condition(), ANY));
                block(it.body(), indent);
                otherwise("else", it.otherwise(), indent);
            }
            case Statement.Function it -> {
                source.append("def ")
                        .append(it.name())
                        .append("(")
                        .append(parameters(it.parameters()))
                        .append(")");
                it.returns().ifPresent(type -> source.append(" -> ").append(expression(type, EXPRESSION)));
                block(it.body(), indent);
            }
            case Statement.Try it -> {
                source.append("try");
                block(it.body(), indent);
                for (Statement.Handler each : it.handlers()) {
                    source.append(indent).append("except");
                    each.type().ifPresent(type -> source.append(" ").append(expression(type, EXPRESSION)));
                    each.name().ifPresent(name -> source.append(" as ").append(name));
                    block(each.body(), indent);
                }
                otherwise("else", it.otherwise(), indent);
                otherwise("finally", it.cleanup(), indent);
            }
            case Statement.ClassDefinition it -> {
                source.append("class ").append(it.name());
                if (!it.bases().isEmpty()) {
                    source.append(joined("(", it.bases(), each -> expression(each, EXPRESSION), ")"));
                }
                source.append(":\n")
                        .append(indent)
                        .append("  'what it is'\n")
                        .append(indent)
                        .append("  pass\n");
                for (Statement.Member each : it.members()) {
                    source.append(indent).append("  ").append(member(each)).append("\n");
                }
            }
            default -> throw new AssertionError(statement);
        }
    }

    private void branch(Statement.If branch, String indent) {
        source.append("if ").append(expression(branch.condition(), ANY));
        block(branch.body(), indent);
        if (branch.otherwise().size() == 1
                && branch.otherwise().getFirst() instanceof Statement.If other
                && chance(2)) {
            source.append(indent).append("el");
            branch(other, indent);
        } else {
            otherwise("else", branch.otherwise(), indent);
        }
    }

    private String member(Statement.Member member) {
        return switch (member) {
            case Statement.Member.Field it ->
                it.name() + ": " + expression(it.annotation(), EXPRESSION)
                        + it.defaultValue()
                                .map(value -> " = " + sequence(value))
                                .orElse("");
            case Statement.Member.Choice it -> it.name() + " = " + sequence(it.value());
        };
    }

    private String simple(Statement statement) {
        return switch (statement) {
            case Statement.ExpressionStatement it -> sequence(it.value());
            case Statement.Assignment it ->
                it.targets().stream().map(each -> targets(each) + " = ").collect(Collectors.joining())
                        + sequence(it.value());
            case Statement.AugmentedAssignment it ->
                target(it.target()) + " " + it.operator().symbol() + "= " + sequence(it.value());
            case Statement.AnnotatedAssignment it ->
                target(it.target()) + ": " + expression(it.annotation(), EXPRESSION)
                        + it.value().map(value -> " = " + sequence(value)).orElse("");
            case Statement.Break _ -> "break";
            case Statement.Continue _ -> "continue";
            case Statement.Pass _ -> "pass";
            case Statement.Return it ->
                "return" + it.value().map(value -> " " + sequence(value)).orElse("");
            case Statement.Raise it ->
                "raise"
                        + it.exception()
                                .map(each -> " " + expression(each, EXPRESSION))
                                .orElse("")
                        + it.cause()
                                .map(each -> " from " + expression(each, EXPRESSION))
                                .orElse("");
            case Statement.Assert it ->
                "assert " + expression(it.condition(), EXPRESSION)
                        + it.message()
                                .map(each -> ", " + expression(each, EXPRESSION))
                                .orElse("");
            case Statement.Delete it -> joined("del ", it.targets(), this::target, "");
            case Statement.Import it -> {
                String names = joined(
                        "",
                        it.names(),
                        each -> each.name()
                                + each.alias().map(name -> " as " + name).orElse(""),
                        "");
                yield it.module().isEmpty()
                        ? "import " + names
                        : "from " + it.module().get() + " import " + (chance(2) ? names : "(" + names + ",)");
            }
            default -> throw new AssertionError(statement);
        };
    }

    private static <T> String joined(String before, List<T> items, Function<T, String> print, String after) {
        return items.stream().map(print).collect(Collectors.joining(", ", before, after));
    }

    private String parameters(Parameters it) {
        List<String> all = new ArrayList<>();
        it.positional().forEach(each -> all.add(parameter(each)));
        if (it.rest().isPresent()) {
            all.add("*" + parameter(it.rest().get()));
        } else if (!it.keywordOnly().isEmpty()) {
            all.add("*");
        }
        it.keywordOnly().forEach(each -> all.add(parameter(each)));
        it.keywords().ifPresent(each -> all.add("**" + parameter(each)));
        return String.join(", ", all);
    }

    private String parameter(Parameters.Parameter it) {
        return it.name()
                + it.annotation()
                        .map(each -> ": " + expression(each, EXPRESSION))
                        .orElse("")
                + it.defaultValue()
                        .map(each -> "=" + expression(each, EXPRESSION))
                        .orElse("");
    }

    /** A target where several need no brackets. */
    private String targets(Target target) {
        if (target instanceof Target.Several(Position _, List<Target> elements) && !elements.isEmpty() && chance(2)) {
            return joined("", elements, this::target, elements.size() == 1 ? "," : "");
        }
        return target(target);
    }

    private String target(Target target) {
        return switch (target) {
            case Target.Name it -> it.name();
            case Target.Attribute it -> expression(it.value(), PRIMARY) + "." + it.name();
            case Target.Item it -> expression(it.value(), PRIMARY) + "[" + index(it.index()) + "]";
            case Target.Several it ->
                chance(2)
                        ? joined("[", it.elements(), this::target, "]")
                        : joined("(", it.elements(), this::target, it.elements().size() == 1 ? ",)" : ")");
            case Target.Starred it -> "*" + target(it.target());
        };
    }

    /** An expression where a tuple needs no parentheses. */
    private String sequence(Expression expression) {
        if (expression instanceof Expression.TupleDisplay(Position _, List<Expression> elements)
                && !elements.isEmpty()
                && chance(2)) {
            return joined("", elements, each -> expression(each, EXPRESSION), elements.size() == 1 ? "," : "");
        }
        return expression(expression, EXPRESSION);
    }

    private String index(Expression index) {
        if (index instanceof Expression.Slice it) {
            return it.lower().map(each -> expression(each, EXPRESSION)).orElse("") + ":"
                    + it.upper().map(each -> expression(each, EXPRESSION)).orElse("")
                    + it.step().map(each -> ":" + expression(each, EXPRESSION)).orElse(chance(2) ? ":" : "");
        }
        return expression(index, EXPRESSION);
    }

    private String expression(Expression expression, int least) {
        int level = level(expression);
        boolean starred = expression instanceof Expression.Starred;
        if (level >= least && (starred || !chance(12))) {
            return bare(expression);
        }
        brackets++;
        String inner = bare(expression);
        brackets--;
        String blank = inField || !chance(8) ? "" : chance(2) ? "\n" : " # in brackets\n  ";
        return "(" + inner + blank + ")";
    }

    private static int level(Expression expression) {
        return switch (expression) {
            case Expression.Walrus _ -> ANY;
            case Expression.Conditional _, Expression.Lambda _, Expression.Starred _ -> EXPRESSION;
            case Expression.Either _ -> OR;
            case Expression.Both _ -> AND;
            case Expression.Comparison _ -> COMPARISON;
            case Expression.Unary it -> it.operator() == UnaryOperator.NOT ? NOT : UNARY;
            case Expression.Binary it -> level(it.operator());
            case Expression.Attribute _, Expression.Subscript _, Expression.Call _ -> PRIMARY;
            case Expression.Constant.Int _ -> POWER;
            case Expression.Constant _,
                    Expression.Text _,
                    Expression.Name _,
                    Expression.Slice _,
                    Expression.ListDisplay _,
                    Expression.TupleDisplay _,
                    Expression.SetDisplay _,
                    Expression.DictDisplay _,
                    Expression.Comprehension _ -> ATOM;
        };
    }

    private static int level(BinaryOperator operator) {
        return switch (operator) {
            case BIT_OR -> ARITHMETIC;
            case BIT_XOR -> ARITHMETIC + 1;
            case BIT_AND -> ARITHMETIC + 2;
            case SHIFT_LEFT, SHIFT_RIGHT -> ARITHMETIC + 3;
            case ADD, SUBTRACT -> ARITHMETIC + 4;
            case MULTIPLY, DIVIDE, FLOOR_DIVIDE, MODULO -> ARITHMETIC + 5;
            case POWER -> POWER;
        };
    }

    private String bare(Expression expression) {
        return switch (expression) {
            case Expression.Constant.None _ -> "None";
            case Expression.Constant.Bool it -> it.value() ? "True" : "False";
            case Expression.Constant.Int it -> integer(it);
            case Expression.Constant.Real it -> Double.toString(it.value());
            case Expression.Constant.Str it -> string(it.value());
            case Expression.Text it -> text(it);
            case Expression.Name it -> it.name();
            case Expression.Attribute it -> expression(it.value(), PRIMARY) + "." + it.name();
            case Expression.Subscript it -> expression(it.value(), PRIMARY) + "[" + index(it.index()) + "]";
            case Expression.Slice _ -> throw new AssertionError("a slice outside an index");
            case Expression.Call it -> expression(it.function(), PRIMARY) + arguments(it.arguments());
            case Expression.ListDisplay it -> joined("[", it.elements(), this::element, "]");
            case Expression.TupleDisplay it ->
                joined("(", it.elements(), this::element, it.elements().size() == 1 ? ",)" : ")");
            case Expression.SetDisplay it -> joined("{", it.elements(), each -> expression(each, EXPRESSION), "}");
            case Expression.DictDisplay it -> joined("{", it.entries(), this::entry, "}");
            case Expression.Comprehension it -> comprehension(it);
            case Expression.Unary it ->
                it.operator() == UnaryOperator.NOT
                        ? "not " + expression(it.operand(), NOT)
                        : it.operator().symbol() + expression(it.operand(), UNARY);
            case Expression.Binary it -> binary(it);
            case Expression.Both it ->
                it.operands().stream().map(each -> expression(each, NOT)).collect(Collectors.joining(" and "));
            case Expression.Either it ->
                it.operands().stream().map(each -> expression(each, AND)).collect(Collectors.joining(" or "));
            case Expression.Comparison it ->
                expression(it.first(), ARITHMETIC)
                        + it.links().stream()
                                .map(each ->
                                        " " + each.operator().symbol() + " " + expression(each.operand(), ARITHMETIC))
                                .collect(Collectors.joining());
            case Expression.Conditional it ->
                expression(it.then(), OR) + " if " + expression(it.condition(), OR) + " else "
                        + expression(it.otherwise(), EXPRESSION);
            case Expression.Lambda it ->
                "lambda " + parameters(it.parameters()) + ": " + expression(it.body(), EXPRESSION);
            case Expression.Walrus it -> it.name() + " := " + expression(it.value(), EXPRESSION);
            case Expression.Starred it -> "*" + expression(it.value(), ARITHMETIC);
        };
    }

    private String element(Expression element) {
        return expression(element, ANY);
    }

    private String binary(Expression.Binary it) {
        int level = level(it.operator());
        String join = brackets == 0 && !inField && chance(15) ? "\\\n" : "";
        if (it.operator() == BinaryOperator.POWER) {
            return expression(it.left(), PRIMARY) + " **" + join + " " + expression(it.right(), UNARY);
        }
        return expression(it.left(), level) + " " + it.operator().symbol() + join + " "
                + expression(it.right(), level + 1);
    }

    private String arguments(List<Argument> arguments) {
        if (arguments.size() == 1
                && arguments.getFirst() instanceof Argument.Positional(Position _, Expression value)
                && value instanceof Expression.Comprehension generator
                && generator.kind() == Expression.Comprehension.Kind.GENERATOR
                && chance(2)) {
            return comprehension(generator);
        }
        return joined("(", arguments, this::argument, arguments.isEmpty() || chance(4) ? ")" : ",)");
    }

    private String argument(Argument argument) {
        return switch (argument) {
            case Argument.Positional it -> expression(it.value(), ANY);
            case Argument.Keyword it -> it.name() + "=" + expression(it.value(), EXPRESSION);
            case Argument.Starred it -> "*" + expression(it.value(), EXPRESSION);
            case Argument.DoubleStarred it -> "**" + expression(it.value(), EXPRESSION);
        };
    }

    private String entry(Expression.Entry entry) {
        return switch (entry) {
            case Expression.Entry.Pair it ->
                expression(it.key(), EXPRESSION) + ": " + expression(it.value(), EXPRESSION);
            case Expression.Entry.Unpacking it -> "**" + expression(it.value(), ARITHMETIC);
        };
    }

    private String comprehension(Expression.Comprehension it) {
        StringBuilder text = new StringBuilder();
        text.append(expression(it.element(), it.kind() == Expression.Comprehension.Kind.LIST ? ANY : EXPRESSION));
        it.value().ifPresent(value -> text.append(": ").append(expression(value, EXPRESSION)));
        for (Expression.Clause each : it.clauses()) {
            text.append(" for ").append(targets(each.target()));
            text.append(" in ").append(expression(each.iterable(), OR));
            each.conditions().forEach(condition -> text.append(" if ").append(expression(condition, OR)));
        }
        return switch (it.kind()) {
            case LIST -> "[" + text + "]";
            case SET, DICT -> "{" + text + "}";
            case GENERATOR -> "(" + text + ")";
        };
    }

    private String integer(Expression.Constant.Int it) {
        return switch (random.nextInt(6)) {
            case 0 -> "0x" + it.value().toString(16);
            case 1 -> "0O" + it.value().toString(8);
            case 2 -> "0b_" + it.value().toString(2);
            case 3 -> it.value().toString().replaceAll("(?<=\\d)(?=(\\d{3})+$)", "_");
            default -> it.value().toString();
        };
    }

    private String string(String value) {
        if (inField) {
            return "'" + value + "'";
        }
        int half = value.length() > 2 && chance(5) ? value.offsetByCodePoints(0, 1) : 0;
        String first = half > 0 ? quoted(value.substring(0, half)) + (chance(2) ? " " : "") : "";
        return first + quoted(value.substring(half));
    }

    private String quoted(String value) {
        String quote = List.of("'", "\"", "'''", "\"\"\"").get(random.nextInt(4));
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c != '\\' && c != '\'' && c != '"');
        if (plain && chance(4)) {
            return List.of("r", "R", "u", "U").get(random.nextInt(4)) + quote + value + quote;
        }
        return quote + escaped(value, quote, false) + quote;
    }

    private String escaped(String value, String quote, boolean formatted) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(point -> {
            String character = Character.toString(point);
            if (formatted && (point == '{' || point == '}')) {
                text.append(character.repeat(2));
            } else if (point == '\n') {
                text.append(quote.length() == 3 && chance(2) ? "\n" : "\\n");
            } else if (point == '\\' || point == '\'' || point == '"') {
                text.append('\\').append(character);
            } else if (point < ' ' || chance(10)) {
                text.append(escape(point));
            } else {
                text.append(character);
            }
        });
        return text.toString();
    }

    private String escape(int point) {
        if (point < 0x100 && chance(2)) {
            return chance(2) ? "\\x%02X".formatted(point) : "\\%03o".formatted(point);
        }
        return point < 0x10000 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point);
    }

    private String text(Expression.Text it) {
        String quote = chance(2) ? "\"" : "\"\"\"";
        return (chance(2) ? "f" : "F") + quote + parts(it.parts(), quote) + quote;
    }

    private String parts(List<Expression.Part> parts, String quote) {
        StringBuilder text = new StringBuilder();
        for (Expression.Part each : parts) {
            switch (each) {
                case Expression.Part.Literal it -> text.append(escaped(it.text(), quote, true));
                case Expression.Part.Field it -> {
                    inField = true;
                    String value = expression(it.value(), OR);
                    inField = false;
                    text.append(value.startsWith("{") ? "{ " : "{").append(value);
                    if (it.conversion() != Expression.Conversion.NONE) {
                        text.append('!')
                                .append(it.conversion()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .charAt(0));
                    }
                    text.append(it.spec().isEmpty() ? "" : ":" + spec(it.spec()))
                            .append('}');
                }
            }
        }
        return text.toString();
    }

    private String spec(List<Expression.Part> parts) {
        return parts.stream()
                .map(each -> each instanceof Expression.Part.Literal(Position _, String text)
                        ? text
                        : parts(List.of(each), ""))
                .collect(Collectors.joining());
    }
}
