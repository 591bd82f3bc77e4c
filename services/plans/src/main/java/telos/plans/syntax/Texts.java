package telos.plans.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads strings and f-strings; those that stand beside one another are one. */
final class Texts {
    private final Tokens tokens;
    private final Expressions expressions;

    Texts(Tokens tokens, Expressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** Parts in order, with literals joined. */
    private static final class Parts {
        private final List<Expression.Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private @Nullable Position start;

        void literal(Position position, String text) {
            if (!text.isEmpty()) {
                start = start == null ? position : start;
                literal.append(text);
            }
        }

        void field(Expression.Part.Field field) {
            flush();
            parts.add(field);
        }

        private void flush() {
            if (start != null) {
                parts.add(new Expression.Part.Literal(start, literal.toString()));
                literal.setLength(0);
                start = null;
            }
        }

        List<Expression.Part> done() {
            flush();
            return parts;
        }
    }

    Expression read() {
        Token first = tokens.current();
        Parts parts = new Parts();
        boolean formatted = false;
        while (tokens.at(Token.Kind.STRING) || tokens.at(Token.Kind.TEXT_START)) {
            Token token = tokens.advance();
            if (token.is(Token.Kind.STRING)) {
                parts.literal(token.position(), token.text());
            } else {
                formatted = true;
                text(parts, Token.Kind.TEXT_END);
            }
        }
        if (formatted) {
            return new Expression.Text(first.position(), parts.done());
        }
        return new Expression.Constant.Str(first.position(), parts.literal.toString());
    }

    /** Literals and fields, up to a token of a kind and over it. */
    private void text(Parts parts, Token.Kind end) {
        while (!tokens.at(end)) {
            Token token = tokens.advance();
            if (token.is(Token.Kind.FIELD_OPEN)) {
                field(parts, token);
            } else {
                parts.literal(token.position(), token.text());
            }
        }
        tokens.advance();
    }

    private void field(Parts parts, Token open) {
        if (tokens.at(Token.Kind.FIELD_CLOSE) || tokens.at(":") || tokens.at("!")) {
            throw tokens.fault(open, "a field of an f-string has no value", "a value behind '{', or {{ for a brace");
        }
        Expression value = expressions.sequence();
        boolean shown = tokens.accept("=");
        if (shown) {
            String text = tokens.source()
                    .text()
                    .substring(open.end(), tokens.current().start());
            parts.literal(open.position(), text);
        }
        Expression.Conversion conversion = conversion();
        List<Expression.Part> spec = List.of();
        if (tokens.accept(":")) {
            Parts inner = new Parts();
            text(inner, Token.Kind.FIELD_CLOSE);
            spec = inner.done();
        } else {
            if (shown && conversion == Expression.Conversion.NONE) {
                conversion = Expression.Conversion.REPR;
            }
            if (!tokens.at(Token.Kind.FIELD_CLOSE)) {
                throw tokens.unexpected("an operator, '!r', ':' and a format, or '}' to end the field");
            }
            tokens.advance();
        }
        parts.field(new Expression.Part.Field(open.position(), value, conversion, spec));
    }

    private Expression.Conversion conversion() {
        Token mark = tokens.current();
        if (!tokens.accept("!")) {
            return Expression.Conversion.NONE;
        }
        Token letter = tokens.current();
        if (letter.is(Token.Kind.NAME) && letter.start() == mark.end()) {
            for (Expression.Conversion each : Expression.Conversion.values()) {
                if (each.letter().equals(letter.text())) {
                    tokens.advance();
                    return each;
                }
            }
        }
        throw tokens.fault(mark, "'!' in a field of an f-string is followed by a conversion", "!s, !r or !a");
    }
}
