package telos.plans.policy;

import java.util.List;
import java.util.Set;

/** Tokens, and where the reader stands. */
final class Tokens {
    /** Words that begin or divide statements; a tool or an argument that is called so stands in quotes or backquotes. */
    static final Set<String> RESERVED = Set.of(
            "permit",
            "forbid",
            "ask",
            "group",
            "limit",
            "test",
            "expect",
            "when",
            "unless",
            "even",
            "because",
            "and",
            "or",
            "not",
            "is",
            "with",
            "decided",
            "call",
            "everything",
            "everyone",
            "nobody",
            "each",
            "any",
            "whom");

    private final List<Token> tokens;
    private int at;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token here() {
        return tokens.get(at);
    }

    Token next() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token taken = tokens.get(at);
        if (taken.kind() != Token.Kind.END) {
            at++;
        }
        return taken;
    }

    boolean at(String word) {
        return here().is(word);
    }

    boolean at(Token.Kind kind) {
        return here().kind() == kind;
    }

    /** Moves over a word if it stands here. */
    boolean took(String word) {
        if (at(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** Moves over words that must stand here. */
    void need(String context, String... words) {
        for (String each : words) {
            if (!took(each)) {
                throw wrong("'" + each + "'" + context);
            }
        }
    }

    Refusal wrong(String expected) {
        return new Refusal(here().place(), "found " + here().described(), expected);
    }

    String string(String expected) {
        if (!at(Token.Kind.STRING)) {
            throw wrong(expected);
        }
        return take().value();
    }

    /** A name of an argument or a group. */
    String name(String expected) {
        Token token = here();
        if (token.kind() == Token.Kind.NAME) {
            return take().value();
        }
        if (token.kind() != Token.Kind.WORD
                || RESERVED.contains(token.text())
                || token.text().indexOf('*') >= 0) {
            boolean reserved = token.kind() == Token.Kind.WORD && RESERVED.contains(token.text());
            throw wrong(expected
                    + (reserved
                            ? " (one that is called " + token.text() + " stands in backquotes: `" + token.text() + "`)"
                            : ""));
        }
        return take().text();
    }
}
