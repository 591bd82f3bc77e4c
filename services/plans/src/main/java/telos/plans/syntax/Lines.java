package telos.plans.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads simple statements, those that fit on a line. */
final class Lines {
    private final Tokens tokens;
    private final Expressions expressions;
    private final Targets targets;

    Lines(Tokens tokens, Expressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.targets = expressions.displays().targets();
    }

    Statement statement() {
        Token start = tokens.current();
        Position position = start.position();
        return switch (start.is(Token.Kind.KEYWORD) ? start.text() : "") {
            case "pass" -> {
                tokens.advance();
                yield new Statement.Pass(position);
            }
            case "break" -> {
                tokens.advance();
                yield new Statement.Break(position);
            }
            case "continue" -> {
                tokens.advance();
                yield new Statement.Continue(position);
            }
            case "return" -> {
                tokens.advance();
                yield new Statement.Return(position, ends() ? Optional.empty() : Optional.of(expressions.sequence()));
            }
            case "raise" -> raise(position);
            case "assert" -> claim(position);
            case "del" -> delete(position);
            case "import" -> imports(position);
            case "from" -> importFrom(position);
            default -> assignment(start);
        };
    }

    private boolean ends() {
        return tokens.at(Token.Kind.NEWLINE) || tokens.at(";");
    }

    /** Moves over the end of the line whose first token is given. */
    void end(Token first) {
        if (!tokens.at(Token.Kind.NEWLINE)) {
            Refusal foreign = foreign(first);
            if (foreign != null) {
                throw foreign;
            }
            if (tokens.at(":=")) {
                String message = "':=' as a statement is written '='";
                throw tokens.fault(tokens.current(), message, "'=' or parentheses around name := value");
            }
            if (tokens.at("{") || tokens.at(":")) {
                throw tokens.unexpected("the end of the line; only if, for, while, def, class and try open a block");
            }
            throw tokens.unexpected("an operator or the end of the line");
        }
        tokens.advance();
    }

    /** What is wrong with a statement that starts with a word of another language; null if it does not. */
    private @Nullable Refusal foreign(Token first) {
        String instead = first.is(Token.Kind.NAME) ? Hints.STATEMENTS.get(first.text()) : null;
        return instead == null ? null : tokens.fault(first, "there is no statement '" + first.text() + "'", instead);
    }

    private Statement assignment(Token start) {
        Position position = start.position();
        if (start.is("@")) {
            throw tokens.fault(start, "decorators are not supported", "the function alone");
        }
        if (!Expressions.starts(start) && !start.is(Token.Kind.OPERATOR)) {
            throw tokens.unexpected("a statement");
        }
        Expression first = expressions.sequence();
        if (tokens.at("=")) {
            return chain(position, first);
        }
        if (tokens.at(":")) {
            return annotated(start, first);
        }
        BinaryOperator operator = augmented(tokens.current());
        if (operator == null) {
            return new Statement.ExpressionStatement(position, first);
        }
        Target.Place target = targets.place(first, "changed in place");
        tokens.advance();
        return new Statement.AugmentedAssignment(position, target, operator, expressions.sequence());
    }

    private Statement chain(Position position, Expression first) {
        List<Target> bound = new ArrayList<>();
        Expression value = first;
        while (tokens.at("=")) {
            bound.add(targets.of(value));
            tokens.advance();
            value = expressions.sequence();
        }
        return new Statement.Assignment(position, bound, value);
    }

    private static @Nullable BinaryOperator augmented(Token token) {
        String text = token.is(Token.Kind.OPERATOR) ? token.text() : "";
        return text.endsWith("=") ? Expressions.operator(text.substring(0, text.length() - 1)) : null;
    }

    private Statement annotated(Token start, Expression place) {
        boolean fits = place instanceof Expression.Name
                || place instanceof Expression.Attribute
                || place instanceof Expression.Subscript;
        Refusal foreign = fits ? null : foreign(start);
        if (foreign != null) {
            throw foreign;
        }
        if (!fits) {
            throw tokens.unexpected("the end of the line; only if, for, while, def, class and try open a block");
        }
        Target.Place target = targets.place(place, "annotated");
        tokens.advance();
        if (ends()) {
            throw tokens.unexpected("a type behind ':'; only if, for, while, def, class and try open a block");
        }
        Expression annotation = expressions.expression();
        Optional<Expression> value = tokens.accept("=") ? Optional.of(expressions.sequence()) : Optional.empty();
        return new Statement.AnnotatedAssignment(start.position(), target, annotation, value);
    }

    private Statement raise(Position position) {
        tokens.advance();
        if (ends()) {
            return new Statement.Raise(position, Optional.empty(), Optional.empty());
        }
        Expression exception = expressions.expression();
        Optional<Expression> cause = tokens.accept("from") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Statement.Raise(position, Optional.of(exception), cause);
    }

    private Statement claim(Position position) {
        tokens.advance();
        Expression condition = expressions.expression();
        Optional<Expression> message = tokens.accept(",") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Statement.Assert(position, condition, message);
    }

    private Statement delete(Position position) {
        tokens.advance();
        List<Target.Place> places = new ArrayList<>();
        Expression deleted = expressions.sequence();
        deleted(deleted, places);
        if (places.isEmpty()) {
            throw tokens.fault(deleted, "there is nothing to delete here", "a name, an attribute or an item");
        }
        return new Statement.Delete(position, places);
    }

    private void deleted(Expression expression, List<Target.Place> places) {
        if (expression instanceof Expression.TupleDisplay(Position _, List<Expression> elements)) {
            elements.forEach(each -> deleted(each, places));
        } else if (expression instanceof Expression.ListDisplay(Position _, List<Expression> elements)) {
            elements.forEach(each -> deleted(each, places));
        } else {
            places.add(targets.place(expression, "deleted"));
        }
    }

    private Statement imports(Position position) {
        tokens.advance();
        List<Statement.ImportedName> names = new ArrayList<>();
        do {
            Position start = tokens.current().position();
            names.add(new Statement.ImportedName(start, dotted(), alias()));
        } while (tokens.accept(","));
        return new Statement.Import(position, Optional.empty(), names);
    }

    private Statement importFrom(Position position) {
        tokens.advance();
        if (tokens.at(".")) {
            throw tokens.fault(
                    tokens.current(), "a plan is no package, so nothing is near it", "the module's full name");
        }
        String module = dotted();
        tokens.expect("import", "'import' and the names");
        if (tokens.at("*")) {
            throw tokens.fault(tokens.current(), "'import *' is not supported", "the names that are needed");
        }
        Token open = tokens.current();
        boolean brackets = tokens.accept("(");
        List<Statement.ImportedName> names = new ArrayList<>();
        do {
            if (brackets && tokens.at(")") && !names.isEmpty()) {
                break;
            }
            Token name = tokens.newName("a name to import");
            names.add(new Statement.ImportedName(name.position(), name.text(), alias()));
        } while (tokens.accept(","));
        if (brackets) {
            tokens.close(open, ")");
        }
        return new Statement.Import(position, Optional.of(module), names);
    }

    private String dotted() {
        StringBuilder name =
                new StringBuilder(tokens.newName("the name of a module").text());
        while (tokens.accept(".")) {
            name.append('.').append(tokens.name("the rest of the module's name").text());
        }
        return name.toString();
    }

    private Optional<String> alias() {
        return tokens.accept("as")
                ? Optional.of(tokens.newName("the name it gets here").text())
                : Optional.empty();
    }
}
