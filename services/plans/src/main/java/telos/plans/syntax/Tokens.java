package telos.plans.syntax;

import org.jspecify.annotations.Nullable;

/** Where the parser stands: the current token, one ahead, how deep it is nested, and how a fault is told. */
final class Tokens {
    private final Source source;
    private final Lexer lexer;
    private final Bounds bounds;
    private Token current;
    private @Nullable Token ahead;
    private int nesting;

    Tokens(Source source, Bounds bounds) {
        this.source = source;
        this.bounds = bounds;
        this.lexer = new Lexer(source, bounds);
        this.current = lexer.next();
    }

    Source source() {
        return source;
    }

    Token current() {
        return current;
    }

    Token peek() {
        if (ahead == null) {
            ahead = lexer.next();
        }
        return ahead;
    }

    /** Moves on; the answer is the token that was current. */
    Token advance() {
        Token passed = current;
        current = peek();
        ahead = null;
        return passed;
    }

    /** Whether the current token is that operator or keyword. */
    boolean at(String word) {
        return current.is(word);
    }

    boolean at(Token.Kind kind) {
        return current.is(kind);
    }

    /** Moves over that operator or keyword, if it is there. */
    boolean accept(String word) {
        if (!at(word)) {
            return false;
        }
        advance();
        return true;
    }

    /** Moves over that operator or keyword. */
    Token expect(String word, String expected) {
        if (!at(word)) {
            throw unexpected(expected);
        }
        return advance();
    }

    /** Moves over the bracket that closes another. */
    void close(Token open, String closing) {
        String bracket = "'" + closing + "' to close the '" + open.text() + "' of " + open.position();
        if (at("=")) {
            throw fault(current, "'=' assigns, and stands in no expression", "'==' to compare, or " + bracket);
        }
        if (at(":=")) {
            throw fault(current, "':=' binds a plain name, in parentheses of its own", "(name := value)");
        }
        expect(closing, "an operator, ',' or " + bracket);
    }

    /** Moves over a name. */
    Token name(String expected) {
        if (at(Token.Kind.KEYWORD)) {
            String message = "'" + current.text() + "' is a keyword of the language and cannot be a name";
            throw fault(current, message, expected);
        }
        if (!at(Token.Kind.NAME)) {
            throw unexpected(expected);
        }
        return advance();
    }

    /** Moves over a name that is to be bound. */
    Token newName(String expected) {
        Token name = name(expected);
        bindable(name.text(), name.position());
        return name;
    }

    /** Refuses to bind a name that stands for a constant. */
    void bindable(String name, Position position) {
        if (name.equals("__debug__") || Hints.CONSTANTS.containsKey(name)) {
            throw source.refusal(position, "the name '" + name + "' cannot be given a value", "another name");
        }
    }

    /** Goes one level deeper. */
    void enter() {
        if (++nesting > bounds.nesting()) {
            String message = "this is nested more than " + bounds.nesting() + " levels deep";
            throw fault(current, message, "variables for the inner values, or functions for the inner blocks");
        }
    }

    void leave() {
        nesting--;
    }

    /** The current token may not stand where it does. */
    Refusal unexpected(String expected) {
        String instead = at(Token.Kind.KEYWORD) ? Hints.UNSUPPORTED.get(current.text()) : null;
        if (instead != null) {
            return fault(current, "'" + current.text() + "' is not supported", instead);
        }
        return fault(current, "found " + current.describe(), expected);
    }

    Refusal fault(Token token, String message, String expected) {
        return source.refusal(token.position(), message, expected);
    }

    Refusal fault(Node node, String message, String expected) {
        return source.refusal(node.position(), message, expected);
    }
}
