package telos.inference.template;

import java.util.List;

/** The parser's place in the tokens. */
final class Tokens {
    private static final int MOST_NESTED = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (!token.is(Token.Kind.END)) {
            at++;
        }
        return token;
    }

    boolean sees(Token.Kind kind) {
        return peek().is(kind);
    }

    boolean sees(Token.Kind kind, String text) {
        return peek().is(kind, text);
    }

    boolean seesOperator(String text) {
        return sees(Token.Kind.OPERATOR, text);
    }

    boolean seesName(String text) {
        return sees(Token.Kind.NAME, text);
    }

    /** Whether the token behind the next is this name. */
    boolean thenName(String text) {
        return at + 1 < tokens.size() && tokens.get(at + 1).is(Token.Kind.NAME, text);
    }

    boolean thenOperator(String text) {
        return at + 1 < tokens.size() && tokens.get(at + 1).is(Token.Kind.OPERATOR, text);
    }

    boolean skipOperator(String text) {
        boolean there = seesOperator(text);
        at += there ? 1 : 0;
        return there;
    }

    boolean skipName(String text) {
        boolean there = seesName(text);
        at += there ? 1 : 0;
        return there;
    }

    void needOperator(String text) {
        if (!skipOperator(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    void needName(String text) {
        if (!skipName(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    Token need(Token.Kind kind, String wanted) {
        if (!sees(kind)) {
            throw unexpected(wanted);
        }
        return next();
    }

    TemplateException unexpected(String wanted) {
        return fail("expected " + wanted + ", found " + peek().shown());
    }

    TemplateException fail(String message) {
        return TemplateException.at(peek().line(), message);
    }

    void enter() {
        if (++depth > MOST_NESTED) {
            throw fail("the template nests deeper than " + MOST_NESTED + " levels");
        }
    }

    void leave() {
        depth--;
    }
}
