package telos.plans.syntax;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tree as one line of text, the same as {@code dump.py} makes of CPython's tree: what both languages call the same has the same
 * name here, and strings are in hexadecimal. With positions, expressions and statements outside f-strings say where they start.
 */
final class Dump {
    private final boolean positions;

    private Dump(boolean positions) {
        this.positions = positions;
    }

    static String of(List<Statement> body) {
        return new Dump(false).body(body);
    }

    static String withPositions(List<Statement> body) {
        return new Dump(true).body(body);
    }

    private String at(Node node) {
        return positions ? "@" + node.position().line() + ":" + node.position().column() + " " : "";
    }

    private static String list(String name, Stream<String> items) {
        return items.collect(Collectors.joining(" ", "(" + name + " ", ")"));
    }

    private String body(List<Statement> statements) {
        return list("body", statements.stream().map(each -> at(each) + statement(each)));
    }

    private String maybe(Optional<Expression> expression) {
        return expression.map(this::expression).orElse("-");
    }

    private String statement(Statement statement) {
        return switch (statement) {
            case Statement.ExpressionStatement it -> "(expr " + expression(it.value()) + ")";
            case Statement.Assignment it ->
                "(assign " + list("targets", it.targets().stream().map(this::target)) + " " + expression(it.value())
                        + ")";
            case Statement.AugmentedAssignment it ->
                "(aug " + it.operator().symbol() + " " + target(it.target()) + " " + expression(it.value()) + ")";
            case Statement.AnnotatedAssignment it ->
                "(ann " + target(it.target()) + " " + expression(it.annotation()) + " " + maybe(it.value()) + ")";
            case Statement.If it ->
                "(if " + expression(it.condition()) + " " + body(it.body()) + " " + body(it.otherwise()) + ")";
            case Statement.For it ->
                "(for " + target(it.target()) + " " + expression(it.iterable()) + " " + body(it.body()) + " "
                        + body(it.otherwise()) + ")";
            case Statement.While it ->
                "(while " + expression(it.condition()) + " " + body(it.body()) + " " + body(it.otherwise()) + ")";
            case Statement.Break _ -> "(break)";
            case Statement.Continue _ -> "(continue)";
            case Statement.Pass _ -> "(pass)";
            case Statement.Return it -> "(return " + maybe(it.value()) + ")";
            case Statement.Function it ->
                "(def " + it.name() + " " + parameters(it.parameters()) + " " + maybe(it.returns()) + " "
                        + body(it.body()) + ")";
            case Statement.Raise it -> "(raise " + maybe(it.exception()) + " " + maybe(it.cause()) + ")";
            case Statement.Try it ->
                "(try " + body(it.body()) + " "
                        + list("handlers", it.handlers().stream().map(this::handler)) + " " + body(it.otherwise()) + " "
                        + body(it.cleanup()) + ")";
            case Statement.ClassDefinition it ->
                "(class " + it.name() + " " + list("bases", it.bases().stream().map(this::expression)) + " "
                        + list("members", it.members().stream().map(this::member)) + ")";
            case Statement.Assert it -> "(assert " + expression(it.condition()) + " " + maybe(it.message()) + ")";
            case Statement.Delete it -> list("del", it.targets().stream().map(this::target));
            case Statement.Import it ->
                "(import " + it.module().orElse("-") + " "
                        + list(
                                "names",
                                it.names().stream()
                                        .map(each ->
                                                each.name() + ":" + each.alias().orElse("-"))) + ")";
        };
    }

    private String handler(Statement.Handler handler) {
        return "(except " + maybe(handler.type()) + " " + handler.name().orElse("-") + " " + body(handler.body()) + ")";
    }

    private String member(Statement.Member member) {
        return switch (member) {
            case Statement.Member.Field it ->
                "(field " + it.name() + " " + expression(it.annotation()) + " " + maybe(it.defaultValue()) + ")";
            case Statement.Member.Choice it -> "(choice " + it.name() + " " + expression(it.value()) + ")";
        };
    }

    private String parameters(Parameters it) {
        return "(params " + list("positional", it.positional().stream().map(this::parameter)) + " "
                + it.rest().map(this::parameter).orElse("-") + " "
                + list("named", it.keywordOnly().stream().map(this::parameter)) + " "
                + it.keywords().map(this::parameter).orElse("-") + ")";
    }

    private String parameter(Parameters.Parameter it) {
        return "(param " + it.name() + " " + maybe(it.annotation()) + " " + maybe(it.defaultValue()) + ")";
    }

