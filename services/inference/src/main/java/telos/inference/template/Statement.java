package telos.inference.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template does. */
sealed interface Statement {
    record Data(Text text) implements Statement {}

    record Output(Expression expression) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    record Branch(Expression test, List<Statement> body) {}

    record For(
            int line,
            List<String> names,
            Expression iterable,
            @Nullable Expression condition,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** {@code set a, b = value} */
    record Set(int line, List<String> names, Expression value) implements Statement {}

    /** {@code set namespace.field = value} */
    record SetField(int line, String namespace, String field, Expression value) implements Statement {}

    /** {@code set name} … {@code endset} */
    record Capture(String name, List<Statement> body) implements Statement {}

    record Macro(int line, String name, List<Parameter> parameters, List<Statement> body) implements Statement {}

    record Parameter(String name, @Nullable Expression fallback) {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}
}
