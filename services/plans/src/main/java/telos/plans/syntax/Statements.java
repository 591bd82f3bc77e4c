package telos.plans.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads compound statements and the lines of simple ones, which {@link Lines} reads. */
final class Statements {
    private final Tokens tokens;
    private final Walruses walruses;
    private final Expressions expressions;
    private final Targets targets;
    private final Lines lines;
    private boolean inFunction;
    private boolean inLoop;

    Statements(Tokens tokens) {
        this.tokens = tokens;
        this.walruses = new Walruses(tokens.source());
        this.expressions = new Expressions(tokens, walruses);
        this.targets = expressions.displays().targets();
        this.lines = new Lines(tokens, expressions);
    }

    /** Everything up to the end of the source. */
    List<Statement> all() {
        List<Statement> body = new ArrayList<>();
        while (!tokens.at(Token.Kind.END)) {
            statement(body);
        }
        return body;
    }

    private void statement(List<Statement> body) {
        Token start = tokens.current();
        if (start.is(Token.Kind.INDENT)) {
            String message = "this line is indented deeper than the one above, which opens no block";
            throw tokens.fault(start, message, "the same indentation as above");
        }
        if (!start.is(Token.Kind.KEYWORD)) {
            line(body);
            return;
        }
        switch (start.text()) {
            case "if" -> body.add(branch());
            case "for" -> body.add(forLoop());
            case "while" -> body.add(whileLoop());
            case "def" -> body.add(function());
            case "class" -> body.add(classDefinition());
            case "try" -> body.add(attempt());
            case "elif", "else" -> throw orphan(start, "if");
            case "except", "finally" -> throw orphan(start, "try");
            default -> line(body);
        }
    }

    private Refusal orphan(Token start, String opener) {
        String message = "'" + start.text() + "' belongs to no '" + opener + "' above it at this indentation";
        return tokens.fault(start, message, "a statement, or the indentation of its '" + opener + "'");
    }

    /** The statements of one line. */
    private void line(List<Statement> body) {
        Token first = tokens.current();
        walruses.forget(0);
        do {
            Token start = tokens.current();
            if (start.is("return") && !inFunction) {
                throw tokens.fault(start, "'return' stands outside a function", "an assignment, or a def around it");
            }
            if ((start.is("break") || start.is("continue")) && !inLoop) {
                throw tokens.fault(start, "'" + start.text() + "' stands outside a loop", "a for or while around it");
            }
            body.add(lines.statement());
        } while (tokens.accept(";") && !tokens.at(Token.Kind.NEWLINE));
        lines.end(first);
    }

    /** What stands behind {@code :}, which is read too: the rest of the line, or a block of deeper lines. */
    private List<Statement> block(Token opener) {
        String name = "'" + opener.text() + "'";
        if (!tokens.at(":")) {
            if (tokens.at("=")) {
                throw tokens.fault(tokens.current(), "'=' assigns, and cannot stand in a condition", "'==' to compare");
            }
            if (tokens.at("{")) {
                throw tokens.fault(tokens.current(), "braces do not open a block", "':' and deeper lines");
            }
            if (opener.is("else") && tokens.at("if")) {
                throw tokens.fault(tokens.current(), "'else if' is one word here", "elif");
            }
            throw tokens.unexpected("':' at the end of what " + name + " starts");
        }
        tokens.advance();
        List<Statement> body = new ArrayList<>();
        tokens.enter();
        if (!tokens.at(Token.Kind.NEWLINE)) {
            Token start = tokens.current();
            switch (start.is(Token.Kind.KEYWORD) ? start.text() : "") {
                case "if", "for", "while", "def", "class", "try" -> {
                    String message = "'" + start.text() + "' cannot stand on the line of " + name;
                    throw tokens.fault(start, message, "a new, deeper line");
                }
                default -> line(body);
            }
        } else {
            indent(opener);
            while (!tokens.at(Token.Kind.DEDENT)) {
                statement(body);
            }
            tokens.advance();
        }
        tokens.leave();
        return body;
    }

    private void indent(Token opener) {
        tokens.advance();
        if (!tokens.at(Token.Kind.INDENT)) {
            String message = "the block of '" + opener.text() + "' on line "
                    + opener.position().line() + " is empty";
            throw tokens.fault(tokens.current(), message, "a line that is indented deeper, or pass");
        }
        tokens.advance();
    }

    private List<Statement> loopBody(Token opener) {
        boolean outer = inLoop;
        inLoop = true;
        List<Statement> body = block(opener);
        inLoop = outer;
        return body;
    }

    private List<Statement> otherwise() {
        Token start = tokens.current();
        return tokens.accept("else") ? block(start) : List.of();
    }

    private record Arm(Position position, Expression condition, List<Statement> body) {}

    private Statement branch() {
        List<Arm> arms = new ArrayList<>();
        while (arms.isEmpty() || tokens.at("elif")) {
            Token start = tokens.advance();
            Expression condition = condition();
            arms.add(new Arm(start.position(), condition, block(start)));
        }
        List<Statement> otherwise = otherwise();
        for (Arm arm : arms.subList(1, arms.size()).reversed()) {
            otherwise = List.of(new Statement.If(arm.position, arm.condition, arm.body, otherwise));
        }
        Arm first = arms.getFirst();
        return new Statement.If(first.position, first.condition, first.body, otherwise);
    }