    private String target(Target target) {
        return at(target)
                + switch (target) {
                    case Target.Name it -> "(name " + it.name() + ")";
                    case Target.Attribute it -> "(attr " + expression(it.value()) + " " + it.name() + ")";
                    case Target.Item it -> "(sub " + expression(it.value()) + " " + expression(it.index()) + ")";
                    case Target.Several it ->
                        list("several", it.elements().stream().map(this::target));
                    case Target.Starred it -> "(star " + target(it.target()) + ")";
                };
    }

    private String expression(Expression expression) {
        return at(expression) + bare(expression);
    }

    private String list(String name, List<Expression> elements) {
        return list(name, elements.stream().map(this::expression));
    }

    private String bare(Expression expression) {
        return switch (expression) {
            case Expression.Constant.None _ -> "None";
            case Expression.Constant.Bool it -> it.value() ? "True" : "False";
            case Expression.Constant.Int it -> "(int " + it.value().toString(16) + ")";
            case Expression.Constant.Real it -> "(float %016x)".formatted(Double.doubleToLongBits(it.value()));
            case Expression.Constant.Str it -> "(str " + hex(it.value()) + ")";
            case Expression.Text it -> list("text", it.parts().stream().map(new Dump(false)::part));
            case Expression.Name it -> "(name " + it.name() + ")";
            case Expression.Attribute it -> "(attr " + expression(it.value()) + " " + it.name() + ")";
            case Expression.Subscript it -> "(sub " + expression(it.value()) + " " + expression(it.index()) + ")";
            case Expression.Slice it ->
                "(slice " + maybe(it.lower()) + " " + maybe(it.upper()) + " " + maybe(it.step()) + ")";
            case Expression.Call it -> call(it);
            case Expression.ListDisplay it -> list("list", it.elements());
            case Expression.TupleDisplay it -> list("tuple", it.elements());
            case Expression.SetDisplay it -> list("set", it.elements());
            case Expression.DictDisplay it -> list("dict", it.entries().stream().map(this::entry));
            case Expression.Comprehension it ->
                "(" + it.kind() + " " + expression(it.element()) + " " + maybe(it.value()) + " "
                        + list("clauses", it.clauses().stream().map(this::clause)) + ")";
            case Expression.Unary it -> "(unary " + it.operator().symbol() + " " + expression(it.operand()) + ")";
            case Expression.Binary it ->
                "(binary " + it.operator().symbol() + " " + expression(it.left()) + " " + expression(it.right()) + ")";
            case Expression.Both it -> list("and", it.operands());
            case Expression.Either it -> list("or", it.operands());
            case Expression.Comparison it ->
                "(compare " + expression(it.first()) + " "
                        + list(
                                "links",
                                it.links().stream()
                                        .map(each -> each.operator().symbol() + " " + expression(each.operand())))
                        + ")";
            case Expression.Conditional it ->
                "(cond " + expression(it.condition()) + " " + expression(it.then()) + " " + expression(it.otherwise())
                        + ")";
            case Expression.Lambda it -> "(lambda " + parameters(it.parameters()) + " " + expression(it.body()) + ")";
            case Expression.Walrus it -> "(walrus " + it.name() + " " + expression(it.value()) + ")";
            case Expression.Starred it -> "(star " + expression(it.value()) + ")";
        };
    }

    /** CPython keeps the positional and starred arguments apart from the others. */
    private String call(Expression.Call call) {
        StringBuilder positional = new StringBuilder();
        StringBuilder named = new StringBuilder();
        for (Argument each : call.arguments()) {
            switch (each) {
                case Argument.Positional it -> positional.append(' ').append(expression(it.value()));
                case Argument.Starred it ->
                    positional
                            .append(' ')
                            .append(at(it))
                            .append("(star ")
                            .append(expression(it.value()))
                            .append(")");
                case Argument.Keyword it ->
                    named.append(" ").append(it.name()).append('=').append(expression(it.value()));
                case Argument.DoubleStarred it -> named.append(" **").append(expression(it.value()));
            }
        }
        return "(call " + expression(call.function()) + positional + named + ")";
    }

    private String entry(Expression.Entry entry) {
        return switch (entry) {
            case Expression.Entry.Pair it -> "(pair " + expression(it.key()) + " " + expression(it.value()) + ")";
            case Expression.Entry.Unpacking it -> "(unpack " + expression(it.value()) + ")";
        };
    }

    private String clause(Expression.Clause clause) {
        return "(for " + target(clause.target()) + " " + expression(clause.iterable()) + " "
                + list("conditions", clause.conditions()) + ")";
    }

    private String part(Expression.Part part) {
        return switch (part) {
            case Expression.Part.Literal it -> "(literal " + hex(it.text()) + ")";
            case Expression.Part.Field it ->
                "(field " + it.conversion() + " " + expression(it.value()) + " "
                        + list("spec", it.spec().stream().map(this::part)) + ")";
        };
    }

    private static String hex(String text) {
        return "'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
