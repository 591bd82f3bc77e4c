package telos.inference.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of an expression, each with the line it starts on. */
sealed interface Expression {
    int line();

    record Literal(int line, Value value) implements Expression {}

    record Name(int line, String name) implements Expression {}

    record Items(int line, List<Expression> items) implements Expression {}

    record Entries(int line, List<Entry> entries) implements Expression {}

    record Entry(Expression key, Expression value) {}

    record Negative(int line, Expression operand) implements Expression {}

    record Not(int line, Expression operand) implements Expression {}

    record And(int line, Expression left, Expression right) implements Expression {}

    record Or(int line, Expression left, Expression right) implements Expression {}

    record Binary(int line, String operator, Expression left, Expression right) implements Expression {}

    /** {@code first op a op b …}, each neighbour compared. */
    record Compare(int line, Expression first, List<Comparison> rest) implements Expression {}

    record Comparison(String operator, Expression right) {}

    record Conditional(
            int line,
            Expression test,
            Expression then,
            @Nullable Expression otherwise) implements Expression {}

    record Attribute(int line, Expression target, String name) implements Expression {}

    record Subscript(int line, Expression target, Expression index) implements Expression {}

    record Slice(
            int line,
            Expression target,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step)
            implements Expression {}

    record Call(int line, Expression target, Given given) implements Expression {}

    record Filter(int line, Expression target, String name, Given given) implements Expression {}

    record Test(int line, Expression target, String name, Given given, boolean negated) implements Expression {}

    /** Arguments as written. */
    record Given(List<Expression> positional, Map<String, Expression> named) {
        static final Given NONE = new Given(List.of(), Map.of());
    }
}
