package telos.plans.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.plans.syntax.Expression.Comprehension.Kind;

/** Reads what stands in brackets: groups, tuples, lists, sets, dictionaries, comprehensions of each, and indices. */
final class Displays {
    private final Tokens tokens;
    private final Expressions expressions;
    private final Walruses walruses;
    private final Targets targets;

    Displays(Tokens tokens, Expressions expressions, Walruses walruses) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.walruses = walruses;
        this.targets = new Targets(tokens, expressions);
    }

    Targets targets() {
        return targets;
    }

    Expression parentheses() {
        Token open = tokens.advance();
        if (tokens.accept(")")) {
            return new Expression.TupleDisplay(open.position(), List.of());
        }
        int mark = walruses.mark();
        Expression first = expressions.element(true);
        if (loops()) {
            Expression generator = comprehension(open.position(), Kind.GENERATOR, first, Optional.empty(), mark);
            tokens.close(open, ")");
            return generator;
        }
        if (!tokens.at(",")) {
            tokens.close(open, ")");
            return expressions.alone(first);
        }
        List<Expression> elements = rest(first, open, ")");
        return new Expression.TupleDisplay(open.position(), elements);
    }

    Expression list() {
        Token open = tokens.advance();
        if (tokens.accept("]")) {
            return new Expression.ListDisplay(open.position(), List.of());
        }
        int mark = walruses.mark();
        Expression first = expressions.element(true);
        if (loops()) {
            Expression list = comprehension(open.position(), Kind.LIST, first, Optional.empty(), mark);
            tokens.close(open, "]");
            return list;
        }
        return new Expression.ListDisplay(open.position(), rest(first, open, "]"));
    }

    Expression braces() {
        Token open = tokens.advance();
        if (tokens.accept("}")) {
            return new Expression.DictDisplay(open.position(), List.of());
        }
        if (tokens.at("**")) {
            return dictionary(open, new ArrayList<>(List.of(entry())));
        }
        int mark = walruses.mark();
        boolean walrus = tokens.peek().is(":=");
        Expression first = expressions.element(true);
        if (tokens.at(":") && !walrus && !(first instanceof Expression.Starred)) {
            tokens.advance();
            Expression value = expressions.expression();
            if (loops()) {
                Expression dictionary = comprehension(open.position(), Kind.DICT, first, Optional.of(value), mark);
                tokens.close(open, "}");
                return dictionary;
            }
            return dictionary(
                    open, new ArrayList<>(List.of(new Expression.Entry.Pair(first.position(), first, value))));
        }
        if (loops()) {
            Expression set = comprehension(open.position(), Kind.SET, first, Optional.empty(), mark);
            tokens.close(open, "}");
            return set;
        }
        return new Expression.SetDisplay(open.position(), rest(first, open, "}"));
    }

    private Expression dictionary(Token open, List<Expression.Entry> entries) {
        while (tokens.accept(",") && !tokens.at("}")) {
            entries.add(entry());
        }
        if (loops()) {
            throw tokens.fault(tokens.current(), "only a single pair can stand before 'for'", "{key: value for …}");
        }
        tokens.close(open, "}");
        return new Expression.DictDisplay(open.position(), entries);
    }

    private Expression.Entry entry() {
        Token start = tokens.current();
        if (tokens.accept("**")) {
            return new Expression.Entry.Unpacking(start.position(), expressions.operand());
        }
        Expression key = expressions.expression();
        tokens.expect(":", "':' and a value, for this is a dictionary");
        return new Expression.Entry.Pair(start.position(), key, expressions.expression());
    }

    /** The elements from the first to the closing bracket. */
    private List<Expression> rest(Expression first, Token open, String closing) {
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (tokens.accept(",") && !tokens.at(closing)) {
            elements.add(expressions.element(true));
        }
        if (loops()) {
            String message = "before 'for' only a single element can stand";
            throw tokens.fault(tokens.current(), message, "parentheses around the elements");
        }
        tokens.close(open, closing);
        return elements;
    }

    boolean loops() {
        return tokens.at("for") || tokens.at("async");
    }

    /** The clauses behind an element that has been read; the mark is that of {@link Walruses} before it. */
    Expression comprehension(Position position, Kind kind, Expression element, Optional<Expression> value, int mark) {
        if (element instanceof Expression.Starred) {
            throw tokens.fault(element, "a star cannot stand in a comprehension", "a second 'for' over the elements");
        }
        List<Expression.Clause> clauses = new ArrayList<>();
        while (loops()) {
            Token start = tokens.expect("for", "'for'");
            Target target = targets.loop();
            tokens.expect("in", "'in' and what to loop over");
            walruses.enterIterable();
            Expression iterable = expressions.disjunction();
            walruses.leaveIterable();
            List<Expression> conditions = new ArrayList<>();
            while (tokens.accept("if")) {
                conditions.add(expressions.disjunction());
            }
            clauses.add(new Expression.Clause(start.position(), target, iterable, conditions));
        }
        if (tokens.at("else")) {
            String message = "behind 'for' a condition filters, and has no 'else'";
            throw tokens.fault(tokens.current(), message, "the conditional before it: [a if c else b for x in xs]");
        }
        walruses.comprehension(mark, clauses);
        return new Expression.Comprehension(position, kind, element, value, clauses);
    }

    /** The index behind a value that started with a token. */
    Expression subscript(Token start, Expression value) {
        Token open = tokens.advance();
        if (tokens.at("]")) {
            throw tokens.unexpected("an index or a slice such as 1:3");
        }
        Token first = tokens.current();
        Expression index = index();
        if (tokens.at(",")) {
            List<Expression> elements = new ArrayList<>(List.of(single(index)));
            while (tokens.accept(",") && !tokens.at("]")) {
                elements.add(single(index()));
            }
            index = new Expression.TupleDisplay(first.position(), elements);
        }
        tokens.close(open, "]");
        return new Expression.Subscript(start.position(), value, index);
    }

    private Expression single(Expression index) {
        if (index instanceof Expression.Slice) {
            throw tokens.fault(
                    index, "a slice cannot be one of several indices", "one index after the other: a[1:2][0]");
        }
        return index;
    }

    private Expression index() {
        Token start = tokens.current();
        boolean walrus = start.is(Token.Kind.NAME) && tokens.peek().is(":=");
        Optional<Expression> lower = Optional.empty();
        if (!start.is(":")) {
            Expression index = expressions.alone(expressions.element(true));
            if (!tokens.at(":") || walrus) {
                return index;
            }
            lower = Optional.of(index);
        }
        tokens.advance();
        Optional<Expression> upper = bound();
        Optional<Expression> step = tokens.accept(":") ? bound() : Optional.empty();
        return new Expression.Slice(start.position(), lower, upper, step);
    }

    private Optional<Expression> bound() {
        return tokens.at(":") || tokens.at("]") || tokens.at(",")
                ? Optional.empty()
                : Optional.of(expressions.expression());
    }
}
