package telos.plans.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by precedence; brackets, calls and strings are read by others. Chains of operators are read in a loop, and
 * only what is truly nested recurses, as deep as the bounds allow. A node's position is that of the first token of its rule, so
 * of the parenthesis in {@code (a) + b}, as in CPython.
 */
final class Expressions {
    private static final int LOWEST = 1;
    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            Map.entry("|", LOWEST),
            Map.entry("^", 2),
            Map.entry("&", 3),
            Map.entry("<<", 4),
            Map.entry(">>", 4),
            Map.entry("+", 5),
            Map.entry("-", 5),
            Map.entry("*", 6),
            Map.entry("/", 6),
            Map.entry("//", 6),
            Map.entry("%", 6));
    private static final Map<String, BinaryOperator> BINARY = new HashMap<>();
    private static final Map<String, ComparisonOperator> COMPARISONS = new HashMap<>();
    private static final Map<String, UnaryOperator> SIGNS =
            Map.of("-", UnaryOperator.MINUS, "+", UnaryOperator.PLUS, "~", UnaryOperator.INVERT);

    static {
        for (BinaryOperator each : BinaryOperator.values()) {
            BINARY.put(each.symbol(), each);
        }
        for (ComparisonOperator each : ComparisonOperator.values()) {
            COMPARISONS.put(each.symbol(), each);
        }
    }

    private final Tokens tokens;
    private final Walruses walruses;
    private final Displays displays;
    private final Calls calls;
    private final Texts texts;

    Expressions(Tokens tokens, Walruses walruses) {
        this.tokens = tokens;
        this.walruses = walruses;
        this.displays = new Displays(tokens, this, walruses);
        this.calls = new Calls(tokens, this, displays, walruses);
        this.texts = new Texts(tokens, this);
    }

    Displays displays() {
        return displays;
    }

    Calls calls() {
        return calls;
    }

    /** The arithmetic operator that a symbol stands for. */
    static @Nullable BinaryOperator operator(String symbol) {
        return BINARY.get(symbol);
    }

    /** One expression, or several with commas between them as a tuple. */
    Expression sequence() {
        Token start = tokens.current();
        Expression first = element(false);
        if (!tokens.at(",")) {
            return alone(first);
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (tokens.accept(",") && starts(tokens.current())) {
            elements.add(element(false));
        }
        return new Expression.TupleDisplay(start.position(), elements);
    }

    /** An expression or a starred one, and where it may a {@code name := value}. */
    Expression element(boolean walrus) {
        Token start = tokens.current();
        if (tokens.accept("*")) {
            return new Expression.Starred(start.position(), operand());
        }
        return walrus ? named() : expression();
    }

    /** Refuses a star where no elements are collected. */
    Expression alone(Expression expression) {
        if (expression instanceof Expression.Starred) {
            throw tokens.fault(
                    expression, "a star cannot stand before a single value", "the value alone, or [*value] for a list");
        }
        return expression;
    }

    /** Whether an expression can start with a token. */
    static boolean starts(Token token) {
        return switch (token.kind()) {
            case NAME, INT, REAL, STRING, TEXT_START -> true;
            case OPERATOR -> "([{-+~*".contains(token.text());
            case KEYWORD ->
                switch (token.text()) {
                    case "not", "lambda", "None", "True", "False", "yield", "await" -> true;
                    default -> false;
                };
            case TEXT_LITERAL, FIELD_OPEN, FIELD_CLOSE, TEXT_END, NEWLINE, INDENT, DEDENT, END -> false;
        };
    }

    /** An expression, or {@code name := value} without parentheses. */
    Expression named() {
        if (!tokens.at(Token.Kind.NAME) || !tokens.peek().is(":=")) {
            return expression();
        }
        Token name = tokens.newName("a name");
        tokens.advance();
        Expression.Walrus walrus = new Expression.Walrus(name.position(), name.text(), expression());
        walruses.add(walrus);
        return walrus;
    }

    Expression expression() {
        tokens.enter();
        Token start = tokens.current();
        Expression value;
        if (start.is("lambda")) {
            value = lambda();
        } else {
            value = disjunction();
            if (tokens.accept("if")) {
                Expression condition = disjunction();
                tokens.expect("else", "'else' and another value, as in: a if condition else b");
                value = new Expression.Conditional(start.position(), condition, value, expression());
            }
        }
        tokens.leave();
        return value;
    }

    private Expression lambda() {
        Token start = tokens.advance();
        Parameters parameters = calls.parameters(":");
        tokens.expect(":", "',' or ':' and the value of the lambda");
        int mark = walruses.mark();
        Expression body = expression();
        walruses.forget(mark);
        return new Expression.Lambda(start.position(), parameters, body);
    }

    /** An expression without {@code if}, {@code lambda} or {@code :=} at its top. */
    Expression disjunction() {
        Token start = tokens.current();
        Expression first = conjunction();
        if (!tokens.at("or")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (tokens.accept("or")) {
            operands.add(conjunction());
        }
        return new Expression.Either(start.position(), operands);
    }

    private Expression conjunction() {
        Token start = tokens.current();
        Expression first = negation();
        if (!tokens.at("and")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (tokens.accept("and")) {
            operands.add(negation());
        }
        return new Expression.Both(start.position(), operands);
    }

    private Expression negation() {
        if (!tokens.at("not")) {
            return comparison();
        }
        List<Token> nots = new ArrayList<>();
        while (tokens.at("not")) {
            nots.add(tokens.advance());
        }
        return prefixed(nots, comparison());
    }

    private static Expression prefixed(List<Token> operators, Expression operand) {
        Expression value = operand;
        for (Token each : operators.reversed()) {
            value = new Expression.Unary(each.position(), SIGNS.getOrDefault(each.text(), UnaryOperator.NOT), value);
        }
        return value;
    }

    private Expression comparison() {
        Token start = tokens.current();
        Expression first = binary(LOWEST);
        ComparisonOperator operator = comparisonOperator();
        if (operator == null) {
            return first;
        }
        List<Expression.Link> links = new ArrayList<>();
        while (operator != null) {
            Position position = tokens.current().position();
            links.add(new Expression.Link(position, operator, binary(LOWEST)));
            operator = comparisonOperator();
        }
        return new Expression.Comparison(start.position(), first, links);
    }

    private @Nullable ComparisonOperator comparisonOperator() {
        Token token = tokens.current();
        boolean keyword = token.is(Token.Kind.KEYWORD);
        if (!keyword && !token.is(Token.Kind.OPERATOR)) {
            return null;
        }
        if (keyword && token.text().equals("not") && tokens.peek().is("in")) {
            tokens.advance();
            tokens.advance();
            return ComparisonOperator.NOT_IN;
        }
        ComparisonOperator operator = COMPARISONS.get(token.text());
        if (operator != null) {
            tokens.advance();
        }
        return operator == ComparisonOperator.IS && tokens.accept("not") ? ComparisonOperator.IS_NOT : operator;
    }

    /** What may stand behind a star: arithmetic, and whatever stands in parentheses. */
    Expression operand() {
        return binary(LOWEST);
    }

    private Expression binary(int lowest) {
        Token start = tokens.current();
        Expression left = unary();
        while (tokens.at(Token.Kind.OPERATOR)) {
            String symbol = tokens.current().text();
            if (symbol.equals("@")) {
                throw tokens.fault(tokens.current(), "'@' for matrices is not supported", "'*' or a function");
            }
            int level = LEVELS.getOrDefault(symbol, 0);
            BinaryOperator operator = BINARY.get(symbol);
            if (level < lowest || operator == null) {
                break;
            }
            tokens.advance();
            left = new Expression.Binary(start.position(), operator, left, binary(level + 1));
        }
        return left;
    }

    private Expression unary() {
        if (!sign()) {
            return power();
        }
        List<Token> signs = new ArrayList<>();
        while (sign()) {
            signs.add(tokens.advance());
        }
        Token last = signs.getLast();
        if (!starts(tokens.current()) && last.start() > 0) {
            String twice = last.text().repeat(2);
            if (tokens.source().text().startsWith(twice, last.start() - 1)) {
                String message = "'" + twice + "' is not an operator";
                throw tokens.fault(last, message, "x " + last.text() + "= 1 as a statement");
            }
        }
        return prefixed(signs, power());
    }

    private boolean sign() {
        return tokens.at(Token.Kind.OPERATOR)
                && SIGNS.containsKey(tokens.current().text());
    }

    private Expression power() {
        Token start = tokens.current();
        Expression base = primary();
        if (!tokens.accept("**")) {
            return base;
        }
        tokens.enter();
        Expression exponent = unary();
        tokens.leave();
        return new Expression.Binary(start.position(), BinaryOperator.POWER, base, exponent);
    }

    /** A value with its attributes, calls and subscripts. */
    Expression primary() {
        Token start = tokens.current();
        Expression value = atom();
        while (tokens.at(Token.Kind.OPERATOR)) {
            switch (tokens.current().text()) {
                case "." -> {
                    tokens.advance();
                    value = new Expression.Attribute(
                            start.position(),
                            value,
                            tokens.name("the name of an attribute").text());
                }
                case "(" -> value = new Expression.Call(start.position(), value, calls.arguments());
                case "[" -> value = displays.subscript(start, value);
                default -> {
                    return value;
                }
            }
        }
        return value;
    }

    private Expression atom() {
        Token token = tokens.current();
        Position position = token.position();
        return switch (token.kind()) {
            case NAME -> {
                String constant = Hints.CONSTANTS.get(token.text());
                if (constant != null) {
                    throw tokens.fault(token, "'" + token.text() + "' is not part of the language", constant);
                }
                tokens.advance();
                yield new Expression.Name(position, token.text());
            }
            case INT -> {
                tokens.advance();
                yield new Expression.Constant.Int(position, Numeral.value(token.text()));
            }
            case REAL -> {
                tokens.advance();
                yield new Expression.Constant.Real(
                        position, Double.parseDouble(token.text().replace("_", "")));
            }
            case STRING, TEXT_START -> texts.read();
            case KEYWORD -> keyword(token);
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> displays.parentheses();
                    case "[" -> displays.list();
                    case "{" -> displays.braces();
                    default -> throw missing(token);
                };
            case TEXT_LITERAL, FIELD_CLOSE -> {
                String message = "in a field of an f-string ':' starts the format";
                throw tokens.fault(token, message, "parentheses around the value");
            }
            case FIELD_OPEN, TEXT_END, NEWLINE, INDENT, DEDENT, END -> throw tokens.unexpected("a value");
        };
    }

    private Expression keyword(Token token) {
        Expression constant = switch (token.text()) {
            case "None" -> new Expression.Constant.None(token.position());
            case "True" -> new Expression.Constant.Bool(token.position(), true);
            case "False" -> new Expression.Constant.Bool(token.position(), false);
            case "not", "lambda" -> {
                String message = "'" + token.text() + "' cannot stand behind an operator";
                throw tokens.fault(token, message, "parentheses: (" + token.text() + " …)");
            }
            case "if" -> throw tokens.unexpected("a value; a conditional is 'a if condition else b'");
            default -> throw tokens.unexpected("a value");
        };
        tokens.advance();
        return constant;
    }

    private Refusal missing(Token token) {
        return switch (token.text()) {
            case "//" -> tokens.fault(token, "'//' starts no comment; it divides", "'#' before a comment");
            case "*", "**" ->
                tokens.fault(token, "found '" + token.text() + "' where a value should start", "a value without stars");
            case "=" -> tokens.fault(token, "found '=' where a value should start", "a value, or '==' to compare");
            case "@" -> tokens.fault(token, "decorators are not supported", "the function alone");
            default -> tokens.unexpected("a value");
        };
    }
}
