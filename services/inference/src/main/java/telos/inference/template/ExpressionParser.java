package telos.inference.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expressions by recursive descent, with the precedence of Jinja: {@code if or and not compare + - ~ * / // % ** -x}. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    /** Names that end a test's bare argument. */
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "is", "if", "not", "in", "recursive");

    /** How long a chain of operators may be: trees are walked by recursion. */
    private static final int LONGEST_CHAIN = 500;

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** An expression, or several with commas between: a tuple. */
    Expression tuple() {
        return tuple(true);
    }

    /** The same without {@code a if b}, for what a loop goes over. */
    Expression iterable() {
        return tuple(false);
    }

    private Expression tuple(boolean conditional) {
        int line = tokens.peek().line();
        Expression first = conditional ? expression() : or();
        if (!tokens.seesOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && startsExpression()) {
            items.add(conditional ? expression() : or());
        }
        return new Expression.Items(line, List.copyOf(items));
    }

    private boolean startsExpression() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NAME, STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> "([{+-".contains(token.text());
            case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
    }

    Expression expression() {
        tokens.enter();
        Expression value = or();
        while (tokens.seesName("if")) {
            int line = tokens.next().line();
            Expression test = or();
            Expression otherwise = tokens.skipName("else") ? expression() : null;
            value = new Expression.Conditional(line, test, value, otherwise);
        }
        tokens.leave();
        return value;
    }

    private Expression or() {
        Expression left = and();
        for (int n = 0; tokens.seesName("or"); n++) {
            int line = chain(n);
            left = new Expression.Or(line, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        for (int n = 0; tokens.seesName("and"); n++) {
            int line = chain(n);
            left = new Expression.And(line, left, not());
        }
        return left;
    }

    private Expression not() {
        if (tokens.seesName("not")) {
            int line = tokens.next().line();
            tokens.enter();
            Expression operand = not();
            tokens.leave();
            return new Expression.Not(line, operand);
        }
        return compare();
    }

    private Expression compare() {
        int line = tokens.peek().line();
        Expression first = sum();
        List<Expression.Comparison> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.is(Token.Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(new Expression.Comparison(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Expression.Comparison("in", sum()));
            } else if (tokens.seesName("not") && tokens.thenName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Expression.Comparison("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expression.Compare(line, first, List.copyOf(rest));
            }
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        for (int n = 0; tokens.seesOperator("+") || tokens.seesOperator("-"); n++) {
            String operator = tokens.peek().text();
            int line = chain(n);
            left = new Expression.Binary(line, operator, left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        for (int n = 0; tokens.seesOperator("~"); n++) {
            int line = chain(n);
            left = new Expression.Binary(line, "~", left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        for (int n = 0; isProduct(tokens.peek()); n++) {
            String operator = tokens.peek().text();
            int line = chain(n);
            left = new Expression.Binary(line, operator, left, power());
        }
        return left;
    }

    private static boolean isProduct(Token token) {
        return token.is(Token.Kind.OPERATOR) && Set.of("*", "/", "//", "%").contains(token.text());
    }

    private Expression power() {
        Expression left = unary(true);
        for (int n = 0; tokens.seesOperator("**"); n++) {
            int line = chain(n);
            left = new Expression.Binary(line, "**", left, unary(true));
        }
        return left;
    }

    private int chain(int length) {
        if (length > LONGEST_CHAIN) {
            throw tokens.fail("the expression is too long: more than " + LONGEST_CHAIN + " operators in a row");
        }
        return tokens.next().line();
    }

    private Expression unary(boolean withFilters) {
        int line = tokens.peek().line();
        Expression value;
        if (tokens.skipOperator("-") || tokens.seesOperator("+")) {
            boolean negative = !tokens.skipOperator("+");
            tokens.enter();
            Expression operand = unary(false);
            tokens.leave();
            value = negative ? new Expression.Negative(line, operand) : operand;
        } else {
            value = postfix(primary());
        }
        return withFilters ? filters(value) : value;
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> {
                StringBuilder joined = new StringBuilder();
                while (tokens.sees(Token.Kind.STRING)) {
                    joined.append(tokens.next().text());
                }
                yield new Expression.Literal(token.line(), Text.trusted(joined.toString()));
            }
            case INTEGER -> new Expression.Literal(token.line(), integer(tokens.next()));
            case FLOAT ->
                new Expression.Literal(
                        token.line(),
                        new Value.Real(Double.parseDouble(tokens.next().text())));
            case OPERATOR -> bracketed(token);
            case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> throw tokens.unexpected("a value");
        };
    }

    private Value integer(Token token) {
        try {
            return new Value.Int(Long.parseLong(token.text()));
        } catch (NumberFormatException e) {
            throw TemplateException.at(token.line(), "the number " + token.text() + " is too large");
        }
    }

    private static Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Literal(token.line(), new Value.Bool(true));
            case "false", "False" -> new Expression.Literal(token.line(), new Value.Bool(false));
            case "none", "None" -> new Expression.Literal(token.line(), Value.None.NONE);
            default -> new Expression.Name(token.line(), token.text());
        };
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> {
                tokens.next();
                if (tokens.skipOperator(")")) {
                    yield new Expression.Items(token.line(), List.of());
                }
                Expression inner = tuple();
                tokens.needOperator(")");
                yield inner;
            }
            case "[" -> {
                tokens.next();
                List<Expression> items = new ArrayList<>();
                while (!tokens.seesOperator("]")) {
                    items.add(expression());
                    if (!tokens.skipOperator(",")) {
                        break;
                    }
                }
                tokens.needOperator("]");
                yield new Expression.Items(token.line(), List.copyOf(items));
            }
            case "{" -> {
                tokens.next();
                List<Expression.Entry> entries = new ArrayList<>();
                while (!tokens.seesOperator("}")) {
                    Expression key = expression();
                    tokens.needOperator(":");
                    entries.add(new Expression.Entry(key, expression()));
                    if (!tokens.skipOperator(",")) {
                        break;
                    }
                }
                tokens.needOperator("}");
                yield new Expression.Entries(token.line(), List.copyOf(entries));
            }
            default -> throw tokens.unexpected("a value");
        };
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        for (int n = 0; ; n++) {
            if (tokens.seesOperator(".")) {
                int line = chain(n);
                Token name = tokens.next();
                value = switch (name.kind()) {
                    case NAME -> new Expression.Attribute(line, value, name.text());
                    case INTEGER -> new Expression.Subscript(line, value, new Expression.Literal(line, integer(name)));
                    case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, STRING, FLOAT, OPERATOR, END ->
                        throw TemplateException.at(name.line(), "expected a name after '.', found " + name.shown());
                };
            } else if (tokens.seesOperator("[")) {
                int line = chain(n);
                value = subscript(line, value);
                tokens.needOperator("]");
            } else if (tokens.seesOperator("(")) {
                int line = tokens.peek().line();
                value = new Expression.Call(line, value, given());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(int line, Expression target) {
        Expression start = tokens.seesOperator(":") ? null : tuple();
        if (!tokens.skipOperator(":")) {
            if (start == null) {
                throw tokens.unexpected("an index");
            }
            return new Expression.Subscript(line, target, start);
        }
        Expression stop = bound();
        Expression step = tokens.skipOperator(":") ? bound() : null;
        return new Expression.Slice(line, target, start, stop, step);
    }

    private @Nullable Expression bound() {
        return tokens.seesOperator(":") || tokens.seesOperator("]") ? null : expression();
    }

    private Expression filters(Expression start) {
        Expression value = start;
        for (int n = 0; ; n++) {
            if (tokens.seesOperator("|")) {
                int line = chain(n);
                Token name = tokens.need(Token.Kind.NAME, "the name of a filter");
                Expression.Given given = tokens.seesOperator("(") ? given() : Expression.Given.NONE;
                value = new Expression.Filter(line, value, name.text(), given);
            } else if (tokens.seesName("is")) {
                int line = chain(n);
                value = test(line, value);
            } else if (n > 0 && (tokens.seesOperator(".") || tokens.seesOperator("[") || tokens.seesOperator("("))) {
                value = postfix(value);
            } else {
                return value;
            }
        }
    }

    private Expression test(int line, Expression target) {
        boolean negated = tokens.skipName("not");
        Token name = tokens.next();
        if (!name.is(Token.Kind.NAME)) {
            throw TemplateException.at(name.line(), "expected the name of a test after 'is', found " + name.shown());
        }
        Expression.Given given = Expression.Given.NONE;
        Token token = tokens.peek();
        if (tokens.seesOperator("(")) {
            given = given();
        } else if (startsExpression()
                && !(token.is(Token.Kind.NAME) && NO_ARGUMENT.contains(token.text()))
                && !(token.is(Token.Kind.OPERATOR) && "+-".contains(token.text()))) {
            given = new Expression.Given(List.of(postfix(primary())), Map.of());
        }
        return new Expression.Test(line, target, name.text(), given, negated);
    }

    private Expression.Given given() {
        tokens.needOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.seesOperator(")")) {
            if (tokens.sees(Token.Kind.NAME) && tokens.thenOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                if (named.put(name, expression()) != null) {
                    throw tokens.fail("the argument '" + name + "' is given twice");
                }
            } else if (named.isEmpty()) {
                positional.add(expression());
            } else {
                throw tokens.fail("an argument without a name stands after one with a name");
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.needOperator(")");
        return new Expression.Given(List.copyOf(positional), named);
    }
}
