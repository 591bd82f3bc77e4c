package telos.plans.syntax;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into tokens, one at a time, as the parser asks for them: so what is wrong later in the text is never reported
 * before what is wrong earlier. Line ends and indentation count outside brackets only.
 */
final class Lexer {
    private static final int TAB = 8;
    private static final int DEEPEST_SPEC = 2;

    private static final String[] NONE = {};

    /** By their first character; the longer ones first. */
    private static final String[][] OPERATORS = operators(
            "**=", "//=", ">>=", "<<=", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=",
            "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")",
            "[", "]", "{", "}", ",", ":", ";", ".", "=");

    private record Bracket(char open, Position position) {}

    /** Where the lexer is in f-strings: in the text of one, in a field (so many brackets deep), or in a field's spec. */
    private sealed interface Mode {
        record Text(Quotation quotation) implements Mode {}

        record Field(int brackets, Quotation quotation, int level) implements Mode {}

        record Spec(Quotation quotation, int level) implements Mode {}
    }

    private final Source source;
    private final String text;
    private final Bounds bounds;
    private final Numeral numerals;
    private final Escapes escapes;
    private final Indentation indentation;
    private final Deque<Bracket> brackets = new ArrayDeque<>();
    private final Deque<Mode> modes = new ArrayDeque<>();
    private int at;
    private boolean lineStarts = true;
    private boolean lineHasTokens;
    private int dedents;

    Lexer(Source source, Bounds bounds) {
        this.source = source;
        this.text = source.text();
        this.bounds = bounds;
        this.indentation = new Indentation(source, bounds);
        this.numerals = new Numeral(source, bounds);
        this.escapes = new Escapes(source);
    }

    /** The next token; END for ever at the end. */
    Token next() {
        Mode mode = modes.peek();
        if (mode instanceof Mode.Text(Quotation quotation)) {
            return literal(quotation, 0);
        }
        if (mode instanceof Mode.Spec(Quotation quotation, int level)) {
            return literal(quotation, level);
        }
        if (lineStarts) {
            lineStarts = false;
            indentation();
        }
        if (dedents != 0) {
            return indent();
        }
        skip();
        if (at >= text.length()) {
            return end();
        }
        char c = text.charAt(at);
        if (c == '\n') {
            lineStarts = true;
            lineHasTokens = false;
            return token(Token.Kind.NEWLINE, at + 1);
        }
        lineHasTokens = true;
        if (digit(at) || (c == '.' && digit(at + 1))) {
            Token number = numerals.read(at);
            at = number.end();
            return number;
        }
        if (c == '"' || c == '\'') {
            return string(at, "");
        }
        return Names.start(text.codePointAt(at)) ? name() : operator(c);
    }

    private boolean digit(int offset) {
        return offset < text.length() && text.charAt(offset) >= '0' && text.charAt(offset) <= '9';
    }

    private Token token(Token.Kind kind, int end) {
        Token token = new Token(kind, text.substring(at, end), source.at(at), at, end);
        at = end;
        return token;
    }

    /** Measures the line that starts here, behind empty lines, and sets how many blocks it closes, or -1 if it opens one. */
    private void indentation() {
        int wide = 0;
        int narrow = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ' ') {
                wide++;
                narrow++;
            } else if (c == '\t') {
                wide = (wide / TAB + 1) * TAB;
                narrow++;
            } else if (c == '\f' || c == '\n') {
                wide = 0;
                narrow = 0;
            } else if (c == '#') {
                comment();
                at--;
            } else {
                break;
            }
        }
        if (at < text.length()) {
            dedents = indentation.line(wide, narrow, at);
        }
    }

    private Token indent() {
        if (dedents < 0) {
            dedents = 0;
            return new Token(Token.Kind.INDENT, "", source.at(at), at, at);
        }
        dedents--;
        return new Token(Token.Kind.DEDENT, "", source.at(at), at, at);
    }

    /** Moves over blanks, comments, joined lines, and line ends in brackets. */
    private void skip() {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '\n' && at + 2 < text.length()) {
                    at++;
                } else {
                    String message = "a backslash outside a string joins two lines, and nothing may stand behind it";
                    throw source.refusal(at, message, "the next line");
                }
            } else if (c == '#') {
                if (modes.peek() instanceof Mode.Field) {
                    throw source.refusal(at, "a comment cannot stand in a field of an f-string", "'}'");
                }
                comment();
                at--;
            } else if (c != ' ' && c != '\t' && c != '\f' && (c != '\n' || brackets.isEmpty())) {
                return;
            }
        }
    }

    private void comment() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private Token end() {
        Bracket open = brackets.peek();
        if (open != null) {
            String message = "the '" + open.open + "' that is opened here is never closed";
            throw source.refusal(open.position, message, "'" + closing(open.open) + "'");
        }
        if (lineHasTokens) {
            lineHasTokens = false;
            return token(Token.Kind.NEWLINE, at);
        }
        if (indentation.close()) {
            return token(Token.Kind.DEDENT, at);
        }
        int last = text.endsWith("\n") ? text.length() - 1 : text.length();
        return new Token(Token.Kind.END, "", source.at(last), text.length(), text.length());
    }

    private Token name() {
        int end = at;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            if (!Names.part(point)) {
                break;
            }
            end += Character.charCount(point);
        }
        String spelling = text.substring(at, end);
        if (end < text.length() && "'\"".indexOf(text.charAt(end)) >= 0 && Quotation.prefix(spelling)) {
            return string(at, spelling);
        }
        String name = Names.canonical(spelling);
        if (!name.equals(spelling) && (!Names.valid(name) || Token.KEYWORDS.contains(name))) {
            String message = "'" + spelling + "' is written in letters that stand for '" + name + "'";
            throw source.refusal(at, message, "plain letters, or another name");
        }
        Token.Kind kind = Token.KEYWORDS.contains(name) ? Token.Kind.KEYWORD : Token.Kind.NAME;
        Token token = new Token(kind, name, source.at(at), at, end);
        at = end;
        return token;
    }

    private Token operator(char c) {
        if (modes.peek() instanceof Mode.Field field && field.brackets == brackets.size()) {
            Token token = fieldOperator(field, c);
            if (token != null) {
                return token;
            }
        }
        Hints.Foreign foreign = Hints.foreign(text, at);
        if (foreign != null) {
            throw source.refusal(at, "'" + foreign.written() + "' is not part of the language", foreign.instead());
        }
        for (String operator : c < OPERATORS.length ? OPERATORS[c] : NONE) {
            if (text.startsWith(operator, at)) {
                bracket(operator.charAt(0));
                Token token = new Token(Token.Kind.OPERATOR, operator, source.at(at), at, at + operator.length());
                at = token.end();
                return token;
            }
        }
        int point = text.codePointAt(at);
        boolean visible = !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT;
        String character = visible ? "'" + Character.toString(point) + "' " : "";
        String message = "the character " + character + "(U+%04X) cannot stand outside a string".formatted(point);
        throw source.refusal(at, message, "");
    }

    private static String[][] operators(String... all) {
        String[][] table = new String[128][];
        Arrays.setAll(
                table, c -> Stream.of(all).filter(each -> each.charAt(0) == c).toArray(String[]::new));
        return table;
    }

    /** What ends a field's value; null for all else. */
    private @Nullable Token fieldOperator(Mode.Field field, char c) {
        if (c == '}') {
            brackets.pop();
            modes.pop();
            return token(Token.Kind.FIELD_CLOSE, at + 1);
        }
        if (c == ':') {
            modes.push(new Mode.Spec(field.quotation, field.level));
            return token(Token.Kind.OPERATOR, at + 1);
        }
        return c == '!' && !text.startsWith("!=", at) ? token(Token.Kind.OPERATOR, at + 1) : null;
    }

    private void bracket(char c) {
        switch (c) {
            case '(', '[', '{' -> open(c);
            case ')', ']', '}' -> {
                Bracket open = brackets.poll();
                if (open == null) {
                    throw source.refusal(at, "'" + c + "' closes a bracket that was never opened", "");
                }
                if (closing(open.open) != c) {
                    String message = "'" + c + "' does not close the '" + open.open + "' of " + open.position;
                    throw source.refusal(at, message, "'" + closing(open.open) + "'");
                }
            }
            default -> {}
        }
    }

    private void open(char c) {
        if (brackets.size() >= bounds.nesting()) {
            String message = "more than " + bounds.nesting() + " brackets inside one another";
            throw source.refusal(at, message, "variables for the inner values");
        }
        brackets.push(new Bracket(c, source.at(at)));
    }

    private static char closing(char open) {
        return switch (open) {
            case '(' -> ')';
            case '[' -> ']';
            default -> '}';
        };
    }

    private Token string(int start, String prefix) {
        Quotation quotation = Quotation.read(source, start, prefix);
        if (quotation.formatted()) {
            modes.push(new Mode.Text(quotation));
            return token(Token.Kind.TEXT_START, quotation.inside());
        }
        StringBuilder decoded = new StringBuilder();
        int i = quotation.inside();
        while (true) {
            if (i >= text.length() || (text.charAt(i) == '\n' && !quotation.triple())) {
                throw unclosed(quotation);
            }
            if (quotation.closes(text, i)) {
                break;
            }
            i = escapes.character(quotation, i, decoded);
        }
        int end = i + quotation.closing();
        Token token = new Token(Token.Kind.STRING, decoded.toString(), quotation.position(), start, end);
        at = end;
        return token;
    }

    /** A string in a field's quotes is more likely the end of the f-string, whose field was not closed. */
    private Refusal unclosed(Quotation quotation) {
        if (modes.peek() instanceof Mode.Field field && field.quotation.quote() == quotation.quote()) {
            Bracket open = brackets.element();
            String message = "the '" + open.open + "' in an f-string is not closed before the string ends";
            return source.refusal(open.position, message, "'" + closing(open.open) + "', or {{ for a brace");
        }
        return quotation.unclosed(source);
    }

    /** A part of an f-string outside its fields, or of a spec if level is not 0: a literal, or what ends it. */
    private Token literal(Quotation quotation, int level) {
        StringBuilder decoded = new StringBuilder();
        int i = at;
        while (i < text.length() && (text.charAt(i) != '\n' || quotation.triple())) {
            char c = text.charAt(i);
            boolean doubled = level == 0 && i + 1 < text.length() && text.charAt(i + 1) == c;
            boolean brace = c == '{' || c == '}';
            if (brace ? !doubled : quotation.closes(text, i)) {
                return i == at ? border(quotation, level, c) : literal(decoded, i);
            }
            if (brace) {
                decoded.append(c);
                i += 2;
            } else {
                i = escapes.character(quotation, i, decoded);
            }
        }
        throw quotation.unclosed(source);
    }

    private Token literal(StringBuilder decoded, int end) {
        Token token = new Token(Token.Kind.TEXT_LITERAL, decoded.toString(), source.at(at), at, end);
        at = end;
        return token;
    }

    private Token border(Quotation quotation, int level, char c) {
        if (c == '{') {
            if (level == DEEPEST_SPEC) {
                throw source.refusal(at, "fields in format specifications are nested too deeply", "a computed string");
            }
            open(c);
            modes.push(new Mode.Field(brackets.size(), quotation, level + 1));
            return token(Token.Kind.FIELD_OPEN, at + 1);
        }
        if (c == '}') {
            if (level == 0) {
                throw source.refusal(at, "a single '}' in an f-string closes no field", "'}}' for a brace");
            }
            modes.pop();
            modes.pop();
            brackets.pop();
            return token(Token.Kind.FIELD_CLOSE, at + 1);
        }
        if (level > 0) {
            Bracket open = brackets.element();
            throw source.refusal(open.position, "the '{' in an f-string is not closed before the string ends", "'}'");
        }
        modes.pop();
        return token(Token.Kind.TEXT_END, at + quotation.closing());
    }
}
