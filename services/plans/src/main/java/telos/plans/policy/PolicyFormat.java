package telos.plans.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a policy's text into its one form: each statement at the left margin, its clauses two further in, the parts of a
 * condition four. Every token and every comment stays, in its order; only space changes.
 */
public final class PolicyFormat {
    private static final Set<String> STATEMENTS = Set.of("group", "permit", "forbid", "ask", "limit", "test");
    private static final Set<String> CLAUSES = Set.of("when", "unless", "even", "because", "expect");

    /** A list or an alternative goes on in a new line from this column on. */
    private static final int WRAP = 90;

    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean inCondition;
    private boolean inTest;
    private boolean lineStarts = true;
    private int indent;

    private PolicyFormat() {}

    /** The text of a policy that was accepted, in its one form. */
    public static String of(String text) {
        return new PolicyFormat().all(new Lexer(text).tokens());
    }

    private String all(List<Token> tokens) {
        Token previous = null;
        boolean lastWasShort = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean starts = starts(token, previous);
            if (starts) {
                depth = 0;
                inCondition = false;
                inTest = token.is("test");
                boolean isShort = isShort(tokens, i);
                boolean above = token.blank()
                        || token.before().stream().anyMatch(Token.Comment::blank)
                        || !(isShort && lastWasShort);
                begin(token, previous != null && above);
                lastWasShort = isShort;
            } else if (token.kind() == Token.Kind.END) {
                begin(token, previous != null && blankAbove(token));
                break;
            } else {
                within(token, previous);
            }
            out.append(token.text());
            lineStarts = false;
            if (!token.after().isEmpty()) {
                out.append("  ").append(token.after());
                lineStarts = true;
                out.append('\n');
            }
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            previous = token;
        }
        if (!lineStarts) {
            out.append('\n');
        }
        return out.toString();
    }

    private static boolean blankAbove(Token token) {
        return !token.before().isEmpty() && token.before().getFirst().blank();
    }

    /** Whether a statement begins there; the words that begin one mean something else after others. */
    private static boolean starts(Token token, @Nullable Token previous) {
        if (token.kind() != Token.Kind.WORD || !STATEMENTS.contains(token.text())) {
            return false;
        }
        return previous == null || !previous.is("expect");
    }

    /** Whether a statement is one line and has no comments, so that the next may follow without an empty line. */
    private static boolean isShort(List<Token> tokens, int start) {
        if (tokens.get(start).is("test")) {
            return false;
        }
        for (int i = start + 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (starts(token, tokens.get(i - 1)) || token.kind() == Token.Kind.END) {
                return true;
            }
            if (!token.before().isEmpty() || (token.kind() == Token.Kind.WORD && CLAUSES.contains(token.text()))) {
                return false;
            }
        }
        return true;
    }

    /** A statement, or the end, with the comments above it. */
    private void begin(Token token, boolean blank) {
        fresh(0);
        boolean first = true;
        for (Token.Comment each : token.before()) {
            if (first ? blank : each.blank()) {
                out.append('\n');
            }
            out.append(each.text()).append('\n');
            first = false;
        }
        boolean apart = first ? blank : token.blank();
        if (apart && token.kind() != Token.Kind.END) {
            out.append('\n');
        }
    }

    private void fresh(int columns) {
        if (!lineStarts) {
            out.append('\n');
        }
        lineStarts = true;
        indent = columns;
    }

    private void within(Token token, @Nullable Token previous) {
        boolean word = token.kind() == Token.Kind.WORD;
        if (word && depth == 0 && CLAUSES.contains(token.text())) {
            inCondition = token.is("when") || token.is("unless");
            fresh(2);
        } else if (word && inTest && token.is("decided")) {
            fresh(4);
        } else if (inCondition && depth == 0 && (token.is("and") || token.is("or"))) {
            fresh(4);
        } else if (previous != null && previous.is(",") && depth == 0 && isFull(token)) {
            fresh(4);
        } else if (inCondition && depth > 0 && (token.is("and") || token.is("or")) && isFull(token)) {
            fresh(6);
        }
        if (!token.before().isEmpty()) {
            fresh(Math.max(2, indent));
            for (Token.Comment each : token.before()) {
                out.append(" ".repeat(indent)).append(each.text()).append('\n');
            }
        }
        if (lineStarts) {
            out.append(" ".repeat(indent == 0 ? 4 : indent));
            indent = Math.max(4, indent);
        } else if (previous != null && !joined(previous, token)) {
            out.append(' ');
        }
    }

    /** Whether the line is so long that what follows goes on the next. */
    private boolean isFull(Token token) {
        return out.length() - out.lastIndexOf("\n") + token.text().length() > WRAP;
    }

    private static boolean joined(Token previous, Token token) {
        return token.is(",") || token.is(")") || token.is("]") || previous.is("(") || previous.is("[");
    }
}
