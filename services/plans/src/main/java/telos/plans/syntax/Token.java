package telos.plans.syntax;

import java.util.Set;

/**
 * A word of the language.
 *
 * @param text as written, but decoded for a STRING and a TEXT_LITERAL and in NFKC for a NAME
 * @param start the offset of its first character
 * @param end the offset behind its last
 */
record Token(Kind kind, String text, Position position, int start, int end) {
    static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private static final int SHOWN = 40;

    /** An f-string is TEXT_START, then TEXT_LITERALs and fields between FIELD_OPEN and FIELD_CLOSE, then TEXT_END. */
    enum Kind {
        NAME,
        KEYWORD,
        INT,
        REAL,
        STRING,
        TEXT_START,
        TEXT_LITERAL,
        FIELD_OPEN,
        FIELD_CLOSE,
        TEXT_END,
        OPERATOR,
        NEWLINE,
        INDENT,
        DEDENT,
        END
    }

    /** Whether this is that operator or keyword. */
    boolean is(String word) {
        return (kind == Kind.OPERATOR || kind == Kind.KEYWORD) && text.equals(word);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** What this is, for the author of a plan. */
    String describe() {
        return switch (kind) {
            case NAME -> "the name '" + shown() + "'";
            case KEYWORD -> "the keyword '" + text + "'";
            case INT, REAL -> "the number " + shown();
            case STRING -> "a string";
            case TEXT_START, TEXT_LITERAL -> "an f-string";
            case FIELD_OPEN -> "'{' of an f-string";
            case FIELD_CLOSE -> "'}' of an f-string";
            case TEXT_END -> "the end of an f-string";
            case OPERATOR -> "'" + text + "'";
            case NEWLINE -> "the end of the line";
            case INDENT -> "a deeper indentation";
            case DEDENT -> "the end of the block";
            case END -> "the end of the plan";
        };
    }

    private String shown() {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
