package telos.plans.policy;

import java.util.List;
import telos.kernel.security.policy.Place;

/**
 * A word, a text, a number or a sign.
 *
 * @param text as it was written
 * @param value what a text or a name in backquotes says; else the same as {@code text}
 * @param before comments on lines of their own before it, each with whether an empty line was above
 * @param blank whether an empty line was above it, or above its first comment
 * @param after the comment behind it on its line; empty for none
 */
record Token(Kind kind, String text, String value, Place place, List<Comment> before, boolean blank, String after) {
    enum Kind {
        WORD,
        /** A word in backquotes, which is never a word of the language. */
        NAME,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    record Comment(String text, boolean blank) {}

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    Token withAfter(String comment) {
        return new Token(kind, text, value, place, before, blank, comment);
    }

    /** For messages. */
    String described() {
        String brief = text.length() <= 40 ? text : text.substring(0, 39) + "…";
        return kind == Kind.END ? "the end of the text" : kind == Kind.STRING ? brief : "'" + brief + "'";
    }
}
