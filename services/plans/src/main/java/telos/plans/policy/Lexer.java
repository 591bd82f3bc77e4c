package telos.plans.policy;

import java.util.ArrayList;
import java.util.List;
import telos.kernel.security.policy.Place;

/** Cuts a policy's text into tokens. Comments begin with {@code #} and go with the token that they stand before or behind. */
final class Lexer {
    private static final int LONGEST_TEXT = 10_000;

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    Lexer(String text) {
        this.text = text;
    }

    /** All tokens; the last is {@link Token.Kind#END}. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        List<Token.Comment> comments = new ArrayList<>();
        boolean fresh = true;
        while (true) {
            int newlines = space();
            if (newlines > 0) {
                fresh = true;
            }
            boolean above = newlines > 1 && !(tokens.isEmpty() && comments.isEmpty());
            if (at < text.length() && text.charAt(at) == '#') {
                String comment = comment();
                if (!fresh && !tokens.isEmpty()) {
                    tokens.add(tokens.removeLast().withAfter(comment));
                } else {
                    comments.add(new Token.Comment(comment, above));
                }
                fresh = false;
                continue;
            }
            boolean blank = above;
            Place place = place();
            if (at == text.length()) {
                tokens.add(new Token(Token.Kind.END, "", "", place, List.copyOf(comments), blank, ""));
                return tokens;
            }
            int start = at;
            Token.Kind kind = kind();
            String value = scan(kind, place);
            tokens.add(new Token(kind, text.substring(start, at), value, place, List.copyOf(comments), blank, ""));
            comments.clear();
            fresh = false;
        }
    }

    private Place place() {
        return new Place(line, text.codePointCount(lineStart, at) + 1);
    }

    /** Moves over blanks; how many ends of lines there were. */
    private int space() {
        int newlines = 0;
        while (at < text.length()) {
            char each = text.charAt(at);
            if (each == '\n') {
                newlines++;
                line++;
                lineStart = at + 1;
            } else if (each != ' ' && each != '\t' && each != '\r') {
                break;
            }
            at++;
        }
        return newlines;
    }

    private String comment() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        return text.substring(start, at).stripTrailing();
    }

    private Token.Kind kind() {
        char each = text.charAt(at);
        if (each == '"') {
            return Token.Kind.STRING;
        }
        if (each == '`') {
            return Token.Kind.NAME;
        }
        if (digit(each) || (each == '-' && at + 1 < text.length() && digit(text.charAt(at + 1)))) {
            return Token.Kind.NUMBER;
        }
        if (word(each)) {
            return Token.Kind.WORD;
        }
        if ("()[],=<>!".indexOf(each) >= 0) {
            return Token.Kind.SIGN;
        }
        String shown = each < ' ' || each > '~'
                ? String.format("the character U+%04X", text.codePointAt(at))
                : "'" + each + "'";
        throw new Refusal(place(), shown + " has no meaning here; texts stand in double quotes, comments begin with #");
    }

    private static boolean digit(char each) {
        return each >= '0' && each <= '9';
    }

    private static boolean word(char each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || each == '_'
                || each == '*'
                || (each > 0x7f && Character.isLetter(each));
    }

    private static boolean inWord(char each) {
        return word(each) || digit(each) || "-./:".indexOf(each) >= 0;
    }

    private String scan(Token.Kind kind, Place place) {
        int start = at;
        switch (kind) {
            case STRING -> {
                return string(place);
            }
            case NAME -> {
                int end = text.indexOf('`', at + 1);
                int newline = text.indexOf('\n', at);
                if (end < 0 || (newline >= 0 && newline < end) || end == at + 1) {
                    throw new Refusal(place, "a name in backquotes ends with a backquote on the same line");
                }
                at = end + 1;
                return text.substring(start + 1, end);
            }
            case NUMBER -> {
                at++;
                while (at < text.length() && (digit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                if (at < text.length() && inWord(text.charAt(at))) {
                    throw new Refusal(place, "a number has digits and at most one point, such as 12 or 0.5");
                }
            }
            case WORD -> {
                while (at < text.length() && inWord(text.charAt(at))) {
                    at++;
                }
            }
            case SIGN -> {
                at++;
                if (at < text.length() && text.charAt(at) == '=' && "<>=!".indexOf(text.charAt(start)) >= 0) {
                    at++;
                }
            }
            case END -> {}
        }
        return text.substring(start, at);
    }

    private String string(Place place) {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char each = text.charAt(at);
            if (each == '\n') {
                break;
            }
            if (each == '\\') {
                value.append(escape());
            } else {
                value.append(each);
                at++;
            }
            if (value.length() > LONGEST_TEXT) {
                throw new Refusal(place, "a text has at most " + LONGEST_TEXT + " characters");
            }
        }
        if (at == text.length() || text.charAt(at) == '\n') {
            throw new Refusal(place, "a text in double quotes ends on its line; write \\n for a new line in it");
        }
        at++;
        return value.toString();
    }

    private char escape() {
        Place place = place();
        char each = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
        at += 2;
        return switch (each) {
            case '"', '\\' -> each;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'u' -> {
                int end = Math.min(text.length(), at + 4);
                String digits = text.substring(at, end);
                at = end;
                if (digits.length() < 4
                        || !digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 0x80)) {
                    throw new Refusal(place, "after \\u come four hexadecimal digits");
                }
                yield (char) Integer.parseInt(digits, 16);
            }
            default ->
                throw new Refusal(
                        place,
                        "a text knows \\\", \\\\, \\n, \\t and \\u with four digits; write \\\\ for a backslash");
        };
    }
}