    private Expression condition() {
        walruses.forget(0);
        return expressions.named();
    }

    private Statement forLoop() {
        Token start = tokens.advance();
        walruses.forget(0);
        Target target = targets.loop();
        tokens.expect("in", "'in' and what to loop over, as in: for x in xs:");
        Expression iterable = expressions.sequence();
        List<Statement> body = loopBody(start);
        return new Statement.For(start.position(), target, iterable, body, otherwise());
    }

    private Statement whileLoop() {
        Token start = tokens.advance();
        Expression condition = condition();
        List<Statement> body = loopBody(start);
        return new Statement.While(start.position(), condition, body, otherwise());
    }

    private Statement function() {
        Token start = tokens.advance();
        walruses.forget(0);
        Token name = tokens.newName("the name of the function");
        Token open = tokens.expect("(", "'(' and the parameters");
        Parameters parameters = expressions.calls().parameters(")");
        tokens.close(open, ")");
        Optional<Expression> returns = Optional.empty();
        if (tokens.accept("->")) {
            returns = Optional.of(expressions.expression());
        }
        boolean outerFunction = inFunction;
        boolean outerLoop = inLoop;
        inFunction = true;
        inLoop = false;
        List<Statement> body = block(start);
        inFunction = outerFunction;
        inLoop = outerLoop;
        return new Statement.Function(start.position(), name.text(), parameters, returns, body);
    }

    private Statement attempt() {
        Token start = tokens.advance();
        List<Statement> body = block(start);
        List<Statement.Handler> handlers = new ArrayList<>();
        while (tokens.at("except")) {
            if (!handlers.isEmpty() && handlers.getLast().type().isEmpty()) {
                Statement.Handler all = handlers.getLast();
                throw tokens.fault(all, "an 'except' without a class must be the last", "a class behind it");
            }
            handlers.add(handler());
        }
        List<Statement> otherwise = handlers.isEmpty() ? List.of() : otherwise();
        Token end = tokens.current();
        List<Statement> cleanup = tokens.accept("finally") ? block(end) : List.of();
        if (handlers.isEmpty() && cleanup.isEmpty()) {
            throw tokens.unexpected("'except' or 'finally' for the 'try' of line "
                    + start.position().line());
        }
        return new Statement.Try(start.position(), body, handlers, otherwise, cleanup);
    }

    private Statement.Handler handler() {
        Token start = tokens.advance();
        walruses.forget(0);
        if (tokens.at("*")) {
            throw tokens.fault(tokens.current(), "'except*' is not supported", "'except' and a class");
        }
        Optional<Expression> type = Optional.empty();
        Optional<String> name = Optional.empty();
        if (!tokens.at(":")) {
            type = Optional.of(expressions.expression());
            if (tokens.at(",")) {
                throw tokens.fault(tokens.current(), "several classes need parentheses", "except (A, B):");
            }
            if (tokens.accept("as")) {
                name = Optional.of(tokens.newName("a name for the exception").text());
            }
        }
        return new Statement.Handler(start.position(), type, name, block(start));
    }

    private Statement classDefinition() {
        Token start = tokens.advance();
        Token name = tokens.newName("the name of the class");
        List<Expression> bases = new ArrayList<>();
        if (tokens.at("(")) {
            for (Argument each : expressions.calls().arguments()) {
                if (!(each instanceof Argument.Positional)) {
                    throw tokens.fault(each, "a class has only plain bases", "BaseModel or Enum");
                }
                bases.add(each.value());
            }
        }
        boolean outerFunction = inFunction;
        boolean outerLoop = inLoop;
        inFunction = false;
        inLoop = false;
        walruses.inClass(true);
        List<Statement.Member> members = new ArrayList<>();
        for (Statement each : block(start)) {
            Statement.Member member = member(each);
            if (member != null) {
                members.add(member);
            }
        }
        walruses.inClass(false);
        inFunction = outerFunction;
        inLoop = outerLoop;
        return new Statement.ClassDefinition(start.position(), name.text(), bases, members);
    }

    /** The member that a statement in a class stands for; null for none. */
    private Statement.@Nullable Member member(Statement statement) {
        if (statement instanceof Statement.Pass
                || (statement instanceof Statement.ExpressionStatement(Position _, Expression value)
                        && value instanceof Expression.Constant.Str)) {
            return null;
        }
        if (statement instanceof Statement.AnnotatedAssignment assignment
                && assignment.target() instanceof Target.Name(Position position, String name)) {
            return new Statement.Member.Field(position, name, assignment.annotation(), assignment.value());
        }
        if (statement instanceof Statement.Assignment(Position position, List<Target> targets, Expression value)
                && targets.size() == 1
                && targets.getFirst() instanceof Target.Name(Position _, String name)) {
            return new Statement.Member.Choice(position, name, value);
        }
        String found =
                statement instanceof Statement.Function ? "methods are not supported" : "this is no field of a class";
        throw tokens.fault(statement, found, "'name: type', 'NAME = value', or a function outside the class");
    }
}
