package telos.inference.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens. White space around tags goes as Hugging Face renders: the newline after a block or
 * comment is dropped, so is what stands before one on its own line, {@code -} strips all on its side and {@code +}
 * nothing; one newline at the end of the template is dropped.
 */
final class Lexer {
    private static final List<String> OPERATORS = List.of(
            "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{",
            "}", ".", ",", ":", "|");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*+raw\\s*+(-?)%\\}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*+endraw\\s*+([-+]?)%\\}");
    private static final Pattern NUMBER =
            Pattern.compile("[0-9](?:_?[0-9])*+(?:\\.[0-9](?:_?[0-9])*+)?+(?:[eE][+-]?[0-9]++)?+");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int counted;
    /** Whether what was consumed last ended a line. */
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(source.substring(at));
                at = source.length();
                break;
            }
            char kind = source.charAt(tag + 1);
            char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            data(before(source.substring(at, tag), kind, sign));
            at = tag;
            Matcher raw = RAW.matcher(source).region(tag, source.length());
            if (kind == '#') {
                comment();
            } else if (kind == '%' && raw.lookingAt()) {
                raw(raw.end(), raw.group(1).equals("-"));
            } else {
                at = tag + (sign == '-' || (sign == '+' && kind == '%') ? 3 : 2);
                add(kind == '%' ? Token.Kind.BLOCK_BEGIN : Token.Kind.OUTPUT_BEGIN, "", tag);
                expression(kind == '%' ? "%}" : "}}", tag);
            }
        }
        add(Token.Kind.END, "", source.length());
    }

    private int nextTag() {
        for (int open = source.indexOf('{', at); open >= 0; open = source.indexOf('{', open + 1)) {
            if (open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) >= 0) {
                return open;
            }
        }
        return -1;
    }

    private String before(String data, char kind, char sign) {
        if (sign == '-') {
            return data.stripTrailing();
        }
        if (kind == '{' || sign == '+') {
            return data;
        }
        int start = data.lastIndexOf('\n') + 1;
        boolean alone = (start > 0 || lineStarts) && data.substring(start).isBlank();
        return alone ? data.substring(0, start) : data;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            add(Token.Kind.DATA, text, at);
        }
    }

    private void comment() {
        int end = source.indexOf("#}", at + 2);
        if (end < 0) {
            throw fail(at, "the comment is never closed by '#}'");
        }
        char sign = source.charAt(end - 1);
        at = end + 2;
        after(sign, true);
    }

    private void raw(int start, boolean strip) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(start)) {
            throw fail(at, "{% raw %} is never closed by {% endraw %}");
        }
        at = start;
        after(strip ? '-' : ' ', false);
        int from = Math.min(at, end.start());
        String sign = end.group(1);
        data(before(source.substring(from, end.start()), '%', sign.isEmpty() ? ' ' : sign.charAt(0)));
        at = end.end();
        after(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
    }

    /** Drops white space behind a tag that ended with this sign. */
    private void after(char sign, boolean block) {
        lineStarts = false;
        if (sign == '-') {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                lineStarts = source.charAt(at++) == '\n';
            }
        } else if (sign != '+' && block && at < source.length() && source.charAt(at) == '\n') {
            at++;
            lineStarts = true;
        }
    }

    private void expression(String close, int tag) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                at++;
            }
            if (at >= source.length()) {
                throw fail(tag, "the tag is never closed by '" + close + "'");
            }
            char c = source.charAt(at);
            boolean signed = (c == '-' || (c == '+' && close.equals("%}"))) && source.startsWith(close, at + 1);
            if (open.isEmpty() && (signed || source.startsWith(close, at))) {
                add(close.equals("%}") ? Token.Kind.BLOCK_END : Token.Kind.OUTPUT_END, "", at);
                at += signed ? 3 : 2;
                after(signed ? c : ' ', close.equals("%}"));
                return;
            }
            if (c == '"' || c == '\'') {
                string(c);
            } else if (c >= '0' && c <= '9') {
                number();
            } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
                int end = at + 1;
                while (end < source.length() && Character.isUnicodeIdentifierPart(source.charAt(end))) {
                    end++;
                }
                add(Token.Kind.NAME, source.substring(at, end), at);
                at = end;
            } else {
                operator(open);
            }
        }
    }

    private void number() {
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        boolean found = number.lookingAt();
        String text = found ? number.group().replace("_", "") : "";
        boolean whole = text.chars().allMatch(c -> c >= '0' && c <= '9');
        add(whole ? Token.Kind.INTEGER : Token.Kind.FLOAT, text, at);
        at = number.end();
    }

    private void operator(Deque<Character> open) {
        String operator = OPERATORS.stream()
                .filter(one -> source.startsWith(one, at))
                .findFirst()
                .orElseThrow(
                        () -> fail(at, "the character '" + source.charAt(at) + "' means nothing in an expression"));
        char c = operator.charAt(0);
        if ("([{".indexOf(c) >= 0) {
            open.push(c);
        } else if (")]}".indexOf(c) >= 0 && (open.isEmpty() || "([{".indexOf(open.pop()) != ")]}".indexOf(c))) {
            throw fail(at, "'" + c + "' closes nothing that is open");
        }
        add(Token.Kind.OPERATOR, operator, at);
        at += operator.length();
    }

    private void string(char quote) {
        int start = at;
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            if (at >= source.length()) {
                throw fail(start, "the string is never closed by " + quote);
            }
            char c = source.charAt(at++);
            if (c == quote) {
                break;
            }
            if (c == '\\' && at < source.length()) {
                escape(out);
            } else {
                out.append(c);
            }
        }
        add(Token.Kind.STRING, out.toString(), start);
    }

    private void escape(StringBuilder out) {
        char c = source.charAt(at++);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'v' -> out.append('\u000b');
            case 'a' -> out.append('\u0007');
            case '0' -> out.append('\0');
            case '\\', '\'', '"' -> out.append(c);
            case '\n' -> {}
            case 'x' -> code(out, 2);
            case 'u' -> code(out, 4);
            case 'U' -> code(out, 8);
            default -> out.append('\\').append(c);
        }
    }

    private void code(StringBuilder out, int digits) {
        try {
            int point = Integer.parseInt(source, at, at + digits, 16);
            out.appendCodePoint(point);
            at += digits;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw fail(at, "the escape in this string needs " + digits + " hexadecimal digits of a character");
        }
    }

    private void add(Token.Kind kind, String text, int offset) {
        tokens.add(new Token(kind, text, line(offset)));
    }

    private TemplateException fail(int offset, String message) {
        return TemplateException.at(line(offset), message);
    }

    /** Offsets only grow between calls, but for the start of a tag that is never closed. */
    private int line(int offset) {
        if (offset < counted) {
            return (int) source.substring(0, offset)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
        }
        for (; counted < offset; counted++) {
            if (source.charAt(counted) == '\n') {
                line++;
            }
        }
        return line;
    }
}
